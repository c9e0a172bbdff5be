/**
 * Calls back in the next animation frame, or after 250 ms where frames do not come (hidden tabs), whichever is first.
 * Returns how to call it off.
 */
export function onNextFrame(callback: () => void): () => void {
  const cancel = (): void => {
    if (frame !== undefined) cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
  const once = (): void => {
    cancel();
    callback();
  };
  const frame = typeof requestAnimationFrame === 'function' ? requestAnimationFrame(once) : undefined;
  const timer = setTimeout(once, 250);
  return cancel;
}
