import type { NextFunction, Request, Response } from 'express';
import { newId } from '../../kernel/ids.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { keptLine } from '../../kernel/text.ts';

/** `style-src 'unsafe-inline'` is Mantine's; scripts are ours alone, WebAssembly is the PDF viewer's decoders. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

/** Whatever was uploaded may be looked at and never run: no script, no origin, no request. */
export const contentPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

/** On every answer, errors included (ASVS 5.0 V3.4). */
export function securityHeaders(options: { readonly secure: boolean }) {
  return (_request: Request, response: Response, next: NextFunction): void => {
    response.setHeader('x-request-id', newId());
    response.setHeader('content-security-policy', pagePolicy);
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('referrer-policy', 'no-referrer');
    response.setHeader('cross-origin-opener-policy', 'same-origin');
    response.setHeader('cross-origin-resource-policy', 'same-origin');
    response.setHeader('permissions-policy', 'camera=(), microphone=(), geolocation=()');
    response.setHeader('cache-control', 'no-store');
    if (options.secure) response.setHeader('strict-transport-security', 'max-age=31536000; includeSubDomains');
    next();
  };
}

/**
 * A change needs a header that another site's form cannot set, and must not come from another site as the browser
 * says (ASVS 5.0 V3.5.1). Access tokens are not sent by browsers on their own and pass.
 */
export function refuseCrossSite(request: Request): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const site = request.get('sec-fetch-site');
  const origin = request.get('origin');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new Refusal('cross-site-request');
  if (origin !== undefined && safeHost(origin) !== request.get('host')) throw new Refusal('cross-site-request');
  if (request.get('authorization') === undefined && request.get('x-vankho-client') === undefined)
    throw new Refusal('cross-site-request');
}

function safeHost(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

/** RFC 6266 with RFC 5987: the name as it was, and a plain one for old readers; no line ends, no direction marks. */
export function contentDisposition(kind: 'inline' | 'attachment', fileName: string): string {
  const clean = keptLine(fileName).slice(0, 200) || 'tep';
  const plain = clean
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .replace(/[^A-Za-z0-9 ._()-]/gu, '_');
  const exact = encodeURIComponent(clean).replace(
    /['()*]/gu,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${exact}`;
}
