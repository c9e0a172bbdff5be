import type { Cancelable } from 'use-cancelable/core';
import { streamEvents } from 'use-cancelable/fetch';

export async function answer(op: Cancelable, url: string, question: string) {
  let text = '';
  for await (const { data } of streamEvents(url, { method: 'POST', body: question })) {
    op.context.partialResult = text += data;
    op.report('Answering');
  }
  return text;
}
