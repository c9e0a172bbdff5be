import type { ReactNode } from 'react';
import { ProgressBar } from 'use-cancelable';
import { Announcer } from '../../components/Announcer.tsx';
import { Figure } from '../../components/Figure.tsx';
import { useNow } from '../../components/useNow.ts';
import { Verdict } from '../../components/Verdict.tsx';
import type { OperationStore } from '../../operations/createOperationStore.ts';
import { useOperationViews } from '../../operations/useOperationViews.ts';
import type { OperationView } from '../../operations/view.ts';
import { RefusedError } from '../../requests/request.ts';
import { formatCount, formatSeconds } from '../../words/format.ts';
import { messageOf } from '../../words/messageOf.ts';
import { formatDuration } from '../../words/reasons.ts';
import type { Report } from './publish.ts';

interface PipelineStateProps {
  readonly operations: OperationStore;
  readonly report: Report | undefined;
}

/** How far the pipeline is, or how it ended. */
export function PipelineState({ operations, report }: PipelineStateProps): ReactNode {
  const views = useOperationViews(operations);
  const [root, ...steps] = views;
  if (root === undefined) return null;
  return (
    <>
      {root.status === 'running' ? (
        <RunningPipeline root={root} steps={steps} />
      ) : (
        <Verdict view={root} views={views}>
          {sentence(root, steps, report)}
        </Verdict>
      )}
      <ProgressBar of={root.operation} className="bar" aria-label={`Pipeline, ${root.status}`} />
    </>
  );
}

function RunningPipeline({
  root,
  steps,
}: {
  readonly root: OperationView;
  readonly steps: readonly OperationView[];
}): ReactNode {
  const now = useNow(true);
  const facts = {
    Steps: `${countDone(steps)} of ${steps.length} done`,
    Running: formatSeconds(Math.max(0, now - (root.startTime ?? now))),
    'Budget left': root.deadline === undefined ? 'no end' : formatSeconds(Math.max(0, root.deadline - now)),
  };
  return (
    <>
      <Figure percent={root.progress.progress} facts={facts} />
      <Announcer op={root.operation} name="Pipeline" />
    </>
  );
}

function countDone(steps: readonly OperationView[]): number {
  return steps.filter((step) => step.status === 'completed').length;
}

/** What is left is said before what is lost. */
function sentence(root: OperationView, steps: readonly OperationView[], report: Report | undefined): string {
  switch (root.status) {
    case 'completed':
      return report === undefined ? 'The report is ready.' : `The report is ready: ${summarize(report)}.`;
    case 'failed':
      return `${whatFailed(root, steps)} Its siblings were stopped, and the pipeline failed with it.`;
    default:
      return `${countDone(steps)} of ${steps.length} steps are done; ${whatStopped(root)}`;
  }
}

function summarize({ words, names, links }: Report): string {
  return `${formatCount(words)} words, ${formatCount(names.length)} names, ${formatCount(links)} links`;
}

function whatStopped({ timeout }: OperationView): string {
  return timeout === undefined ? 'you stopped the rest.' : `then the budget of ${formatDuration(timeout)} was over.`;
}

function whatFailed(root: OperationView, steps: readonly OperationView[]): string {
  // A step's error is that of all above it: the step is the last of the tree that has this very one.
  const step = steps.findLast((each) => each.status === 'failed' && each.error === root.error);
  const why = root.error instanceof RefusedError ? `the server answered ${root.error.status}.` : messageOf(root.error);
  return `“${step?.name ?? root.name}” failed: ${why}`;
}
