import { startTransition, useOptimistic, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useCancelableAction } from 'use-cancelable';
import { Bar } from '../components/Bar.tsx';
import { Button } from '../components/Button.tsx';
import { Chip } from '../components/Chip.tsx';
import { Lead } from '../components/Lead.tsx';
import { StatusIcon } from '../components/StatusIcon.tsx';
import { Switch } from '../components/Switch.tsx';
import { TryIt } from '../components/TryIt.tsx';
import { whyEnded } from '../words/whyEnded.ts';
import { ErrorBoundary } from './form/ErrorBoundary.tsx';
import { sendNote, type Note } from './form/notes.ts';

const noNotes: readonly Note[] = [];

export function FormPage(): ReactNode {
  const [refuses, setRefuses] = useState(false);
  const [saved, setSaved] = useState(noNotes);
  return (
    <>
      <Lead title="Form">
        A form Action with optimistic state: a note shows at once, and is taken back when it is canceled. What was typed
        stays.
      </Lead>
      <section className="card" aria-label="Form">
        <ErrorBoundary onRetry={() => setRefuses(false)}>
          <Notes initial={saved} onSaved={setSaved} refuses={refuses} onRefusesChange={setRefuses} />
        </ErrorBoundary>
      </section>
    </>
  );
}

interface NotesProps {
  readonly initial: readonly Note[];
  /** Hears what the server has, so that it outlives a failure. */
  readonly onSaved: (notes: readonly Note[]) => void;
  readonly refuses: boolean;
  readonly onRefusesChange: (refuses: boolean) => void;
}

function Notes({ initial, onSaved, refuses, onRefusesChange }: NotesProps): ReactNode {
  const field = useRef<HTMLInputElement>(null);
  const [notes, add, isPending, cancel, action] = useCancelableAction(
    async (op, before: readonly Note[], note: Note) => {
      const after = [...before, await sendNote(op, note, refuses)];
      onSaved(after);
      return after;
    },
    initial,
    { name: 'Send note', timeout: 15_000, register: true },
  );
  const [shown, showSoon] = useOptimistic(notes, (before, note: Note) => [...before, { ...note, isOnItsWay: true }]);

  // Not the form's `action`: React would empty the field when it is done, canceled or not.
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const text = field.current?.value.trim() ?? '';
    if (text === '') return;
    const note = { id: crypto.randomUUID(), text };
    startTransition(() => {
      showSoon(note);
      add(note);
    });
  };

  return (
    <>
      <form className="stack" onSubmit={submit}>
        <label className="field" htmlFor="note">
          <span>Note</span>
          <input ref={field} id="note" type="text" defaultValue="Remember the milk" maxLength={80} autoComplete="off" />
        </label>
        <div className="row actions">
          <Button kind="primary" type="submit">
            Add note
          </Button>
          <Button kind="stop" onClick={cancel} disabled={!isPending}>
            Cancel
          </Button>
          <Switch checked={refuses} onChange={onRefusesChange} disabled={isPending}>
            Make the server refuse
          </Switch>
        </div>
        <output className="status-line">
          {isPending && <Bar look="running" value={undefined} size="fine" />}
          {action.isCanceled && !isPending && (
            <Chip look="canceled" why={whyEnded(action.reason, action.message)}>
              Canceled
            </Chip>
          )}
          <span className="visually-hidden">{isPending ? 'Sending' : ''}</span>
          {action.isCanceled && !isPending && (
            <span>
              {notes.length === 1 ? 'One note is' : `${notes.length} notes are`} kept, and what you typed. Nothing else
              was saved.
            </span>
          )}
        </output>
      </form>
      {shown.length === 0 ? (
        <TryIt>Add a note, then another one at once. Cancel takes both back; the server log shows one let go.</TryIt>
      ) : (
        <div>
          <div className="head">
            <h2>Notes</h2>
            <p className="tabular">{notes.length} saved</p>
          </div>
          <ul className="rows">
            {shown.map(({ id, text, isOnItsWay = false }) => (
              <li key={id} className={isOnItsWay ? 'waits' : undefined}>
                <StatusIcon look={isOnItsWay ? 'running' : 'completed'} word={isOnItsWay ? 'sending' : 'saved'} />
                <span>{text}</span>
                <span className="quiet">{isOnItsWay ? 'sending' : 'saved'}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
