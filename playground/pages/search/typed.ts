export interface Typed {
  readonly before: string;
  /** What this keystroke brought; empty when it took something away. */
  readonly fresh: string;
  readonly after: string;
}

const longest = 9;

/** What changed from one text to the next. A long text is cut to the end of what changed. */
export function typedSince(previous: string, text: string): Typed {
  const start = sharedLength(previous, text);
  const end = sharedLength(reverse(previous.slice(start)), reverse(text.slice(start)));
  const until = text.length - end;
  const shown = Math.max(0, until - longest);
  return {
    before: shown > 0 ? `…${text.slice(shown, Math.max(start, shown))}` : text.slice(0, start),
    fresh: text.slice(Math.max(start, shown), until),
    after: text.slice(until, Math.max(until, longest)),
  };
}

/** Length of what two texts begin with in common. */
function sharedLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return length;
}

function reverse(text: string): string {
  return text.split('').toReversed().join('');
}
