export const columns = 5;

const steps = [100, 200, 300, 400, 500, 600, 800, 1000, 1500, 2000, 3000, 4000, 5000, 10_000];

/** Milliseconds per column, so that `span` fits into five. */
export function axisStep(span: number): number {
  return steps.find((step) => step * columns >= span) ?? Math.ceil(span / columns / 10_000) * 10_000;
}

/** The times at the start of each column, in seconds: `0 s`, `0.4`, `0.8`. */
export function axisWords(step: number): string[] {
  return Array.from({ length: columns }, (_, index) => (index === 0 ? '0 s' : String((step * index) / 1000)));
}
