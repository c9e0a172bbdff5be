import { type ReactNode, useSyncExternalStore } from 'react';
import { useOperations } from 'use-cancelable';
import { StatusIcon } from '../components/StatusIcon.tsx';
import { getRunningCount, subscribeToRunning } from '../operations/running.ts';

/** How many operations run now. */
export function Busy(): ReactNode {
  const followed = useSyncExternalStore(subscribeToRunning, getRunningCount);
  // The pages that draw no tree of their operations have them registered instead.
  const registered = useOperations({ status: 'running' });
  const count = followed + registered.length;
  return (
    <span className="busy">
      {count === 0 ? <StatusIcon look="pending" word="Idle" /> : <StatusIcon look="running" word="Running" />}
      {count > 0 && <span className="tabular">{count}</span>}
      <span className="word">{count === 0 ? 'idle' : 'running'}</span>
    </span>
  );
}
