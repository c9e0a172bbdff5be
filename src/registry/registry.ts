import { setStandardRegistrar } from '../operation/register.js';
import { createRegistry } from './createRegistry.js';
import type { Registry } from './types.js';

function createStandardRegistry(): Registry {
  const standard = createRegistry();
  setStandardRegistrar(standard);
  return standard;
}

/**
 * The default registry: lists what was made with `register: true`, and after `registry.observe()` every operation. Nothing
 * is listed unless asked for. An operation made before this module was loaded is listed if it still runs then.
 *
 * @example
 * const op = new Cancelable({ name: 'load', register: true });
 * void op.run(load);
 * registry.list().map(({ name, status }) => `${name}: ${status}`); // ['load: running']
 */
// Marked as pure: a bundle that does not use it has none of it, and `register: true` then costs a weak reference.
export const registry: Registry = /* @__PURE__ */ createStandardRegistry();
