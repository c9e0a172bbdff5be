import type { CSSProperties, ReactNode } from 'react';
import { Chip } from '../../components/Chip.tsx';
import { Icon } from '../../components/Icon.tsx';
import { lookOf, toneOf, type Look } from '../../components/look.ts';
import { useNow } from '../../components/useNow.ts';
import { formatMoment } from '../../words/format.ts';
import { messageOf } from '../../words/messageOf.ts';
import { whyEnded } from '../../words/whyEnded.ts';
import { Axis } from '../search/Axis.tsx';
import { axisStep, columns } from '../search/axis.ts';
import type { RunView } from './runs.ts';

/** All runs on one clock: a thin line while one waits, a bar while it runs. */
export function Lanes({ runs }: { readonly runs: readonly RunView[] }): ReactNode {
  const now = useNow(runs.some(({ endedAt }) => endedAt === undefined));
  const origin = runs[0]?.askedAt ?? now;
  const step = axisStep(Math.max(...runs.map(({ endedAt }) => endedAt ?? now)) - origin);
  const place = (time: number): number => ((Math.max(time, origin) - origin) / (step * columns)) * 100;
  return (
    <ol className="stairs">
      {runs.map((run) => {
        const { number, askedAt, startedAt, endedAt } = run;
        const look = lookOfRun(run);
        const end = endedAt ?? now;
        const moments = {
          '--asked': place(askedAt),
          '--from': place(startedAt ?? end),
          '--to': place(end),
        } as CSSProperties;
        return (
          <li key={number}>
            <span className="query">Run {number}</span>
            <span className={`lane ${toneOf(look)}`} style={moments} aria-hidden="true">
              <s />
              {startedAt !== undefined && <i />}
              <Icon name={look} />
            </span>
            <span className="fate">
              <Fate run={run} look={look} />
            </span>
          </li>
        );
      })}
      <Axis step={step} />
    </ol>
  );
}

function Fate({
  run: { outcome, startedAt, endedAt },
  look,
}: {
  readonly run: RunView;
  readonly look: Look;
}): ReactNode {
  if (outcome === undefined) return <Chip look={look}>{startedAt === undefined ? 'waiting' : 'running'}</Chip>;
  switch (outcome.status) {
    case 'completed':
      return (
        <Chip look={look} why={<span className="tabular">{formatMoment((endedAt ?? 0) - (startedAt ?? 0))}</span>}>
          completed
        </Chip>
      );
    case 'canceled':
      return (
        <Chip look={look} why={startedAt === undefined && outcome.reason === 'manual' ? 'never started' : undefined}>
          {outcome.reason === 'manual' ? 'canceled' : whyEnded(outcome.reason, outcome.message)}
        </Chip>
      );
    case 'failed':
      return (
        <Chip look={look} why={messageOf(outcome.error)}>
          failed
        </Chip>
      );
  }
}

function lookOfRun({ outcome, startedAt }: RunView): Look {
  if (outcome === undefined) return startedAt === undefined ? 'pending' : 'running';
  return lookOf({ status: outcome.status, reason: outcome.status === 'canceled' ? outcome.reason : undefined });
}
