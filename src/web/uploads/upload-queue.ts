import { useSyncExternalStore } from 'react';
import { intakeLines, receipt, type Receipt } from '../../contract/intake.ts';
import { ApiProblem, houseHeaders, problemFrom, urlOf } from '../api.ts';
import type { ChosenFile } from './dropped-files.ts';

/**
 * Files on their way into the house: two at a time, each with one key for all its tries, so that a second try of a
 * file that had arrived after all is answered with the first receipt. Stands outside the rooms and outlives them.
 */
export interface Upload {
  /** The Idempotency-Key too. */
  readonly key: string;
  readonly name: string;
  readonly relativePath: string;
  readonly size: number;
  readonly sent: number;
  readonly state: 'waiting' | 'sending' | 'received' | 'failed';
  readonly receipt: Receipt | null;
  readonly problem: ApiProblem | null;
}

/** The record a file belongs to, and what it is there; without it the file becomes a draft of its own. */
export interface Belonging {
  readonly recordId: string;
  readonly as: 'attachment' | 'version';
  /** What is new about it, where the record has a file already. */
  readonly reason?: string;
}

interface Kept {
  readonly file: File;
  readonly into: Belonging | undefined;
  request?: XMLHttpRequest;
}

const atOnce = 2;
const files = new Map<string, Kept>();
let uploads: readonly Upload[] = [];
const listeners = new Set<() => void>();
const arrivals = new Set<(receipt: Receipt) => void>();

function change(key: string, with_: Partial<Upload>): void {
  uploads = uploads.map((one) => (one.key === key ? { ...one, ...with_ } : one));
  for (const listener of listeners) listener();
}

function warn(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

/** Whether leaving this page now would cut a file off. */
export function isUploading(): boolean {
  return uploads.some(({ state }) => state === 'waiting' || state === 'sending');
}

function pump(): void {
  const going = uploads.filter(({ state }) => state === 'sending').length;
  for (const one of uploads.filter(({ state }) => state === 'waiting').slice(0, Math.max(0, atOnce - going))) send(one);
  if (isUploading()) window.addEventListener('beforeunload', warn);
  else window.removeEventListener('beforeunload', warn);
}

function send(upload: Upload): void {
  const kept = files.get(upload.key);
  if (!kept) return;
  const form = new FormData();
  // The fields stand before the file: the house reads the request as it comes and refuses what is said too late.
  if (upload.relativePath !== '') form.append('relativePath', upload.relativePath);
  if (kept.into !== undefined) {
    form.append('attachTo', kept.into.recordId);
    form.append('as', kept.into.as);
    if (kept.into.reason !== undefined && kept.into.reason !== '') form.append('reason', kept.into.reason);
  }
  form.append('file', kept.file, upload.name);
  // fetch tells nothing of how much has gone out.
  const request = new XMLHttpRequest();
  kept.request = request;
  request.open('POST', urlOf(intakeLines.upload, {}));
  for (const [name, value] of Object.entries(houseHeaders())) request.setRequestHeader(name, value);
  request.setRequestHeader('idempotency-key', upload.key);
  request.upload.onprogress = (event) => change(upload.key, { sent: Math.min(event.loaded, upload.size) });
  request.onload = () => {
    finish(upload, request.status, request.responseText);
  };
  request.onerror = () => fail(upload, new ApiProblem('offline', 0, ''));
  change(upload.key, { state: 'sending', sent: 0, problem: null });
  request.send(form);
}

function finish(upload: Upload, status: number, text: string): void {
  if (status !== 201) {
    fail(upload, problemFrom(status, text));
    return;
  }
  let given: Receipt;
  try {
    given = receipt.parse(JSON.parse(text));
  } catch {
    fail(upload, new ApiProblem('unreadable-reply', status, ''));
    return;
  }
  if (given.withheld) {
    // It came in and is in nobody's tray: said where the file stands, and not taken for one that is to be registered.
    fail(upload, new ApiProblem('withheld', status, ''));
    return;
  }
  files.delete(upload.key);
  change(upload.key, { state: 'received', sent: upload.size, receipt: given });
  for (const arrival of arrivals) arrival(given);
  if (uploads.every(({ state }) => state === 'received')) {
    uploads = [];
    for (const listener of listeners) listener();
  }
  pump();
}

function fail(upload: Upload, problem: ApiProblem): void {
  change(upload.key, { state: 'failed', problem });
  pump();
}

/** Puts files in the queue and answers their keys. */
export function addUploads(chosen: readonly ChosenFile[], into?: Belonging): readonly string[] {
  const added = chosen.map(({ file, relativePath }): Upload => {
    const key = crypto.randomUUID();
    files.set(key, { file, into });
    return {
      key,
      name: file.name,
      relativePath,
      size: file.size,
      sent: 0,
      state: 'waiting',
      receipt: null,
      problem: null,
    };
  });
  uploads = [...uploads, ...added];
  for (const listener of listeners) listener();
  pump();
  return added.map(({ key }) => key);
}

export function retryUpload(key: string): void {
  change(key, { state: 'waiting', sent: 0, problem: null });
  pump();
}

/** Takes a file out of the queue: one that failed, or one that has not been sent. */
export function dropUpload(key: string): void {
  files.get(key)?.request?.abort();
  files.delete(key);
  uploads = uploads.filter((one) => one.key !== key);
  for (const listener of listeners) listener();
  pump();
}

/** The person signed out: nothing of theirs stays for the next one at this PC. */
export function forgetUploads(): void {
  for (const { request } of files.values()) request?.abort();
  files.clear();
  uploads = [];
  for (const listener of listeners) listener();
  pump();
}

/** Called with each receipt. Returns how to stop listening. */
export function whenReceived(arrival: (receipt: Receipt) => void): () => void {
  arrivals.add(arrival);
  return () => arrivals.delete(arrival);
}

export function useUploads(): readonly Upload[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => uploads,
  );
}
