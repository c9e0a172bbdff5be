import * as Comlink from 'comlink';
import { Cancelable, CancelationToken } from '../../../src/core.ts';
import { expose, runInWorker, type TypedWorker } from '../../../src/worker.ts';

// One module for the page and for its workers, whose names say what they are.

type Double = (value: number) => PromiseLike<number>;

interface Contender {
  readonly name: string;
  /** In the worker. */
  serve(): void;
  /** In the page. */
  open(worker: Worker): Double;
}

interface Api {
  double(value: number): number;
}

const contenders: readonly Contender[] = [
  {
    name: 'postMessage',
    serve() {
      onmessage = ({ data }: MessageEvent<{ id: number; value: number }>) =>
        postMessage({ id: data.id, value: data.value * 2 });
    },
    open(worker) {
      const resolves = new Map<number, (value: number) => void>();
      let count = 0;
      worker.onmessage = ({ data }: MessageEvent<{ id: number; value: number }>) => {
        resolves.get(data.id)!(data.value);
        resolves.delete(data.id);
      };
      return (value) =>
        new Promise((resolve) => {
          const id = (count += 1);
          resolves.set(id, resolve);
          worker.postMessage({ id, value }, []);
        });
    },
  },
  {
    name: 'Comlink',
    serve: () => Comlink.expose({ double: (value: number) => value * 2 }),
    open(worker) {
      const remote = Comlink.wrap<Api>(worker);
      return (value) => remote.double(value);
    },
  },
  {
    name: 'runInWorker',
    serve: () => void expose({ double: (_op, value: number) => value * 2 }),
    open(worker: TypedWorker<{ double(op: Cancelable, value: number): number }>) {
      return (value) => runInWorker(new Cancelable(), worker, 'double', [value]);
    },
  },
  {
    name: 'runInWorker, part of one operation',
    serve: () => void expose({ double: (_op, value: number) => value * 2 }),
    open(worker: TypedWorker<{ double(op: Cancelable, value: number): number }>) {
      const op = new Cancelable({ token: new CancelationToken() }).start();
      return (value) => runInWorker(op, worker, 'double', [value]);
    },
  },
];

const { name } = globalThis as { name?: string };
if (typeof document === 'undefined') contenders.find((each) => each.name === name)?.serve();

export const listContenders = (): readonly string[] => contenders.map(({ name }) => name);

const opened = new Map<string, Double>();

function open(name: string): Double {
  let double = opened.get(name);
  if (double === undefined) {
    const contender = contenders.find((each) => each.name === name);
    if (contender === undefined) throw new Error(`There is no contender "${name}".`);
    double = contender.open(new Worker(import.meta.url, { type: 'module', name }));
    opened.set(name, double);
  }
  return double;
}

/** Microseconds per round trip: `count` of them, so many at the same time. */
export async function sample(name: string, count: number, atOnce: number): Promise<number> {
  const double = open(name);
  await double(1);
  const start = performance.now();
  for (let index = 0; index < count; index += atOnce) {
    if (atOnce === 1) await double(index);
    else await Promise.all(Array.from({ length: atOnce }, (_, at) => double(index + at)));
  }
  return ((performance.now() - start) * 1000) / count;
}
