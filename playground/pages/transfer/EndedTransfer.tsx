import type { ReactNode } from 'react';
import { ProgressBar } from 'use-cancelable';
import { Facts } from '../../components/Facts.tsx';
import { NestedOperations } from '../../components/NestedOperations.tsx';
import { Verdict } from '../../components/Verdict.tsx';
import type { OperationView } from '../../operations/view.ts';
import { rootReason } from '../../requests/rootReason.ts';
import { formatBytes, formatBytesOf, formatSeconds } from '../../words/format.ts';
import { messageOf } from '../../words/messageOf.ts';
import { formatDuration, whyStopped } from '../../words/reasons.ts';
import type { PartialFile } from './PartialFile.ts';

interface EndedTransferProps {
  /** The transfer, then what it had started. */
  readonly views: readonly OperationView[];
  /** What has arrived, whole or not. */
  readonly file: PartialFile | undefined;
}

/** How a transfer ended, and what is left of it. */
export function EndedTransfer({ views, file }: EndedTransferProps): ReactNode {
  const [root, ...nested] = views;
  if (root === undefined) return null;
  const hashed = nested.find((view) => view.name === 'SHA-256')?.progress.current ?? 0;
  return (
    <div className="progress">
      <Verdict view={root} views={views}>
        {sentence(root, file)}
      </Verdict>
      <ProgressBar of={root.operation} className="bar" aria-label={`Transfer, ${root.status}`} />
      <NestedOperations views={nested} note={(view) => noteOf(view, views)} />
      {file !== undefined && file.size > 0 && <Facts className="kept" facts={factsOf(root, file, hashed)} />}
    </div>
  );
}

function factsOf(
  { status, startTime = 0, endTime = 0 }: OperationView,
  file: PartialFile,
  hashed: number,
): Record<string, ReactNode> {
  const took = formatSeconds(endTime - startTime);
  if (status === 'completed')
    return { Received: formatBytes(file.size), Took: took, 'SHA-256': <code>{file.checksum}</code> };
  return { Kept: formatBytesOf(file.size, file.total), Hashed: formatBytes(hashed), 'Stopped after': took };
}

/** What is left is said before what is lost. */
function sentence(root: OperationView, file: PartialFile | undefined): string {
  if (root.status === 'completed') return `${root.name} completed: all of ${file?.name ?? 'it'} is here.`;
  const left =
    file === undefined || file.size === 0
      ? 'Nothing had arrived yet.'
      : `${formatBytes(file.size)} is here and can be used.`;
  return `${root.status === 'failed' ? messageOf(root.error) : howCanceled(root)} ${left}`;
}

function howCanceled(root: OperationView): string {
  if (root.timeout !== undefined) return `This transfer took longer than ${formatDuration(root.timeout)}.`;
  return rootReason(root.operation) === 'unmount'
    ? 'You left the page while this transfer ran.'
    : 'You stopped this transfer.';
}

function noteOf(view: OperationView, views: readonly OperationView[]): string {
  if (view.status === 'completed') return view.progress.current === undefined ? '' : formatBytes(view.progress.current);
  return whyStopped(view, views);
}
