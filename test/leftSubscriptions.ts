import { afterAll, beforeEach, expect } from 'vitest';
import { Subscribers } from '../src/base/Subscribers.ts';

// What a view of the package renders for, it has subscribed to: where nothing is left, nothing is updated after it has gone.
let open = 0;

/** From now on a test fails when one before it has left a subscription to a store of the package. */
export function watchSubscriptions(): void {
  // oxlint-disable-next-line typescript/unbound-method -- called with its receiver
  const { add } = Subscribers.prototype;
  Subscribers.prototype.add = function (listener) {
    const remove = add.call(this, listener);
    let isOpen = true;
    open += 1;
    return () => {
      if (isOpen) open -= 1;
      isOpen = false;
      remove();
    };
  };
  // Before the next test and not after this one: what unmounts with the end of a test does so later than its hooks.
  beforeEach(() => check('the test before'));
  afterAll(() => {
    Subscribers.prototype.add = add;
    check('the last test');
  });
}

function check(who: string): void {
  const left = open;
  open = 0;
  expect(left, `${who} has left subscriptions`).toBe(0);
}
