import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Connect } from 'vite';
import { WebSocketServer, type WebSocket } from 'ws';

// The other end for the tests of web sockets, under /faults/socket: real servers, on ports of their own, because Vite has
// the upgrades of its server for itself. A log of each connection is kept by the `?id=` in its address.

const logs = new Map<string, string[]>();
const watchers = new Set<() => void>();
const held = new Map<string, () => void>();

export function serveSockets(middlewares: Connect.Server): void {
  const server = createServer().listen(0, '127.0.0.1').unref();
  new WebSocketServer({ server, handleProtocols: (names) => [...names].at(-1) ?? false }).on('connection', serve);
  const answers: Readonly<Record<string, (id: string, until: string) => string | Promise<string>>> = {
    open: () => addressOf(server),
    held: () => addressOfNew(hold),
    refused: () => addressOfNew(refuse),
    closed: addressOfClosed,
    /** The log as soon as an entry begins with `until`. */
    async log(id, until) {
      while (!logs.get(id)?.some((entry) => entry.startsWith(until))) {
        await new Promise<void>((resolve) => watchers.add(resolve));
      }
      return JSON.stringify(logs.get(id));
    },
    /** A held connection is answered now, if it is still there. */
    go(id) {
      held.get(id)?.();
      return '';
    },
  };
  middlewares.use('/faults/socket', (request, response, next) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    const answer = answers[pathname.slice(1)];
    if (answer === undefined) return next();
    void Promise.resolve(answer(searchParams.get('id') ?? '', searchParams.get('until') ?? '')).then((text) =>
      response.end(text),
    );
  });
}

function idOf({ url = '' }: IncomingMessage): string {
  return new URL(url, 'http://localhost').searchParams.get('id') ?? '';
}

/** `asked`, `open`, `got …`, and `closed <code> <reason>`, where 1006 is a connection that has gone without a word. */
function write(request: IncomingMessage, entry: string): void {
  const id = idOf(request);
  logs.set(id, [...(logs.get(id) ?? []), entry.trim()]);
  for (const tell of watchers) tell();
  watchers.clear();
}

/** Does what `say a|b`, `answer a|b` (and then is done), `count <n>`, `close <code> <reason>` and `cut` say; says back all else. */
function serve(socket: WebSocket, request: IncomingMessage): void {
  write(request, 'open');
  socket.on('message', (data: Buffer, isBinary) => {
    const text = isBinary ? `${data.byteLength} bytes` : data.toString();
    write(request, `got ${text}`);
    const [, command, argument = ''] = /^(say|answer|count|close|cut)\b ?(.*)$/.exec(text) ?? [];
    if (command === 'say' || command === 'answer') {
      for (const part of argument.split('|')) socket.send(part);
      if (command === 'answer') socket.close(1000);
    } else if (command === 'count') for (let index = 0; index < Number(argument); index += 1) socket.send(`${index}`);
    else if (command === 'close' && argument === '') socket.close();
    else if (command === 'close') socket.close(Number(argument.slice(0, 4)), argument.slice(5));
    else if (command === 'cut') socket.terminate();
    else socket.send(data, { binary: isBinary });
  });
  socket.on('close', (code, reason) => write(request, `closed ${code} ${reason.toString()}`));
}

function hold(server: Server): void {
  const sockets = new WebSocketServer({ noServer: true }).on('connection', serve);
  server.on('upgrade', (request, socket, head) => {
    write(request, 'asked');
    const onEnd = (): void => {
      held.delete(idOf(request));
      socket.end(); // an HTTP server keeps its half of the connection open
      write(request, 'closed 1006');
    };
    socket.once('end', onEnd).on('error', () => {});
    socket.resume();
    held.set(idOf(request), () => {
      socket.off('end', onEnd);
      sockets.handleUpgrade(request, socket, head, (accepted) => sockets.emit('connection', accepted, request));
    });
  });
}

function refuse(server: Server): void {
  server.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n'));
}

/** A new one each time: Firefox lets the next connection to a server wait when one before has failed. */
async function addressOfNew(prepare: (server: Server) => void): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1').unref();
  prepare(server);
  await once(server, 'listening');
  return addressOf(server);
}

/** Nobody listens there any more. */
async function addressOfClosed(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = addressOf(server);
  server.close();
  await once(server, 'close');
  return address;
}

function addressOf(server: Server): string {
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`; // it listens on a port
}
