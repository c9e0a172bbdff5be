import { checkOneOf } from '../base/checks.js';

/**
 * How long the run of a hook may live: as its component, as the nearest boundary (without one: as the page), or as the page.
 *
 * @example
 * const { run: save } = useCancelable(saveDraft, { lifetime: 'boundary' }); // its button may go
 */
export type Lifetime = 'component' | 'boundary' | 'app';

export function checkLifetime(option: string, value: unknown): void {
  checkOneOf(option, ['component', 'boundary', 'app'], value);
}
