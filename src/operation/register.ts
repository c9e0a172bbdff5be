import { wrongType } from '../base/checks.js';
import { isSettled, type Operation } from './node.js';

/**
 * Where operations can be listed: what `createRegistry` gives.
 *
 * @example
 * const op = new Cancelable({ register: createRegistry({ historyLimit: 50 }) });
 */
export interface Registrar {
  /** Lists an operation; with `keep: false` until its run has settled. */
  register(operation: Operation, options?: { readonly keep?: boolean | undefined }): void;
}

// `register: true` means the default registry, which lies above this layer and may be loaded late or never. Until then
// those who asked for it are remembered, and not kept alive.
let standard: Registrar | undefined;
let early: Array<WeakRef<Operation>> = [];
let sweepAt = 16;

export function checkRegister(option: string, value: unknown): void {
  if (typeof value !== 'boolean' && typeof (value as Partial<Registrar> | null)?.register !== 'function')
    throw wrongType(option, 'true, false or a registry', value);
}

/** Does what the option `register` says. */
export function registerOperation(node: Operation, where: Registrar | boolean): void {
  const registrar = where === true ? standard : where;
  if (registrar === undefined) rememberEarly(node);
  else if (registrar !== false) registrar.register(node, { keep: false });
}

/** From now on `register: true` means this one; what has asked for it before and has not ended is registered now. */
export function setStandardRegistrar(registrar: Registrar): void {
  standard = registrar;
  for (const reference of early.filter(isAlive)) registrar.register(reference.deref()!, { keep: false });
  early = [];
}

function rememberEarly(node: Operation): void {
  early.push(new WeakRef(node));
  if (early.length < sweepAt) return;
  early = early.filter(isAlive);
  sweepAt = early.length * 2 + 16; // the cost for each is constant
}

function isAlive(reference: WeakRef<Operation>): boolean {
  const node = reference.deref();
  return node !== undefined && !isSettled(node);
}
