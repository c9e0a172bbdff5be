const longest = 2 ** 31 - 1; // a longer one fires at once (HTML, timer initialization steps)

/** A timer of any length; returns how to clear it. */
export function startTimer(callback: () => void, milliseconds: number): () => void {
  let left = milliseconds;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const arm = (): void => {
    const part = Math.min(left, longest);
    left -= part;
    timer = setTimeout(left > 0 ? arm : callback, part);
  };
  arm();
  return () => clearTimeout(timer);
}
