import type { Cancelable } from 'use-cancelable/core';
import { openWebSocket } from 'use-cancelable/fetch';

export async function chat(op: Cancelable, url: string, question: string) {
  const socket = await openWebSocket<string>(url);
  socket.send(question);
  let text = '';
  for await (const token of socket) op.context.partialResult = text += token;
  return text;
}
