import { Suspense, use, useState, useTransition, type ReactNode } from 'react';
import { useCancelable, type Outcome } from 'use-cancelable';
import { Bar } from '../components/Bar.tsx';
import { Button } from '../components/Button.tsx';
import { Chip } from '../components/Chip.tsx';
import { Lead } from '../components/Lead.tsx';
import { Switch } from '../components/Switch.tsx';
import { TryIt } from '../components/TryIt.tsx';
import { request } from '../requests/request.ts';
import type { LinksReport } from '../server/contract.ts';
import { formatCount } from '../words/format.ts';
import { messageOf } from '../words/messageOf.ts';
import { whyEnded } from '../words/whyEnded.ts';

const parts = [1, 2, 3, 4];
/** Milliseconds for each of the 40 steps of the server. */
const pace = 50;

interface Opened {
  readonly part: number;
  /** Never rejects, so that no cancelation is thrown into render. */
  readonly outcome: Promise<Outcome<LinksReport>>;
}

export function SuspensePage(): ReactNode {
  const [refuses, setRefuses] = useState(false);
  const [opened, setOpened] = useState<Opened>();
  const [asked, setAsked] = useState<number>();
  const [isPending, startTransition] = useTransition();
  const { settle, cancel } = useCancelable(
    (op, part: number) =>
      request(
        op,
        `/api/links?part=${part}&parts=${parts.length}&delay=${pace}${refuses ? '&fail=1' : ''}`,
        async (answer) => (await answer.json()) as LinksReport,
      ),
    { name: 'Load part', register: true },
  );
  const open = (part: number): void => {
    setAsked(part);
    startTransition(() => setOpened({ part, outcome: settle(part) }));
  };
  const isLoading = isPending && asked !== undefined;

  return (
    <>
      <Lead title="Suspense">
        The promise of a run in state, <code>use</code> in the child. What is shown stays until the next is there; the
        newest wins, on the server too.
      </Lead>
      <section className="card" aria-label="Suspense">
        <div className="stack">
          <div className="row actions">
            {parts.map((part) => (
              <Button key={part} onClick={() => open(part)} aria-pressed={opened?.part === part}>
                Part {part}
              </Button>
            ))}
            <Button kind="stop" onClick={cancel} disabled={!isLoading}>
              Cancel
            </Button>
            <Switch checked={refuses} onChange={setRefuses} disabled={isLoading}>
              Make the server refuse
            </Switch>
          </div>
          <output className="status-line">
            {isLoading && (
              <>
                <Bar look="running" value={undefined} size="fine" />
                <span>Loading part {asked}</span>
              </>
            )}
          </output>
        </div>
        {opened === undefined ? (
          <TryIt>Open a part, then another one before it is there: the server lets go of the first.</TryIt>
        ) : (
          <div className={isLoading ? 'dimmed' : undefined} aria-busy={isLoading}>
            <Suspense fallback={<Bar look="running" value={undefined} size="fine" />}>
              <Part {...opened} onRetry={() => open(opened.part)} />
            </Suspense>
          </div>
        )}
      </section>
    </>
  );
}

function Part({ part, outcome, onRetry }: Opened & { readonly onRetry: () => void }): ReactNode {
  const result = use(outcome);
  switch (result.status) {
    case 'completed': {
      const { source, firstLine, lastLine, links, malformed } = result.value;
      return (
        <>
          <div className="head">
            <h2>Part {part}</h2>
            <p className="tabular">
              {source}, lines {formatCount(firstLine)} to {formatCount(lastLine)}
            </p>
          </div>
          <p className="quiet">
            {formatCount(links.length)} links, {formatCount(malformed)} malformed.
          </p>
          <ul className="rows">
            {links.slice(0, 8).map(({ line, link }) => (
              <li key={`${line} ${link}`}>
                <span className="quiet tabular">{line}</span>
                <span className="mono">{link}</span>
              </li>
            ))}
          </ul>
        </>
      );
    }
    case 'canceled':
      return (
        <div className="stack">
          <div>
            <Chip look="canceled" why={whyEnded(result.reason, result.message)}>
              Canceled
            </Chip>
          </div>
          <p>Part {part} was not loaded to its end. Nothing of it is shown.</p>
          <div className="row actions">
            <Button onClick={onRetry}>Load part {part} again</Button>
          </div>
        </div>
      );
    case 'failed':
      return (
        <div className="stack" role="alert">
          <div>
            <Chip look="failed" why={messageOf(result.error)}>
              Failed
            </Chip>
          </div>
          <div className="row actions">
            <Button onClick={onRetry}>Try again</Button>
          </div>
        </div>
      );
  }
}
