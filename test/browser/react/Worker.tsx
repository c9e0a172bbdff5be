import { useEffect, useLayoutEffect, type ReactNode } from 'react';
import { useCancelable, type Cancelable, type UseCancelableOptions } from 'use-cancelable';

/** What happened in a test: effects by the name of their component, and every operation that a worker has run. */
export interface Journal {
  readonly lines: string[];
  readonly operations: Cancelable[];
  write(line: string): void;
  /** A body that goes on until it is canceled. */
  readonly body: (op: Cancelable) => Promise<never>;
  /** The newest operation of that name. */
  of(name: string): Cancelable;
  /** Status and reason of all operations, in the order in which they were run. */
  fates(): string[];
}

export function createJournal(): Journal {
  const lines: string[] = [];
  const operations: Cancelable[] = [];
  return {
    lines,
    operations,
    write: (line) => void lines.push(line),
    body(op) {
      operations.push(op);
      return op.wait(new Promise<never>(() => {}));
    },
    of(name) {
      const found = operations.findLast((operation) => operation.name === name);
      if (found === undefined) throw new Error(`Nothing named ${name} has run.`);
      return found;
    },
    fates: () => operations.map((op) => [op.name, op.status, op.reason].filter(Boolean).join(' ')),
  };
}

export interface WorkerProps {
  readonly name: string;
  readonly journal: Journal;
  /** When it starts by itself. A click on it starts it too. */
  readonly start?: 'layout' | 'passive';
  readonly policy?: NonNullable<UseCancelableOptions['policy']>;
  readonly onHidden?: NonNullable<UseCancelableOptions['onHidden']>;
  readonly children?: ReactNode;
}

/** Works until it is canceled; shows how its work stands and writes its effects into the journal. */
export function Worker({ name, journal, start, policy, onHidden, children }: WorkerProps): ReactNode {
  const { run, status, reason } = useCancelable({ name, policy, onHidden });
  useLayoutEffect(() => {
    journal.write(`${name}: layout set`);
    if (start === 'layout') void run(journal.body);
    return () => journal.write(`${name}: layout cleaned`);
  }, [name, journal, start, run]);
  useEffect(() => {
    journal.write(`${name}: passive set`);
    if (start === 'passive') void run(journal.body);
    return () => journal.write(`${name}: passive cleaned`);
  }, [name, journal, start, run]);
  return (
    <>
      <button type="button" id={name} onClick={() => void run(journal.body)}>
        {[status, reason].filter(Boolean).join(' ')}
      </button>
      {children}
    </>
  );
}
