import { onTestFinished, vi } from 'vitest';

/** How many listeners the target has got from now on and not lost; listeners of the platform itself are not seen. */
export function countListeners(target: EventTarget): () => number {
  const listeners = new Map<string, Set<unknown>>();
  const of = (type: string): Set<unknown> => listeners.get(type) ?? listeners.set(type, new Set()).get(type)!;
  const add = target.addEventListener.bind(target);
  const remove = target.removeEventListener.bind(target);
  const adding = vi.spyOn(target, 'addEventListener').mockImplementation((type, listener, options) => {
    of(type).add(listener);
    add(type, listener, options);
    if (typeof options === 'object' && options.once === true)
      add(type, () => of(type).delete(listener), { once: true });
  });
  const removing = vi.spyOn(target, 'removeEventListener').mockImplementation((type, listener, options) => {
    of(type).delete(listener);
    remove(type, listener, options);
  });
  onTestFinished(() => {
    adding.mockRestore();
    removing.mockRestore();
  });
  return () => [...listeners.values()].reduce((sum, set) => sum + set.size, 0);
}
