import type { ReactNode } from 'react';
import type { Status } from 'use-cancelable';
import { TryIt } from '../../components/TryIt.tsx';

interface PipelineHintProps {
  readonly status: Status | 'idle';
  readonly failsLinks: boolean;
}

export function PipelineHint({ status, failsLinks }: PipelineHintProps): ReactNode {
  if (status === 'idle') {
    return (
      <TryIt>
        Run it, and watch the tree. “Fetch cover” has two seconds and needs more; “Find names” ignores its signal.
      </TryIt>
    );
  }
  if (status === 'running') {
    return (
      <TryIt>
        Cancel all: the whole tree stops in one frame, but for “Save draft”, which is shielded and will finish. One step
        ignores its signal and is shown as abandoned.
      </TryIt>
    );
  }
  if (!failsLinks)
    return <TryIt>Switch on the failing step and run again: its siblings stop too, and each says why.</TryIt>;
  return <TryIt>Switch the failing step off and choose a budget of 10 s: the time is over before the work is.</TryIt>;
}
