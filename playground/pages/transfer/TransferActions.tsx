import type { ReactNode } from 'react';
import type { Status } from 'use-cancelable';
import { Button } from '../../components/Button.tsx';
import { formatBytes } from '../../words/format.ts';
import type { PartialFile } from './PartialFile.ts';

interface TransferActionsProps {
  /** Of the last transfer; undefined: there was none. */
  readonly status: Status | undefined;
  /** What to expect of a start. */
  readonly forecast: string;
  readonly partial: PartialFile | undefined;
  readonly onStart: (from?: PartialFile) => void;
  readonly onCancel: () => void;
  readonly onDiscard: () => void;
}

/** What can be done. The first button is one and the same, whatever it says, so it keeps the focus. */
export function TransferActions(props: TransferActionsProps): ReactNode {
  const { status, forecast, partial, onStart, onCancel, onDiscard } = props;
  if (status === undefined) {
    return (
      <div className="row actions">
        <Button kind="primary" onClick={() => onStart()}>
          Start transfer
        </Button>
        <span className="quiet">{forecast}</span>
      </div>
    );
  }
  if (status === 'running') {
    return (
      <div className="row actions">
        <Button kind="stop" onClick={onCancel}>
          Cancel
        </Button>
        <span className="quiet">What has arrived is kept.</span>
      </div>
    );
  }
  const canContinue = status !== 'completed' && partial !== undefined && partial.size > 0;
  return (
    <div className="row actions">
      {canContinue ? (
        <Button kind="primary" onClick={() => onStart(partial)}>
          Continue from {formatBytes(partial.size)}
        </Button>
      ) : (
        <Button kind="primary" onClick={() => onStart()}>
          {status === 'failed' ? 'Try again' : 'Start over'}
        </Button>
      )}
      {canContinue && <Button onClick={() => onStart()}>Start over</Button>}
      <Button kind="plain" onClick={onDiscard}>
        Discard
      </Button>
    </div>
  );
}
