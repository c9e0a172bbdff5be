import { runInContext, type Context } from 'node:vm';

/** Every property of the realm's global object, of its globals and of their prototypes, by its path. */
export function globalsOf(context: Context): Map<string, unknown> {
  const properties = new Map<string, unknown>();
  const record = (path: string, object: object): void => {
    for (const key of Reflect.ownKeys(object)) {
      const descriptor = Reflect.getOwnPropertyDescriptor(object, key);
      const value: unknown = descriptor?.get ?? descriptor?.value;
      properties.set(`${path}.${String(key)}`, value);
      if (path !== 'globalThis' && key !== 'prototype') continue;
      if (isObject(value) && value !== object) record(`${path}.${String(key)}`, value);
    }
  };
  record('globalThis', runInContext('globalThis', context) as object);
  return properties;
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
