import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { TryIt } from '../../components/TryIt.tsx';
import type { OperationStore } from '../../operations/createOperationStore.ts';
import { useOperationViews } from '../../operations/useOperationViews.ts';
import { EndedTransfer } from './EndedTransfer.tsx';
import { PartialFile } from './PartialFile.ts';
import { RunningTransfer } from './RunningTransfer.tsx';
import { TransferActions } from './TransferActions.tsx';

interface TransferStateProps {
  readonly operations: OperationStore;
  readonly forecast: string;
  readonly onStart: (from?: PartialFile) => void;
  readonly onCancel: () => void;
  readonly onDiscard: () => void;
}

/** How the last transfer is, or how it ended, and what can be done. */
export function TransferState({ operations, forecast, onStart, onCancel, onDiscard }: TransferStateProps): ReactNode {
  const views = useOperationViews(operations);
  const root = views[0];
  const isRunning = root?.status === 'running';
  const kept = root?.operation.context.partialResult;
  const partial = kept instanceof PartialFile ? kept : undefined;
  return (
    <>
      {isRunning && <RunningTransfer op={root.operation} views={views} />}
      {root !== undefined && !isRunning && <EndedTransfer views={views} file={partial} />}
      <TransferActions
        status={root?.status}
        forecast={forecast}
        partial={partial}
        onStart={onStart}
        onCancel={onCancel}
        onDiscard={onDiscard}
      />
      {root === undefined && (
        <TryIt>
          Start, then go to <Link to="/search">Search</Link> before it ends. The server log shows the request stopping
          within milliseconds, with the reason.
        </TryIt>
      )}
      {isRunning && (
        <TryIt>
          Go to <Link to="/search">Search</Link> now and watch the server log.
        </TryIt>
      )}
    </>
  );
}
