/** For `describe.each`: what holds in StrictMode and out of it. */
export const strictness = [
  ['in StrictMode', true],
  ['out of StrictMode', false],
] as const;
