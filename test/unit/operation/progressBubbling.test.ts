import { beforeEach, describe, expect, it } from 'vitest';
import { Cancelable, type ProgressMetadata } from 'use-cancelable/core';

// Reports climb from the operation that makes them to all those above it.

type Report = [operationId: string, message: string, metadata: ProgressMetadata];

let reports: Report[];
const note = (...report: Report): unknown => reports.push(report);

beforeEach(() => {
  reports = [];
});

describe('a report of a child', () => {
  it('calls the callbacks of the child first, then those of the parent, with the id of the child [case 69]', async () => {
    const order: string[] = [];
    const parent = new Cancelable({ id: 'parent' }).onProgress((id) => order.push(`parent told of ${id}`));
    const child = parent.child({ id: 'child' }).onProgress((id) => order.push(`child told of ${id}`));
    await parent.run(() => child.run(() => child.report('here')));
    expect(order).toEqual(['child told of child', 'parent told of child']);
  });

  it('reaches each ancestor once, from the nearest to the farthest, past those without callbacks', async () => {
    const order: string[] = [];
    const names = ['a', 'b', 'c', 'd', 'e'];
    let deepest: Cancelable | undefined;
    const nest = async (parent: Cancelable | null, index: number): Promise<void> => {
      const name = names[index];
      if (name === undefined) return parent?.report('here');
      const op = new Cancelable({ parent, name });
      deepest = op;
      if (name !== 'c') op.onProgress(() => order.push(name)).onProgress(() => order.push(`${name} again`));
      await op.run(() => nest(op, index + 1));
    };
    await nest(null, 0);
    expect(order).toEqual(['e', 'e again', 'd', 'd again', 'b', 'b again', 'a', 'a again']);
    expect(deepest?.name).toBe('e');
  });

  it('shows a pipeline the steps in order, and each step only itself [case 71]', async () => {
    const told: Record<string, string[]> = { pipeline: [], 'step 1': [], 'step 2': [] };
    const pipeline = new Cancelable({ name: 'pipeline' }).onProgress((_id, message) => told['pipeline']!.push(message));
    await pipeline.run(async () => {
      for (const name of ['step 1', 'step 2']) {
        const step = pipeline.child({ name }).onProgress((_id, message) => told[name]!.push(message));
        await step.run(() => step.report(`${name} done`));
      }
    });
    expect(told).toEqual({
      pipeline: ['step 1 done', 'step 2 done'],
      'step 1': ['step 1 done'],
      'step 2': ['step 2 done'],
    });
  });

  it('goes upwards only [case 72]', async () => {
    const parent = new Cancelable();
    const child = parent.child().onProgress(note);
    await parent.run(() =>
      child.run(() => {
        parent.report('from the parent');
      }),
    );
    expect(reports).toEqual([]);
  });

  it('shows a workflow all reports of its stages in order, each with its stage [case 74]', async () => {
    const workflow = new Cancelable().onProgress(note);
    await workflow.run(async () => {
      for (const stage of ['fetch', 'process']) {
        await workflow.child().run(async (op) => {
          for (let progress = 10; progress <= 100; progress += 10) op.report(stage, { progress, stage });
        });
      }
    });
    const percents = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100];
    expect(reports.map(([, , metadata]) => metadata)).toEqual([
      ...percents.map((progress) => ({ progress, stage: 'fetch' })),
      ...percents.map((progress) => ({ progress, stage: 'process' })),
    ]);
  });

  it('does not reach an ancestor that has ended', async () => {
    const parent = new Cancelable().onProgress(note);
    const child = parent.child().onProgress(note);
    const running = parent.settle(() =>
      child.run(async () => {
        parent.cancel({ propagate: false });
        child.report('alone');
      }),
    );
    await running;
    expect(reports).toEqual([[child.id, 'alone', {}]]);
    expect(child.isCompleted).toBe(true);
  });

  it('reaches a callback that was registered on an ancestor while it climbs to it', async () => {
    const parent = new Cancelable();
    const child = parent.child().onProgress(() => void parent.onProgress(note));
    await parent.run(() => child.run(() => child.report('climbing')));
    expect(reports).toEqual([[child.id, 'climbing', {}]]);
  });
});
