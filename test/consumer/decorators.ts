// Decorators as a team writes them, and what it exports of the functions that they make.
import {
  cancelable,
  Cancelable,
  cancelableCombine,
  cancelableWithCondition,
  cancelableWithSignal,
  cancelableWithToken,
  CancelationToken,
  decorationOf,
  requireOperation,
  withCancelable,
  withCurrentOperation,
} from 'use-cancelable/core';

const stop = new CancelationToken();
const page = new Cancelable({ timeout: 60_000 });

export const loadText = cancelable({ timeout: 5000 })(async (op, url: string) => {
  const response = await op.wait(fetch(url, { signal: op.signal }));
  return await op.wait(response.text());
});

export const countTo = cancelable()(function* (op, last: number) {
  for (let count = 0; count < last; count += 1) yield* op.sleep(1);
  return last;
});

export const saveDraft = cancelableWithToken(stop, { inject: 1 })(async (draft: string, op?: Cancelable) =>
  requireOperation(op).wait(draft.length),
);

export const poll = cancelableCombine(
  () => Cancelable.withTimeout(5000),
  () => Cancelable.withToken(stop),
)((op) => op.sleep(1000));

export const report = withCurrentOperation()((op, text: string) => op?.report(text));

export class Rows {
  @cancelable({ timeout: 5000, inject: 1 })
  async load(url: string, op?: Cancelable): Promise<string> {
    return loadText(requireOperation(op), url);
  }

  @cancelableWithSignal(window, 'offline', { inject: false })
  static async ping(): Promise<number> {
    return 1;
  }

  @cancelableWithCondition(() => document.hidden, { interval: 500 })
  async draw(op: Cancelable, frames: number): Promise<number> {
    return op.wait(frames);
  }

  @withCancelable(page)
  async show(op: Cancelable): Promise<void> {
    await op.wait(this.#measure());
  }

  @cancelable({ inject: 0 })
  async #measure(op?: Cancelable): Promise<number> {
    return requireOperation(op).wait(1);
  }
}

export async function use(): Promise<number> {
  const text: string = await loadText('/rows');
  const last: number = await countTo(new Cancelable(), 5);
  const length: number = await saveDraft(text);
  // @ts-expect-error a URL is text
  void loadText(5);
  return last + length + (await new Rows().draw(page, 5)) + Object.keys(decorationOf(loadText) ?? {}).length;
}
