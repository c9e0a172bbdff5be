import type { ReactNode } from 'react';
import { TryIt } from '../../components/TryIt.tsx';
import type { OperationStore } from '../../operations/createOperationStore.ts';
import { useOperationViews } from '../../operations/useOperationViews.ts';
import { Stairs } from './Stairs.tsx';
import { summarize } from './summarize.ts';

const shownAtMost = 8;

/** What became of the newest keystrokes. */
export function Fates({ operations }: { readonly operations: OperationStore }): ReactNode {
  const views = useOperationViews(operations).slice(-shownAtMost);
  if (views.length === 0) {
    return (
      <TryIt>
        Type “notice” quickly, then slowly. Each letter starts a request; watch the server log let go of the older ones.
      </TryIt>
    );
  }
  return (
    <div>
      <div className="head">
        <h2>Fate of each keystroke</h2>
        <p>{summarize(views)}</p>
      </div>
      <Stairs views={views} />
    </div>
  );
}
