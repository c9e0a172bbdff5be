export interface Typed {
  readonly before: string;
  /** What this keystroke brought; empty when it took something away. */
  readonly fresh: string;
  readonly after: string;
}

const longest = 9;

/** What changed from one text to the next. A long text is cut to the end of what changed. */
export function typedSince(previous: string, text: string): Typed {
  const was = lettersOf(previous);
  const is = lettersOf(text);
  const start = sharedLength(was, is);
  const end = sharedLength(was.slice(start).toReversed(), is.slice(start).toReversed());
  const until = is.length - end;
  const shown = Math.max(0, until - longest);
  const part = (from: number, to: number): string => is.slice(from, to).join('');
  return {
    before: shown > 0 ? `…${part(shown, Math.max(start, shown))}` : part(0, start),
    fresh: part(Math.max(start, shown), until),
    after: part(until, Math.max(until, longest)),
  };
}

const segmenter = new Intl.Segmenter('en');

/** Whole ones: some are several code units long. */
function lettersOf(text: string): readonly string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Number of letters that two texts begin with in common. */
function sharedLength(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return length;
}
