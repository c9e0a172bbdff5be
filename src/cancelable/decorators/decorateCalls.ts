import { checkOptions, type Check } from '../../base/checks.js';
import type { Operation } from '../../operation/node.js';
import { operationChecks, type OperationOptions } from '../../operation/options.js';
import type { Source } from '../../operation/types.js';
import { Cancelable } from '../Cancelable.js';
import { checkInject, createDecorator, type AnyDecorator } from './createDecorator.js';
import { runCall } from './runCall.js';
import type { DecoratorOptions } from './types.js';

/** A decorator whose calls run in operations with these options. */
export function decorateCalls(decorator: string, given: DecoratorOptions = {}): AnyDecorator {
  checkDecoratorOptions(decorator, given);
  const { inject, ...options } = given;
  return createDecorator(
    decorator,
    { ...given },
    runCall(inject, (name, parent) => new Cancelable(optionsOfCall(options, name, parent))),
  );
}

/** The same, with one source more. */
export function withSource(decorator: string, options: DecoratorOptions, source: Source): AnyDecorator {
  return decorateCalls(decorator, { ...options, sources: [source, ...(options.sources ?? [])] });
}

/** Looks at the options before anything is decorated. */
export function checkDecoratorOptions(
  decorator: string,
  options: DecoratorOptions,
  moreChecks: Readonly<Record<string, Check>> = {},
): void {
  checkOptions(`The options of ${decorator}`, options, {
    ...operationChecks,
    id(option) {
      throw new TypeError(`${option} can't be set: each call makes an operation with an id of its own.`);
    },
    inject: checkInject,
    ...moreChecks,
  });
}

/** The options of the operation of one call. */
export function optionsOfCall(
  options: OperationOptions,
  name: string,
  parent: Operation | undefined,
): OperationOptions {
  return { ...options, name: options.name ?? (name === '' ? undefined : name), parent: parent ?? options.parent };
}
