// What users write with decorators; decoratedMethods.test.ts compiles it with the compilers that lower them.
import {
  Cancelable,
  cancelable,
  cancelableCombine,
  cancelableWithToken,
  CancelationToken,
  currentOperation,
  requireOperation,
  sleep,
  withCancelable,
  withCurrentOperation,
} from 'use-cancelable/core';

export const stop = new CancelationToken();

/** The operation's name and the arguments, after an await. */
async function seen(op: Cancelable, ...rest: unknown[]): Promise<unknown[]> {
  await op.sleep(1);
  return [op.name, currentOperation() === op, ...rest];
}

export class DataProcessor {
  readonly factor: number = 2;

  @cancelable({ timeout: 5000 })
  async process(op: Cancelable, data: number): Promise<unknown[]> {
    return seen(op, data * this.factor);
  }

  @cancelable({ inject: 1 })
  async last(data: number, op?: Cancelable): Promise<unknown[]> {
    return seen(requireOperation(op), data);
  }

  @cancelable({ inject: false })
  async none(data: number): Promise<unknown[]> {
    const op = requireOperation(currentOperation());
    await sleep(1);
    return seen(op, data);
  }

  @cancelable({ name: 'explicit', inject: 0 })
  async named(op?: Cancelable): Promise<unknown[]> {
    return seen(requireOperation(op));
  }

  @cancelable({ inject: 0 })
  static async load(op?: Cancelable): Promise<unknown[]> {
    return seen(requireOperation(op), this.name);
  }

  @cancelable({ inject: 0 })
  async #secret(op?: Cancelable): Promise<unknown[]> {
    return seen(requireOperation(op), this.factor);
  }

  @cancelable({ inject: 0 })
  static async #hidden(op?: Cancelable): Promise<unknown[]> {
    return seen(requireOperation(op));
  }

  secret(): Promise<unknown[]> {
    return this.#secret();
  }

  static hidden(): Promise<unknown[]> {
    return DataProcessor.#hidden();
  }

  @cancelable({ name: 'outer', inject: false })
  @cancelable({ name: 'inner', inject: 0 })
  async nested(op?: Cancelable): Promise<unknown[]> {
    return [op?.name, op?.parent?.name];
  }

  @cancelableWithToken(stop, { inject: 0 })
  @withCurrentOperation({ inject: 1 })
  async stoppable(op?: Cancelable, current?: Cancelable): Promise<unknown[]> {
    return [op?.name, current === op];
  }

  @cancelableCombine(() => Cancelable.withTimeout(20), { inject: 1 })
  async wait(milliseconds: number, op?: Cancelable): Promise<Cancelable> {
    await requireOperation(op).sleep(milliseconds);
    return requireOperation(op);
  }
}

export class ImageProcessor extends DataProcessor {
  override readonly factor: number = 3;
}

export const createAnonymous = (): { run: () => Promise<unknown[]> } =>
  new (class {
    @cancelable({ inject: 0 })
    async run(op?: Cancelable): Promise<unknown[]> {
      return seen(requireOperation(op));
    }
  })();

/** What the types refuse, or say of what they let pass; not called. */
export function checkedByTheCompiler(rows: Rows): unknown {
  return [rows, rows.log('text'), rows.load(new Cancelable(), 'text').then((length) => length.toFixed())];
}

class Rows {
  @cancelable({ timeout: 5 })
  async load(op: Cancelable, url: string): Promise<number> {
    return op.wait(url.length);
  }

  @withCurrentOperation({ inject: 1 })
  log(text: string, op?: Cancelable): void {
    op?.report(text);
  }

  static refused(): unknown {
    return class {
      // @ts-expect-error the caller of a decorated method gets a promise, whatever the class declares
      @cancelable({ inject: false })
      sum(a: number): number {
        return a;
      }

      // @ts-expect-error a method, no field
      @cancelable({ inject: false })
      field = async (a: number): Promise<number> => a;

      // @ts-expect-error the first parameter is the operation
      @cancelable()
      async other(url: string): Promise<string> {
        return url;
      }

      // @ts-expect-error its operation has options already
      @withCancelable(new Cancelable(), { timeout: 5 })
      async shared(op: Cancelable): Promise<Cancelable> {
        return op;
      }
    };
  }
}
