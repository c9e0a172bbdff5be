import { checkObject, wrongType } from '../base/checks.js';

const lists = new WeakMap<object, readonly Transferable[]>();

/**
 * Says that a function in a worker gives away parts of its result instead of cloning them. Returns the value.
 *
 * @example
 * expose({ render: async (op, size: number) => {
 *   const pixels = new Uint8Array(size);
 *   return transfer(pixels, [pixels.buffer]);
 * } });
 */
export function transfer<T extends object>(value: T, transferables: readonly Transferable[]): T {
  checkObject('The value of transfer', value);
  checkTransferables('The list of transfer', transferables);
  lists.set(value, transferables);
  return value;
}

export function transferablesOf(value: unknown): Transferable[] {
  return typeof value === 'object' && value !== null ? [...(lists.get(value) ?? [])] : [];
}

export function checkTransferables(option: string, value: unknown): void {
  if (!Array.isArray(value)) throw wrongType(option, 'an array of transferable objects', value);
}
