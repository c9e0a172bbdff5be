import type { ReactNode } from 'react';
import { Chip } from '../../components/Chip.tsx';
import { isOutcome, lookOf } from '../../components/look.ts';
import { countWords } from './answer.ts';
import { AnswerText } from './AnswerText.tsx';
import type { Turn } from './createConversation.ts';
import { whatIsLeft, whyEndedEarly } from './endWords.ts';

const names = { completed: 'Completed', canceled: 'Stopped', failed: 'Failed' } as const;

/** An answer that has ended: all of it, or what had arrived and why there is no more. */
export function EndedAnswer({ turn }: { readonly turn: Turn }): ReactNode {
  const { run, answer } = turn;
  const status = run.status === 'completed' || run.status === 'failed' ? run.status : 'canceled';
  const look = lookOf(run);
  const isWhole = status === 'completed';
  return (
    <div className="answer">
      {answer.text !== '' && <AnswerText text={answer.text} />}
      <div className="status-line" role={status === 'failed' ? 'alert' : undefined}>
        <Chip
          look={look}
          why={isWhole ? `${countWords(answer.text)} words` : whyEndedEarly(turn)}
          bare={!isOutcome(look)}
        >
          {names[status]}
        </Chip>
        {!isWhole && <span className="left">{whatIsLeft(turn)}</span>}
      </div>
    </div>
  );
}
