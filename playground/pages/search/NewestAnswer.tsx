import type { ReactNode } from 'react';
import type { CancelableFunction } from 'use-cancelable';
import { Bar } from '../../components/Bar.tsx';
import { Chip } from '../../components/Chip.tsx';
import { messageOf } from '../../words/messageOf.ts';
import { Hits } from './Hits.tsx';
import type { Answer } from './search.ts';

interface NewestAnswerProps {
  readonly task: CancelableFunction<[string], Answer>;
}

/** The answer to the newest search, and no older one: while it runs a thin bar stands in its place. */
export function NewestAnswer({ task: { status, data, error, message } }: NewestAnswerProps): ReactNode {
  switch (status) {
    case 'running':
      return (
        <div>
          <Bar look="running" value={undefined} size="fine" />
        </div>
      );
    case 'completed':
      return <div>{data !== undefined && <Hits answer={data} />}</div>;
    case 'canceled':
      return <p className="quiet">Stopped: {message}. Type on to search again.</p>;
    case 'failed':
      return (
        <p role="alert">
          <Chip look="failed" why={messageOf(error)}>
            failed
          </Chip>
        </p>
      );
    default:
      return null;
  }
}
