import type { ReactNode, Ref } from 'react';
import { Button } from '../../components/Button.tsx';
import { isAnswering, type Turn } from './createConversation.ts';
import { EndedAnswer } from './EndedAnswer.tsx';
import { RunningAnswer } from './RunningAnswer.tsx';

const suggestions = [
  'What is a cancelation?',
  'How does it reach the server?',
  'What happens when I leave the page?',
  'Can I continue an answer later?',
];

interface ConversationViewProps {
  readonly turns: readonly Turn[];
  readonly onAsk: (question: string) => void;
  /** What scrolls: from its end, so that it stays with the newest words unless somebody has scrolled up. */
  readonly ref: Ref<HTMLElement>;
}

export function ConversationView({ turns, onAsk, ref }: ConversationViewProps): ReactNode {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- for the keyboard to scroll it: WebKit does not by itself
    <section ref={ref} className="conversation" aria-label="Conversation" tabIndex={0}>
      {turns.length === 0 ? (
        <div className="stack">
          <p className="quiet">Nothing has been asked yet. Ask one of these, or something of your own.</p>
          <ul className="suggestions">
            {suggestions.map((question) => (
              <li key={question}>
                <Button onClick={() => onAsk(question)}>{question}</Button>
              </li>
            ))}
          </ul>
        </div>
      ) : (
        <ol>
          {turns.map((turn) => (
            <li key={turn.id}>
              <h2 className="question">{turn.question}</h2>
              {isAnswering(turn) ? <RunningAnswer run={turn.run} /> : <EndedAnswer turn={turn} />}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
