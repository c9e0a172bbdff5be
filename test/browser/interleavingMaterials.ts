import { gateCount, type Material } from './interleavingPrograms.ts';

interface Gate {
  readonly promise: Promise<string>;
  open(): void;
}

/** What the bodies of one program wait for. */
export class Materials {
  readonly #gates: readonly Gate[] = Array.from({ length: gateCount }, createGate);

  make(material: Material): unknown {
    switch (material.kind) {
      case 'value':
        return 'a value';
      case 'resolved':
        return Promise.resolve('resolved');
      case 'rejected':
        return Promise.reject(new Error('rejected'));
      case 'jobs':
        return jobs(material.count);
      case 'thenable':
        return { then: (onFulfilled: (value: string) => void) => queueMicrotask(() => onFulfilled('a thenable')) };
      case 'gate':
        return this.#gates[material.gate]!.promise;
    }
  }

  open(index: number): void {
    this.#gates[index % gateCount]!.open();
  }

  openAll(): void {
    for (const gate of this.#gates) gate.open();
  }
}

/** Resolves after that many jobs. */
export async function jobs(count: number): Promise<string> {
  for (let done = 0; done < count; done += 1) await Promise.resolve();
  return 'done';
}

/** Resolves in the next task. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

function createGate(): Gate {
  let open!: () => void;
  const promise = new Promise<string>((resolve) => {
    open = () => resolve('open');
  });
  return { promise, open };
}
