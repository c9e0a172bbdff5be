/**
 * The lines that this text completes, without their ends. What has none yet is kept in pieces and joined once, so that a
 * long line costs no more than its length.
 */
export interface LineDecoder {
  readonly take: (text: string) => string[];
  /** The last line, when it has no end. */
  readonly finish: () => string[];
}

export function createLineDecoder(end: string | RegExp): LineDecoder {
  let pieces: string[] = [];
  return {
    take(text) {
      const lines = text.split(end);
      const last = lines.pop()!; // split gives one at least
      if (lines.length > 0) {
        lines[0] = pieces.join('') + lines[0]!;
        pieces = [];
      }
      if (last !== '') pieces.push(last);
      return lines;
    },
    finish: () => (pieces.length === 0 ? [] : [pieces.splice(0).join('')]),
  };
}
