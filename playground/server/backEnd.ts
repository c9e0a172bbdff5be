import type { IncomingMessage, ServerResponse } from 'node:http';

import { answerChat } from './chat.ts';
import { carryOut } from './Exchange.ts';
import type { Answer } from './Exchange.ts';
import { answerFile, answerFileList } from './files.ts';
import { HttpError } from './HttpError.ts';
import { answerLinks } from './links.ts';
import { createLog } from './log.ts';
import { answerLog } from './logRoutes.ts';
import { allowMethods } from './methods.ts';
import { refusal } from './parameters.ts';
import { answerSearch } from './search.ts';
import { machineSources } from './sources.ts';
import type { Source } from './sources.ts';
import { answerUpload } from './uploads.ts';

export interface BackEndOptions {
  /** Default: real files of this machine. */
  readonly sources?: readonly Source[];
  /** Hears of the server's own faults, beside the client, who is answered 500. */
  readonly onError: (error: unknown) => void;
}

export interface BackEnd {
  /** For connect: it answers what is below `/api` and leaves the rest to `next`. */
  readonly middleware: (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
  /** How many logged requests are being worked for; one that the client let go counts until its work has ended. */
  readonly working: number;
}

const longestRequestId = 200;

export function createBackEnd({ sources = machineSources(), onError }: BackEndOptions): BackEnd {
  const log = createLog();
  let working = 0;

  const middleware: BackEnd['middleware'] = (request, response, next) => {
    const [target = '', search = ''] = (request.url ?? '').split(/\?(.*)/s);
    if (target !== '/api' && !target.startsWith('/api/')) {
      next();
      return;
    }
    const path = target.slice('/api'.length);
    if (path === '/log' || path.startsWith('/log/')) {
      void answerLog(request, response, path, log, onError);
      return;
    }

    const query = new URLSearchParams(search);
    const sentId = readRequestId(request, query);
    const isTooLong = sentId !== undefined && sentId.length > longestRequestId;
    const requestId = isTooLong ? undefined : sentId;
    const row = log.open({ method: request.method ?? '', path: shownPath(path, search), requestId });
    const answer: Answer = async (exchange) => {
      if (isTooLong) throw refusal('request-id', `at most ${longestRequestId} characters`, sentId);
      await route(request, path, sources)(exchange);
    };
    working += 1;
    void carryOut({ request, response, query, log, row }, answer, onError).finally(() => {
      working -= 1;
    });
  };

  return {
    middleware,
    get working() {
      return working;
    },
  };
}

function route(request: IncomingMessage, path: string, sources: readonly Source[]): Answer {
  const file = /^\/files\/([^/]+)$/.exec(path)?.[1];
  if (path === '/files' || file !== undefined) allowMethods(request, ['GET', 'HEAD']);
  if (path === '/files') return answerFileList(sources);
  if (file !== undefined) return answerFile(sources, decodeName(file));
  if (path === '/search' || path === '/links') allowMethods(request, ['GET']);
  if (path === '/search') return answerSearch(sources);
  if (path === '/links') return answerLinks(sources);
  if (path === '/uploads' || path === '/chat') allowMethods(request, ['POST']);
  if (path === '/uploads') return answerUpload();
  if (path === '/chat') return answerChat();
  throw new HttpError(404, `There is nothing at /api${path}.`);
}

function decodeName(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    throw refusal('name', 'a percent-encoded name', encoded);
  }
}

function readRequestId({ headers }: IncomingMessage, query: URLSearchParams): string | undefined {
  const header = headers['x-request-id'];
  return (Array.isArray(header) ? header[0] : header) || query.get('request-id') || undefined;
}

/** What the log shows: how fast the answer was asked for and its id say nothing about what was asked. */
function shownPath(path: string, search: string): string {
  const shown = search.split('&').filter((pair) => pair !== '' && !/^(?:rate|delay|request-id)(?:=|$)/.test(pair));
  return shown.length === 0 ? path : `${path}?${shown.join('&')}`;
}
