import type { ReactNode } from 'react';
import { type Cancelable, ProgressBar, useProgress } from 'use-cancelable';
import { Announcer } from '../../components/Announcer.tsx';
import { Deadline } from '../../components/Deadline.tsx';
import { Figure } from '../../components/Figure.tsx';
import { Icon } from '../../components/Icon.tsx';
import { NestedOperations } from '../../components/NestedOperations.tsx';
import type { OperationView } from '../../operations/view.ts';
import { formatBytes, formatBytesOf, formatRate, formatSeconds, unknown } from '../../words/format.ts';

interface RunningTransferProps {
  readonly op: Cancelable;
  /** The transfer, then what it has started. */
  readonly views: readonly OperationView[];
}

/** How far a transfer is. The figure comes from the operation itself: its children's progress, each with its share. */
export function RunningTransfer({ op, views }: RunningTransferProps): ReactNode {
  const [root, ...nested] = views;
  const { progress } = useProgress(op);
  const download = nested.find((view) => view.name === 'Download')?.progress;
  const facts = {
    Received: download?.current === undefined ? unknown : formatBytesOf(download.current, download.total),
    Rate: formatRate(download?.rate),
    Remaining: download?.eta === undefined ? unknown : formatSeconds(download.eta * 1000),
  };
  return (
    <div className="progress">
      <Figure percent={progress} digits={1} facts={facts} />
      <ProgressBar of={op} className="bar" aria-label="Transfer" />
      <Announcer op={op} name="Transfer" />
      <NestedOperations views={nested} note={share} />
      {root?.deadline !== undefined && root.startTime !== undefined && (
        <Deadline at={root.deadline} since={root.startTime}>
          {(left, track) => (
            <div className="deadline">
              <Icon name="clock" />
              {track}
              <span className="tabular">timeout in {left}</span>
            </div>
          )}
        </Deadline>
      )}
    </div>
  );
}

function share({ name, progress }: OperationView): string {
  if (name === 'Download') return 'four fifths of the work';
  return progress.current === undefined ? 'one fifth' : `one fifth, ${formatBytes(progress.current)} hashed`;
}
