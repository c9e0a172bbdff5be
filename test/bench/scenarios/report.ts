import { Subject } from 'rxjs';
import { Cancelable } from '../../../src/core.ts';
import { Limit } from '../limit.ts';
import type { Scenario } from '../measure.ts';

// A report that climbs through ten ancestors, each with one listener that counts it.

const levels = 10;
const forever = (): Promise<never> => new Promise<never>(() => {});
let heard = 0;

function oursBelow(): Cancelable {
  let op = new Cancelable({ parent: null });
  for (let level = 0; ; level += 1) {
    op.onProgress(() => void (heard += 1));
    void op.run(forever);
    if (level === levels) return op;
    op = op.child();
  }
}

function limitBelow(): Limit {
  let op = new Limit();
  for (let level = 0; ; level += 1) {
    op.listener = () => void (heard += 1);
    void op.run(forever);
    if (level === levels) return op;
    op = new Limit(op);
  }
}

function subjectBelow(): Subject<object> {
  let subject = new Subject<object>();
  for (let level = 0; ; level += 1) {
    subject.subscribe(() => void (heard += 1));
    if (level === levels) return subject;
    const above = subject;
    subject = new Subject();
    subject.subscribe(above);
  }
}

function targetBelow(): EventTarget {
  let target = new EventTarget();
  for (let level = 0; ; level += 1) {
    target.addEventListener('progress', () => void (heard += 1));
    if (level === levels) return target;
    const above = target;
    target = new EventTarget();
    target.addEventListener('progress', ({ detail }: CustomEventInit) =>
      above.dispatchEvent(new CustomEvent('progress', { detail })),
    );
  }
}

/** Each report must have been heard eleven times. */
function times(count: number, report: (index: number) => void): void {
  heard = 0;
  for (let index = 0; index < count; index += 1) report(index);
  if (heard !== count * (levels + 1)) throw new Error(`heard ${heard} times`);
}

const ours = oursBelow();
const limit = limitBelow();
const subject = subjectBelow();
const target = targetBelow();

export const reportScenario: Scenario = {
  name: 'report',
  title: 'a report through ten ancestors',
  contenders: [
    { name: 'limit', measure: (count) => times(count, (index) => limit.report('here', { progress: index % 100 })) },
    {
      name: 'use-cancelable',
      measure: (count) => times(count, (index) => ours.report('here', { progress: index % 100 })),
    },
    {
      name: 'use-cancelable, with rate and eta',
      measure: (count) => times(count, (index) => ours.report('here', { current: index, total: count })),
    },
    { name: 'rxjs', measure: (count) => times(count, (index) => subject.next({ progress: index % 100 })) },
    {
      name: 'EventTarget',
      measure: (count) =>
        times(count, (index) =>
          target.dispatchEvent(new CustomEvent('progress', { detail: { progress: index % 100 } })),
        ),
    },
  ],
};
