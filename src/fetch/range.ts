import { contentLengthOf, isEncoded } from './contentLength.js';

/** What an answer is to one who has asked for the rest of a file. */
export type RangeAnswer =
  | { readonly kind: 'rest' | 'whole'; readonly total: number | undefined }
  /** There is no rest: all of it is here already. */
  | { readonly kind: 'nothing'; readonly total: number }
  /** Not what was asked for. Only a request for the whole file can help. */
  | { readonly kind: 'useless' };

/** Reads an answer to a request for the bytes from `received` on. `received` 0: the whole was asked for. */
export function readRangeAnswer(response: Response, received: number, validator: string | undefined): RangeAnswer {
  const { status, headers } = response;
  if (status !== 206 && status !== 416) return { kind: 'whole', total: contentLengthOf(response) };
  // The bytes of a compressed answer are not those that ranges count.
  if (received === 0 || isEncoded(headers) || !isSameVersion(headers, validator)) return { kind: 'useless' };
  // RFC 9110, section 14.4: `bytes 0-99/100`, `bytes 0-99/*`, and after a refusal `bytes */100`.
  const [, first, last, size] = /^bytes (?:(\d+)-(\d+)|\*)\/(\d+|\*)$/.exec(headers.get('content-range') ?? '') ?? [];
  const total = size === undefined || size === '*' ? undefined : Number(size);
  if (status === 416) return total === received ? { kind: 'nothing', total } : { kind: 'useless' };
  // Fewer bytes than there are would leave a hole at the end.
  const isRest =
    first !== undefined && Number(first) === received && (total === undefined || Number(last) === total - 1);
  return isRest ? { kind: 'rest', total } : { kind: 'useless' };
}

// An answer that does not say its version was given under If-Range, and so is of the one that was asked for.
function isSameVersion(headers: Headers, validator: string | undefined): boolean {
  const given = headers.get(validator?.startsWith('"') === true ? 'etag' : 'last-modified');
  return given === null || given === validator;
}

/**
 * What If-Range may name (RFC 9110, section 13.1.5): a strong ETag, or a date that was older than the answer by a second at
 * least, so that no second version has the same. Undefined for a compressed body: its bytes are not those that ranges count.
 */
export function validatorOf({ headers }: Response): string | undefined {
  if (isEncoded(headers)) return undefined;
  const etag = headers.get('etag');
  if (etag !== null && etag.startsWith('"')) return etag;
  const lastModified = headers.get('last-modified');
  const age = Date.parse(headers.get('date') ?? '') - Date.parse(lastModified ?? '');
  return age >= 1000 ? lastModified! : undefined; // an age has both dates
}
