import { render } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Cancelable } from 'use-cancelable';
import { createOperationStore } from '../../../playground/operations/createOperationStore.ts';
import type { OperationView } from '../../../playground/operations/view.ts';
import { axisStep, axisWords } from '../../../playground/pages/search/axis.ts';
import { beginsNewBurst } from '../../../playground/pages/search/burst.ts';
import { Fate } from '../../../playground/pages/search/Fate.tsx';
import { summarize } from '../../../playground/pages/search/summarize.ts';
import { untilCanceled } from '../operation/bodies.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const running = (op: Cancelable): Promise<never> => untilCanceled(op);
const endedBy = (reason: string, message?: string) => async (op: Cancelable) => {
  op.cancel({ reason, message });
};
const completed = async (op: Cancelable) => op.report('Found', { current: 2210 });
const failed = () => Promise.reject(new Error('The answer ended before the search did.'));

type Body = (op: Cancelable) => Promise<unknown>;

/** Searches that have come so far, each started 180 ms after the one before. */
async function search(...bodies: Body[]): Promise<readonly OperationView[]> {
  const store = createOperationStore();
  for (const body of bodies) {
    const operation = new Cancelable({ name: 'Search', parent: null });
    store.add(operation);
    void operation.settle(async (op) => {
      if (body !== running) await op.sleep(180);
      return body(op);
    });
    await vi.advanceTimersByTimeAsync(180);
  }
  return store.getSnapshot();
}

describe('the fate of a search', () => {
  it.each<[string, Body]>([
    ['running', running],
    ['completed2,210 lines, 0.18 s', completed],
    ['supersededafter 0.18 s', endedBy('superseded')],
    ['canceledyou pressed Esc', endedBy('manual', 'you pressed Esc')],
    ['canceledby you', endedBy('manual')],
    ['failedThe answer ended before the search did.', failed],
  ])('reads “%s”', async (words, body) => {
    const [view] = await search(body);
    expect(render(<Fate view={view!} />).container.textContent).toBe(words);
  });
});

describe('the summary of fates', () => {
  it.each<[string, Body[]]>([
    ['', []],
    ['', [completed, running]],
    ['2 stopped early by a newer one', [endedBy('superseded'), endedBy('superseded'), completed]],
    ['1 stopped early by you', [completed, endedBy('manual')]],
    ['1 stopped early by a newer one, 2 by you', [endedBy('superseded'), endedBy('manual'), endedBy('manual')]],
  ])('is “%s”', async (words, bodies) => {
    expect(summarize(await search(...bodies))).toBe(words);
  });
});

describe('a new chart', () => {
  it('begins when the last search has ended a while ago, not before', async () => {
    const views = await search(completed, endedBy('manual'));
    await vi.advanceTimersByTimeAsync(4000);
    expect(beginsNewBurst(views)).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(beginsNewBurst(views)).toBe(true);
  });

  it('does not begin while one runs, however long', async () => {
    const views = await search(completed, running);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(beginsNewBurst(views)).toBe(false);
  });

  it('begins when there was none', () => {
    expect(beginsNewBurst([])).toBe(true);
  });
});

describe('the clock of a chart', () => {
  it.each([
    [0, 100],
    [500, 100],
    [501, 200],
    [3200, 800],
    [50_000, 10_000],
    [50_001, 20_000],
    [260_000, 60_000],
  ])('has %d ms in five columns of %d', (span, step) => {
    expect(axisStep(span)).toBe(step);
  });

  it('says the seconds at the start of each column', () => {
    expect(axisWords(400)).toEqual(['0 s', '0.4', '0.8', '1.2', '1.6']);
    expect(axisWords(10_000)).toEqual(['0 s', '10', '20', '30', '40']);
  });
});
