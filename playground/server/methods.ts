import type { IncomingMessage } from 'node:http';

import { HttpError } from './HttpError.ts';

export function allowMethods({ method = '' }: IncomingMessage, methods: readonly string[]): void {
  if (methods.includes(method)) return;
  throw new HttpError(405, `${method} is not possible here, only ${methods.join(' and ')}.`, {
    allow: methods.join(', '),
  });
}
