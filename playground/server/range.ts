/** Bytes of a representation, the end exclusive. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export type RangeAnswer = ({ readonly kind: 'whole' | 'partial' } & ByteRange) | { readonly kind: 'unsatisfiable' };

export interface RangeQuestion {
  readonly size: number;
  readonly etag: string;
  readonly lastModified: string;
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
}

/**
 * RFC 9110, sections 13.1.5 and 14.2. A range that is malformed, in another unit or multiple is ignored, as the standard
 * allows: the client then gets the whole with 200 and sees so.
 */
export function answerRange({ size, etag, lastModified, range, ifRange }: RangeQuestion): RangeAnswer {
  const whole = { kind: 'whole', start: 0, end: size } as const;
  const match = /^bytes=\s*(\d*)-(\d*)\s*$/i.exec(range ?? '');
  if (match === null) return whole;
  // Neither pattern can be absent after a match, but the type of a match does not know it.
  const [first = '', last = ''] = match.slice(1);
  if (first === '' && last === '') return whole;
  if (first !== '' && last !== '' && Number(last) < Number(first)) return whole;
  if (ifRange !== undefined && ifRange !== etag && ifRange !== lastModified) return whole;

  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? { kind: 'unsatisfiable' } : { kind: 'partial', start: size - length, end: size };
  }
  if (Number(first) >= size) return { kind: 'unsatisfiable' };
  return { kind: 'partial', start: Number(first), end: last === '' ? size : Math.min(Number(last) + 1, size) };
}
