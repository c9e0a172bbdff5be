import { NetworkError } from 'use-cancelable/fetch';
import { RefusedError } from '../../requests/request.ts';
import { messageOf } from '../../words/messageOf.ts';
import { whyStopped } from '../../words/reasons.ts';
import { countWords } from './answer.ts';
import type { Turn } from './createConversation.ts';

/** Why an answer ended early, for its chip. */
export function whyEndedEarly({ run }: Turn): string {
  if (run.status === 'canceled') return whyStopped(run, [run]);
  if (run.error instanceof NetworkError) return 'the connection broke';
  return run.error instanceof RefusedError ? `HTTP ${run.error.status}` : 'the answer broke off';
}

/** What is left of an answer that ended early, and for a failure what it says of itself. */
export function whatIsLeft({ run, answer }: Turn): string {
  const words = countWords(answer.text);
  const left =
    words === 0 ? 'Nothing had arrived yet.' : words === 1 ? 'One word is kept.' : `${words} words are kept.`;
  return run.status === 'failed' ? `${left} ${messageOf(run.error)}` : left;
}
