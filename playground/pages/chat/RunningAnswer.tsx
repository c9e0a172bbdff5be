import type { ReactNode } from 'react';
import { ProgressBar, useProgress } from 'use-cancelable';
import { Deadline } from '../../components/Deadline.tsx';
import type { OperationView } from '../../operations/view.ts';
import { answerOf, countWords } from './answer.ts';
import { AnswerText } from './AnswerText.tsx';

/** An answer as it comes in, rendered at most once a frame. How long it will be nobody knows, so only what is here is counted. */
export function RunningAnswer({ run }: { readonly run: OperationView }): ReactNode {
  const { operation, deadline, startTime } = run;
  const { text } = useProgress(operation, { select: () => answerOf(operation) });
  const words = countWords(text);
  return (
    <div className="answer">
      <AnswerText text={text} isOpen />
      <ProgressBar of={operation} className="bar fine" aria-label="Answer" />
      <p className="note tabular">
        <span>{words === 0 ? 'Waiting for the first word' : `${words} ${words === 1 ? 'word' : 'words'} so far`}</span>
        {deadline !== undefined && startTime !== undefined && (
          <Deadline at={deadline} since={startTime}>
            {(left) => <span>timeout in {left}</span>}
          </Deadline>
        )}
      </p>
    </div>
  );
}
