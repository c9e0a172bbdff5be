import type { Cancelable } from 'use-cancelable';
import { request } from '../../requests/request.ts';

/** Bytes per second: slow, so that there is time to cancel. */
const rate = 12;

export interface Note {
  readonly id: string;
  readonly text: string;
  /** Shown before the server has it. */
  readonly isOnItsWay?: boolean;
}

/** Has the server take the note, slowly. */
export async function sendNote(op: Cancelable, { id, text }: Note, refuses: boolean): Promise<Note> {
  op.report('Sending');
  const path = refuses ? '/api/notes' : `/api/uploads?rate=${rate}`;
  await request(op, path, (answer) => answer.text(), { method: 'POST', body: text });
  return { id, text };
}
