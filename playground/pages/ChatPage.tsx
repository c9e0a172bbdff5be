import { type ReactNode, useRef, useState, useSyncExternalStore } from 'react';
import { Link } from 'react-router';
import { useCancelable } from 'use-cancelable';
import { Button } from '../components/Button.tsx';
import { Choice } from '../components/Choice.tsx';
import { Lead } from '../components/Lead.tsx';
import { Switch } from '../components/Switch.tsx';
import { TryIt } from '../components/TryIt.tsx';
import { answer, noAnswer } from './chat/answer.ts';
import { ChatAnnouncer } from './chat/ChatAnnouncer.tsx';
import { ConversationView } from './chat/ConversationView.tsx';
import { canContinue, createConversation, isAnswering, type Turn } from './chat/createConversation.ts';
import { QuestionForm } from './chat/QuestionForm.tsx';

// Outside of the page: whoever comes back finds what was said, and can go on from there.
const conversation = createConversation();

const timeouts = [
  { value: undefined, word: 'None' },
  { value: 3000, word: '3 s' },
  { value: 60_000, word: '60 s' },
] as const;

export function ChatPage(): ReactNode {
  const field = useRef<HTMLInputElement>(null);
  const view = useRef<HTMLElement>(null);
  const [isCut, setIsCut] = useState(false);
  const [timeout, setTimeout] = useState<number | undefined>(60_000);
  const turns = useSyncExternalStore(conversation.subscribe, conversation.getSnapshot);
  const newest = turns.at(-1);

  // One task for all questions: with `restart` the newest takes over, and the answer before it keeps what it has.
  const { settle, cancel } = useCancelable(
    (op, question: string, former?: Turn) => {
      conversation.follow(op, question, former);
      return answer(op, question, { from: former?.answer ?? noAnswer, isCut });
    },
    { name: 'Answer', policy: 'restart', timeout, register: true },
  );

  const ask = (question: string): void => {
    // `settle` never rejects: how it ended is shown beside the answer, and nobody has to catch it.
    void settle(question);
    view.current?.scrollTo({ top: 0 });
    if (field.current === null) return;
    field.current.value = '';
    field.current.focus();
  };
  const isRunning = newest !== undefined && isAnswering(newest);

  return (
    <>
      <Lead title="Chat">
        An answer comes token by token. Stop it, and what has arrived stays; continue it, and no word is missing or sent
        twice.
      </Lead>
      <section className="card chat" aria-label="Chat">
        <ConversationView turns={turns} onAsk={ask} ref={view} />
        <div className="stack">
          <QuestionForm
            field={field}
            onAsk={ask}
            onStop={isRunning ? cancel : undefined}
            onContinue={
              newest !== undefined && canContinue(newest) ? () => void settle(newest.question, newest) : undefined
            }
          />
          <div className="row spread">
            <Switch checked={isCut} onChange={setIsCut}>
              Break the connection half way
            </Switch>
            <div className="row">
              {turns.length > 0 && !isRunning && (
                <Button kind="plain" onClick={conversation.clear}>
                  Clear
                </Button>
              )}
              <Choice
                legend="Timeout"
                legendPlace="inline"
                size="small"
                options={timeouts}
                value={timeout}
                onChange={setTimeout}
              />
            </div>
          </div>
        </div>
        <TryIt>
          Ask, then go to <Link to="/search">Search</Link> before the answer has ended. The server log shows the
          connection close. Come back, and continue.
        </TryIt>
        <ChatAnnouncer newest={newest} />
      </section>
    </>
  );
}
