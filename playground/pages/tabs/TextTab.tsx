import { useState, type ReactNode } from 'react';
import {
  CancelableBoundary,
  useCancelableEffect,
  useProgress,
  useShared,
  type Cancelable,
  type OnHidden,
} from 'use-cancelable';
import { Bar } from '../../components/Bar.tsx';
import { Button } from '../../components/Button.tsx';
import { Chip } from '../../components/Chip.tsx';
import { lookOf, type Look } from '../../components/look.ts';
import { textOf } from '../../requests/bodyOf.ts';
import { request } from '../../requests/request.ts';
import { formatCount, formatPercent } from '../../words/format.ts';
import { messageOf } from '../../words/messageOf.ts';
import { whyEnded } from '../../words/whyEnded.ts';

/** Bytes per second: a part takes a few seconds. */
const rate = 9000;

interface TextTabProps {
  readonly part: number;
  readonly onHidden: OnHidden;
  readonly onLook: (look: Look) => void;
}

/** Loads a part of the text. A hidden tab does not render, so its label hears from the operation how that stands. */
function load(op: Cancelable, part: number, onLook: (look: Look) => void): Promise<string> {
  const look = (): void => onLook(lookOf(op));
  op.onComplete(look).onCancel(look).onError(look);
  look();
  return request(op, `/api/files/LICENSE?part=${part}&rate=${rate}`, (answer) =>
    textOf(op, answer, (share) => op.report('Loading', { progress: share * 100 })),
  );
}

/** Loads a part of a text when it is shown. Its note is kept by React while it is hidden. */
export function TextTab({ part, onHidden, onLook }: TextTabProps): ReactNode {
  return (
    <CancelableBoundary name={`Tab ${part}`} onHidden={onHidden}>
      <Text part={part} onLook={onLook} />
      <label className="field">
        <span>Note on part {part}</span>
        <input type="text" autoComplete="off" placeholder="Stays while the tab is hidden" />
      </label>
    </CancelableBoundary>
  );
}

function Text({ part, onLook }: Pick<TextTabProps, 'part' | 'onLook'>): ReactNode {
  const loading = useCancelableEffect((op) => load(op, part, onLook), [part, onLook], {
    name: `Load part ${part}`,
    register: true,
  });
  const { status, data, reason, message, error, settle } = loading;
  const percent = useProgress(loading, { select: ({ progress }) => progress && Math.floor(progress) });
  return (
    <div className="stack">
      <output className="status-line">
        {status === 'running' && (
          <>
            <Bar look="running" value={percent} size="fine" />
            <span className="tabular">
              Loading part {part}: {formatPercent(percent)} %
            </span>
          </>
        )}
        {status === 'completed' && <Chip look="completed">Loaded</Chip>}
        {status === 'canceled' && (
          <Chip look={lookOf(loading)} why={whyEnded(reason, message)}>
            Canceled
          </Chip>
        )}
        {status === 'failed' && (
          <Chip look="failed" why={messageOf(error)}>
            Failed
          </Chip>
        )}
        {(status === 'canceled' || status === 'failed') && <Button onClick={() => void settle()}>Load again</Button>}
      </output>
      <p className="excerpt">{data === undefined ? '' : `${data.slice(0, 320).trim()} …`}</p>
    </div>
  );
}

/** Two panels on one request: it ends when both are closed. */
export function SharedTab({ onHidden, onLook }: Omit<TextTabProps, 'part'>): ReactNode {
  const [isOpen, setIsOpen] = useState({ words: true, lines: true });
  const close = (panel: 'words' | 'lines'): void => setIsOpen({ ...isOpen, [panel]: false });
  return (
    <CancelableBoundary name="Tab Shared" onHidden={onHidden}>
      <div className="panels">
        {isOpen.words && <Panel title="Words" count={countWords} onLook={onLook} onClose={() => close('words')} />}
        {isOpen.lines && <Panel title="Lines" count={countLines} onLook={onLook} onClose={() => close('lines')} />}
      </div>
      {!isOpen.words && !isOpen.lines && (
        <div className="row actions">
          <span className="quiet">Both panels are closed, so their request has ended.</span>
          <Button onClick={() => setIsOpen({ words: true, lines: true })}>Open both</Button>
        </div>
      )}
    </CancelableBoundary>
  );
}

const countWords = (text: string): number => text.match(/\p{Letter}+/gu)?.length ?? 0;
const countLines = (text: string): number => text.split('\n').length;

interface PanelProps {
  readonly title: string;
  readonly count: (text: string) => number;
  readonly onLook: (look: Look) => void;
  readonly onClose: () => void;
}

function Panel({ title, count, onLook, onClose }: PanelProps): ReactNode {
  const shared = useShared('text', (op) => load(op, 4, onLook), { name: 'Load shared text', register: true });
  const percent = useProgress(shared, { select: ({ progress }) => progress && Math.floor(progress) });
  return (
    <section className="panel" aria-label={title}>
      <div className="head">
        <h2>{title}</h2>
        <Button kind="plain" onClick={onClose}>
          Close
        </Button>
      </div>
      {shared.isCompleted ? (
        <p className="number tabular">{formatCount(count(shared.data))}</p>
      ) : (
        <>
          <p className="number tabular">–</p>
          <Bar look={lookOf(shared)} value={percent} size="fine" />
        </>
      )}
    </section>
  );
}
