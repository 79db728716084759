import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ReadingProblem } from '../../departments/intake/ports.ts';
import { readyNumber, type Answer, type Order, type Result, type Task } from './tasks.ts';

const program = fileURLToPath(new URL('./reading-child.ts', import.meta.url));

/** How often the memory of a child at work is looked at. WebAssembly was measured to take 500 MB in a second. */
const watchEveryMilliseconds = 250;

/** A child starts in half a second; on a machine that is busy with everything, in several. */
const startSeconds = 60;

export type Outcome = { readonly result: Result } | { readonly problem: ReadingProblem };

interface Work {
  readonly number: number;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (fault: Error) => void;
  readonly seconds: number;
  readonly take: ((piece: Uint8Array) => void) | undefined;
  alarm: NodeJS.Timeout;
  readonly watch: NodeJS.Timeout;
}

/**
 * One child process that reads files, one at a time. It is killed when it takes too long or too much memory; then, or
 * when it dies by itself, it is `gone` and its keeper starts another.
 *
 * Its environment is empty: a library that is taken over by a hostile file finds no password in it. Node's permission
 * model keeps it from writing files and from starting programs.
 */
export class Reader {
  readonly #process: ChildProcess;
  readonly #exited: Promise<void>;
  readonly #memoryBytes: number;
  #work: Work | null = null;
  #verdict: ReadingProblem | null = null;
  #count = 0;
  #largest = 0;
  #isReady = false;
  gone = false;
  /** Has loaded the OCR engine and its language: a second page costs no loading. */
  knowsLetters = false;

  constructor(memoryMegabytes: number) {
    this.#memoryBytes = memoryMegabytes * 1_048_576;
    this.#process = fork(program, [], {
      // Nothing of the parent's: neither its environment nor its flags (a test runner's loader, an inspector's port).
      env: {},
      execArgv: [
        '--permission',
        '--allow-fs-read=*',
        '--allow-worker',
        '--allow-addons',
        '--allow-wasi',
        '--no-warnings',
      ],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#process.on('message', (answer) => this.#heard(answer as Answer));
    this.#exited = new Promise((resolve) => {
      const over = (fault: Error | null, signal: string | null): void => {
        this.gone = true;
        this.#died(fault, signal);
        resolve();
      };
      this.#process.once('exit', (_code, signal) => over(null, signal));
      this.#process.once('error', (fault) => over(fault, null));
    });
    this.#rest();
  }

  get busy(): boolean {
    return this.#work !== null;
  }

  run(task: Task, seconds: number, take?: (piece: Uint8Array) => void): Promise<Outcome> {
    if (this.#work || this.gone) throw new Error('a reader does one thing at a time, and only while it lives');
    this.#process.ref();
    this.#process.channel?.ref();
    this.#count += 1;
    this.#largest = 0;
    const number = this.#count;
    return new Promise((resolve, reject) => {
      // The file's time begins when the child is ready: that the machine is busy is not the file's fault.
      const alarm = this.#isReady ? this.#alarm('too-slow', seconds) : this.#alarm('crashed', startSeconds);
      const watch = setInterval(() => this.#look(), watchEveryMilliseconds);
      this.#work = { number, resolve, reject, seconds, take, alarm, watch };
      const order: Order = { number, task };
      // A child that died a moment ago cannot be written to; its exit answers for it.
      this.#process.send(order, () => undefined);
    });
  }

  /** Ends the child; work under way resolves to `interrupted`. */
  async end(): Promise<void> {
    this.#process.ref();
    this.#kill('interrupted');
    await this.#exited;
  }

  /**
   * So large while idle that the next file would pay for it: WebAssembly gives nothing back. (The OCR engine was measured
   * to settle at 500 MB, pages of A4 at 300 dpi.)
   */
  get swollen(): boolean {
    return this.#residentBytes() > this.#memoryBytes * 0.7;
  }

  #alarm(verdict: ReadingProblem, seconds: number): NodeJS.Timeout {
    return setTimeout(() => this.#kill(verdict), seconds * 1000);
  }

  #look(): void {
    const bytes = this.#residentBytes();
    this.#largest = Math.max(this.#largest, bytes);
    if (bytes > this.#memoryBytes) this.#kill('too-much-memory');
  }

  /** Resident memory from Linux's /proc; elsewhere nothing is watched. */
  #residentBytes(): number {
    try {
      const status = readFileSync(`/proc/${this.#process.pid ?? 0}/status`, 'utf8');
      return Number(/^VmRSS:\s+(\d+) kB$/mu.exec(status)?.[1] ?? 0) * 1024;
    } catch {
      return 0;
    }
  }

  #kill(verdict: ReadingProblem): void {
    this.#verdict ??= verdict;
    this.#process.kill('SIGKILL');
  }

  #heard(answer: Answer): void {
    const work = this.#work;
    if (answer.number === readyNumber) {
      this.#isReady = true;
      if (!work) return;
      clearTimeout(work.alarm);
      work.alarm = this.#alarm('too-slow', work.seconds);
      return;
    }
    // After the verdict the exit answers: the caller must find the file closed and the memory given back.
    if (answer.number !== work?.number || this.#verdict) return;
    if ('piece' in answer) {
      this.#taken(work, answer.piece);
      return;
    }
    this.#settle();
    if ('fault' in answer) work.reject(new Error(answer.fault));
    else if ('result' in answer) work.resolve({ result: answer.result });
  }

  /** Whoever takes the pieces may fail, at a full disk: that is no fault of the child, which has no further use. */
  #taken(work: Work, piece: Uint8Array): void {
    try {
      work.take?.(piece);
    } catch (cause) {
      this.#settle();
      work.reject(cause instanceof Error ? cause : new Error('a piece was not taken'));
      this.#kill('interrupted');
    }
  }

  #died(fault: Error | null, signal: string | null): void {
    const work = this.#work;
    if (!work) return;
    this.#settle();
    if (fault) work.reject(fault);
    else if (this.#verdict) work.resolve({ problem: this.#verdict });
    // V8 aborts when its own heap is full, which can happen between two looks.
    else if (signal === 'SIGABRT' && this.#largest > this.#memoryBytes / 2)
      work.resolve({ problem: 'too-much-memory' });
    else work.resolve({ problem: 'crashed' });
  }

  #settle(): void {
    clearTimeout(this.#work?.alarm);
    clearInterval(this.#work?.watch);
    this.#work = null;
    this.#rest();
  }

  /** An idle child does not keep the process of its parent alive; it ends by itself when the channel closes. */
  #rest(): void {
    this.#process.unref();
    this.#process.channel?.unref();
  }
}
