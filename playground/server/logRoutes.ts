import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';

import type { ReasonNote } from './contract.ts';
import { HttpError } from './HttpError.ts';
import type { Log } from './log.ts';
import { streamLog } from './logStream.ts';
import { refusal } from './parameters.ts';
import { allowMethods } from './methods.ts';
import { hasLeft, readBody } from './readBody.ts';

const longestNote = 4096;
const longestText = 200;

/** Everything below `/api/log`. None of it is logged. */
export async function answerLog(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  log: Log,
  onError: (error: unknown) => void,
): Promise<void> {
  try {
    if (path === '/log/reason') {
      allowMethods(request, ['POST']);
      const { requestId, reason } = readNote(await readBody(request, longestNote, 'note'));
      log.explain(requestId, reason);
      answer(response, 204);
    } else if (path === '/log/rows') {
      allowMethods(request, ['GET']);
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
      response.end(JSON.stringify(log.rows()));
    } else if (path === '/log') {
      allowMethods(request, ['GET', 'DELETE']);
      if (request.method === 'GET') streamLog(log, response);
      else {
        log.clear();
        answer(response, 204);
      }
    } else throw new HttpError(404, `There is nothing at /api${path}.`);
  } catch (error) {
    if (hasLeft(request)) return;
    if (!(error instanceof HttpError)) onError(error);
    const { status, message, headers } =
      error instanceof HttpError ? error : new HttpError(500, 'The server failed; its console says why.');
    answer(response, status, message, headers);
  }
}

function answer(response: ServerResponse, status: number, message?: string, headers: OutgoingHttpHeaders = {}): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...headers });
  response.end(message === undefined ? undefined : `${message}\n`);
}

/** The content type is not looked at: a beacon says text/plain and means JSON. */
function readNote(body: string): ReasonNote {
  let note: unknown;
  try {
    note = JSON.parse(body);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw refusal('body', 'JSON', body);
  }
  const field = (name: keyof ReasonNote): string => {
    const value: unknown = typeof note === 'object' && note !== null ? Reflect.get(note, name) : undefined;
    if (typeof value === 'string' && value !== '' && value.length <= longestText) return value;
    const got = value === undefined || typeof value === 'string' ? value : JSON.stringify(value);
    throw refusal(name, `a text of 1 to ${longestText} characters`, got ?? null);
  };
  return { requestId: field('requestId'), reason: field('reason') };
}
