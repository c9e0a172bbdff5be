import type { Cancelable } from 'use-cancelable';
import { NetworkError, streamEvents } from 'use-cancelable/fetch';
import { refusalOf } from '../../requests/refusalOf.ts';
import { trackRequest } from '../../requests/trackRequest.ts';
import type { ChatEvents } from '../../server/contract.ts';

/** As much of an answer as has arrived, and where the server would go on. */
export interface Answer {
  readonly text: string;
  /** Of the last token; empty when none has come. */
  readonly lastEventId: string;
}

export const noAnswer: Answer = { text: '', lastEventId: '' };

interface AnswerOptions {
  /** What an earlier run of the same question has left. */
  readonly from: Answer;
  /** Has the server break the connection half way. */
  readonly isCut: boolean;
}

/** Has the server answer a question. What has arrived is the partial result, token by token, however this ends. */
export async function answer(op: Cancelable, question: string, { from, isCut }: AnswerOptions): Promise<Answer> {
  let arrived = from;
  let isWhole = false;
  op.context.partialResult = arrived;
  const path = isCut ? '/api/chat?cut=1' : '/api/chat';
  const tokens = streamEvents(path, {
    method: 'POST',
    body: question,
    headers: trackRequest(op),
    lastEventId: from.lastEventId,
  });
  try {
    for await (const { type, data, lastEventId } of tokens) {
      // To leave the loop now would close the connection before the server has.
      if (type === 'end') isWhole = true;
      if (type !== 'token') continue;
      // The contract says what it carries.
      arrived = { text: arrived.text + (JSON.parse(data) as ChatEvents['token']), lastEventId };
      op.context.partialResult = arrived;
      op.report('Answering', { current: countWords(arrived.text) });
    }
  } catch (error) {
    throw await refusalOf(op, error);
  }
  // To WebKit, a connection that broke has ended.
  if (!isWhole) throw new NetworkError(path, `POST ${path} ended before the answer did.`);
  return arrived;
}

/** What an operation that runs `answer` has got so far. */
export function answerOf(op: Cancelable): Answer {
  // Set above before anything else.
  return (op.context.partialResult as Answer | undefined) ?? noAnswer;
}

export function countWords(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}
