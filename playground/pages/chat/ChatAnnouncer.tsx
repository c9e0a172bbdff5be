import type { ReactNode } from 'react';
import { isAnswering, type Turn } from './createConversation.ts';
import { whatIsLeft, whyEndedEarly } from './endWords.ts';

/** Says to screen readers that an answer begins, and when it has ended all of it at once: not token by token. */
export function ChatAnnouncer({ newest }: { readonly newest: Turn | undefined }): ReactNode {
  return (
    <p className="visually-hidden" aria-live="polite">
      {newest === undefined ? '' : wordsFor(newest)}
    </p>
  );
}

function wordsFor(turn: Turn): string {
  if (isAnswering(turn)) return 'The answer begins';
  const { status } = turn.run;
  if (status === 'completed') return `The answer: ${turn.answer.text}`;
  // A failure is an alert, which speaks for itself.
  return status === 'failed' ? '' : `Stopped, ${whyEndedEarly(turn)}. ${whatIsLeft(turn)}`;
}
