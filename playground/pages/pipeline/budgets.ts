/** Milliseconds for the whole pipeline; undefined: no end. It takes about 12 seconds. */
export type Budget = number | undefined;

export const defaultBudget: Budget = 20_000;

export const budgets: ReadonlyArray<{ readonly value: Budget; readonly word: string }> = [
  { value: 10_000, word: '10 s' },
  { value: 20_000, word: '20 s' },
  { value: undefined, word: 'None' },
];
