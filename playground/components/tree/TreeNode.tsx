import type { CSSProperties, KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { metadataText, type OperationView, progressOf } from '../../operations/view.ts';
import { formatMoment, formatPercent, unknown } from '../../words/format.ts';
import { messageOf } from '../../words/messageOf.ts';
import { whyChain, whyShielded, whyStopped } from '../../words/reasons.ts';
import { Bar } from '../Bar.tsx';
import { Chip } from '../Chip.tsx';
import { Deadline } from '../Deadline.tsx';
import { Icon } from '../Icon.tsx';
import { lookOf } from '../look.ts';
import { StatusIcon } from '../StatusIcon.tsx';
import type { TreeRow } from './layoutTree.ts';

interface TreeNodeProps {
  readonly row: TreeRow;
  readonly views: readonly OperationView[];
  readonly isFocusable: boolean;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
  readonly onToggle: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** One operation: status and name, progress, what is left of its time, and how it ended. */
export function TreeNode(props: TreeNodeProps): ReactNode {
  const { row, views, isFocusable, isSelected, onSelect, onToggle, onKeyDown } = props;
  const { view, lines, hasChildren, isExpanded, place, siblings } = row;
  const look = lookOf(view);
  const click = ({ target }: MouseEvent): void => {
    if (target instanceof Element && target.closest('.toggle') !== null) onToggle();
    else onSelect();
  };
  return (
    <div
      className="node"
      role="treeitem"
      aria-level={view.depth + 1}
      aria-posinset={place}
      aria-setsize={siblings}
      aria-expanded={hasChildren ? isExpanded : undefined}
      aria-selected={isSelected}
      tabIndex={isFocusable ? 0 : -1}
      style={{ '--depth': view.depth } as CSSProperties}
      onClick={click}
      onKeyDown={onKeyDown}
    >
      <Guides lines={lines} hasOpenChildren={isExpanded} />
      <span className="name">
        <StatusIcon look={look} />
        <span className="label">{view.name}</span>
        {hasChildren && (
          // For the pointer; the keyboard has the arrows.
          <span className="toggle">
            <Icon name="right" />
          </span>
        )}
      </span>
      {view.status === 'pending' || view.startTime === undefined ? <span className="empty" /> : <Amount view={view} />}
      {view.deadline === undefined || view.startTime === undefined ? (
        <span className="empty" />
      ) : (
        <Deadline at={view.deadline} since={view.startTime}>
          {(left, track) => (
            <span className="left">
              <span className="tabular">{left} left</span>
              {track}
            </span>
          )}
        </Deadline>
      )}
      <Chip look={look} why={whyOf(view, views)}>
        {look}
      </Chip>
      {isSelected && <Detail view={view} views={views} />}
    </div>
  );
}

/** The lines from the parents down to this row. */
function Guides({
  lines,
  hasOpenChildren,
}: {
  readonly lines: readonly boolean[];
  readonly hasOpenChildren: boolean;
}): ReactNode {
  const last = lines.length - 1;
  const guides = lines
    .map((goesOn, level) => ({ level, goesOn, shape: level < last ? '' : goesOn ? 'arm' : 'arm end' }))
    .filter(({ level, goesOn }) => goesOn || level === last);
  return (
    <>
      {guides.map(({ level, shape }) => (
        <i key={level} className={`guide ${shape}`} style={{ '--level': level } as CSSProperties} />
      ))}
      {hasOpenChildren && <i className="guide under" style={{ '--level': lines.length } as CSSProperties} />}
    </>
  );
}

function Amount({ view }: { readonly view: OperationView }): ReactNode {
  const progress = progressOf(view);
  return (
    <span className="amount">
      <Bar look={lookOf(view)} value={progress} size="small" />
      <span className="tabular">{progress === undefined ? unknown : `${formatPercent(progress)} %`}</span>
    </span>
  );
}

/** More of it: why, link by link, or what it said last. */
function Detail({
  view,
  views,
}: {
  readonly view: OperationView;
  readonly views: readonly OperationView[];
}): ReactNode {
  const { status, startTime, endTime } = view;
  const words = [
    status === 'failed' ? messageOf(view.error) : status === 'canceled' ? whyChain(view, views) : view.progress.message,
    startTime !== undefined && endTime !== undefined ? `ended after ${formatMoment(endTime - startTime)}` : undefined,
  ];
  return <span className="detail">{words.filter(Boolean).join(' · ') || 'Nothing to tell yet.'}</span>;
}

function whyOf(view: OperationView, views: readonly OperationView[]): ReactNode {
  switch (view.status) {
    case 'pending': {
      const after = metadataText(view, 'after');
      return after === undefined ? undefined : `after ${after}`;
    }
    case 'running':
      return undefined;
    case 'shielded':
      return whyShielded(view, views);
    case 'completed':
      return <span className="tabular">{formatMoment((view.endTime ?? 0) - (view.startTime ?? 0))}</span>;
    default:
      return whyStopped(view, views);
  }
}
