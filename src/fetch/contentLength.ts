/**
 * How many bytes the body will give; undefined when the server does not say, or says it of the compressed form, which is
 * not what the page gets to see (RFC 9110, section 8.6).
 */
export function contentLengthOf({ headers }: Response): number | undefined {
  if (isEncoded(headers)) return undefined;
  const text = headers.get('content-length');
  // A body that was sent in pieces by two headers says it twice: "5, 5".
  const values = new Set(text?.split(',').map((value) => value.trim()));
  const [value = ''] = values;
  return values.size === 1 && /^\d+$/.test(value) ? Number(value) : undefined;
}

/**
 * False for an answer of another origin, which may hide that it is compressed: unlike Content-Length, Content-Encoding is no
 * CORS-safelisted response header (Fetch standard).
 */
export function isLengthCertain({ type }: Response): boolean {
  return type !== 'cors';
}

/** True when the bytes that arrive are not those that the server counts. */
export function isEncoded(headers: Headers): boolean {
  const encoding = headers.get('content-encoding')?.trim().toLowerCase() ?? '';
  return encoding !== '' && encoding !== 'identity';
}
