const counts = new Map<object, number>();
const listeners = new Set<() => void>();
let total = 0;

/** Says how many operations of one store run. The header shows the sum. */
export function setRunning(store: object, count: number): void {
  if ((counts.get(store) ?? 0) === count) return;
  if (count === 0) counts.delete(store);
  else counts.set(store, count);
  total = [...counts.values()].reduce((sum, each) => sum + each, 0);
  for (const listener of listeners) listener();
}

export function subscribeToRunning(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function getRunningCount(): number {
  return total;
}
