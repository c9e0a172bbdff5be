import type { CSSProperties, ReactNode } from 'react';
import { Icon } from '../../components/Icon.tsx';
import { lookOf, toneOf } from '../../components/look.ts';
import { useNow } from '../../components/useNow.ts';
import { metadataText, type OperationView } from '../../operations/view.ts';
import { Axis } from './Axis.tsx';
import { axisStep, columns } from './axis.ts';
import { Fate } from './Fate.tsx';
import { typedSince } from './typed.ts';

/** The fate of each keystroke on one clock. That the newest wins shows as a staircase. */
export function Stairs({ views }: { readonly views: readonly OperationView[] }): ReactNode {
  const now = useNow(views.some((view) => view.status === 'running'));
  const origin = views[0]?.startTime ?? now;
  const latest = Math.max(...views.map((view) => view.endTime ?? now));
  const step = axisStep(latest - origin);
  const place = (time: number): number => ((Math.max(time, origin) - origin) / (step * columns)) * 100;
  return (
    <ol className="stairs">
      {views.map((view, index) => {
        const look = lookOf(view);
        const lane = { '--from': place(view.startTime ?? now), '--to': place(view.endTime ?? now) } as CSSProperties;
        return (
          <li key={view.id}>
            <Query previous={queryOf(views[index - 1])} text={queryOf(view)} />
            <span className={`lane ${toneOf(look)}`} style={lane} aria-hidden="true">
              <i />
              <Icon name={look} />
            </span>
            <span className="fate">
              <Fate view={view} />
            </span>
          </li>
        );
      })}
      <Axis step={step} />
    </ol>
  );
}

/** The text that was searched for, with the new letter underlined. */
function Query({ previous, text }: { readonly previous: string; readonly text: string }): ReactNode {
  const { before, fresh, after } = typedSince(previous, text);
  return (
    <span className="query">
      {before}
      {fresh === '' ? <Shortened /> : <b>{fresh}</b>}
      {after}
    </span>
  );
}

function Shortened(): ReactNode {
  return (
    <>
      <span aria-hidden="true">‸</span>
      <span className="visually-hidden">, shortened</span>
    </>
  );
}

function queryOf(view: OperationView | undefined): string {
  return (view && metadataText(view, 'query')) ?? '';
}
