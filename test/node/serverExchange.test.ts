import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { carryOut } from '../../playground/server/Exchange.ts';
import type { Answer } from '../../playground/server/Exchange.ts';
import { HttpError } from '../../playground/server/HttpError.ts';
import { createLog } from '../../playground/server/log.ts';

/** One request to a server that answers with `answer`; the client hangs up as soon as it has the first `bytes` of the body. */
async function hangUpAfter(bytes: number, answer: Answer) {
  const log = createLog();
  const errors: unknown[] = [];
  const work: Promise<void>[] = [];
  const server = createServer((request, response) => {
    const row = log.open({ method: 'GET', path: '/', requestId: undefined });
    const parts = { request, response, query: new URLSearchParams(), log, row };
    work.push(carryOut(parts, answer, (error) => errors.push(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());

  const { port } = server.address() as AddressInfo;
  get({ hostname: '127.0.0.1', port, agent: false }, (response) => {
    let received = 0;
    response.on('data', (chunk: Buffer) => {
      received += chunk.byteLength;
      if (received >= bytes) response.destroy();
    });
    // A connection that the server breaks is one of the cases.
    response.on('error', () => undefined);
  });
  const row = await vi.waitFor(() => {
    const [first] = log.rows();
    expect(first?.state).toMatch(/^(?:sent|answered|letGo)$/);
    return first;
  });
  await Promise.all(work);
  return { row, errors };
}

const gone = (signal: AbortSignal) => new Promise((resolve) => signal.addEventListener('abort', resolve));

describe('a client that hangs up', () => {
  it('with all the bytes has let go of nothing, even before the server has called it the end', async () => {
    const { row } = await hangUpAfter(5, async ({ begin, write, signal }) => {
      begin(200, {}, 5);
      await write(Buffer.from('whole'));
      await gone(signal);
    });
    expect(row).toMatchObject({ state: 'sent', bytes: 5, total: 5 });
  });

  it('one byte before the end has let go', async () => {
    const { row } = await hangUpAfter(4, async ({ begin, write, signal }) => {
      begin(200, {}, 5);
      await write(Buffer.from('whol'));
      await gone(signal);
      await write(Buffer.from('e'));
    });
    expect(row).toMatchObject({ state: 'letGo', bytes: 4, total: 5 });
  });

  it('in the middle of one large write has not got it', async () => {
    const large = Buffer.alloc(64_000_000);
    const { row, errors } = await hangUpAfter(1, async ({ begin, write }) => {
      begin(200, {}, large.byteLength);
      await write(large);
    });
    expect(row).toMatchObject({ state: 'letGo', bytes: 0, total: 64_000_000 });
    expect(errors).toEqual([]);
  });

  it('is told apart from a server that breaks off', async () => {
    const fault = new Error('the disk is gone');
    const { row, errors } = await hangUpAfter(5, async ({ begin, write }) => {
      begin(200, {}, 5);
      await write(Buffer.from('who'));
      throw fault;
    });
    expect(row).toMatchObject({ state: 'answered', status: 200, bytes: 3, error: 'the disk is gone' });
    expect(errors).toEqual([fault]);
  });
});

describe('a fault of the server', () => {
  it('before the answer has begun is answered 500, and its words stay in the log', async () => {
    const fault = new Error('the disk is gone');
    const { row, errors } = await hangUpAfter(1000, () => Promise.reject(fault));
    expect(row).toMatchObject({ state: 'answered', status: 500, error: 'the disk is gone' });
    expect(errors).toEqual([fault]);
  });

  it('is reported even when the client has let go before', async () => {
    const fault = new Error('the disk is gone');
    const { row, errors } = await hangUpAfter(1, async ({ begin, write, signal }) => {
      begin(200, {}, 5);
      await write(Buffer.from('w'));
      await gone(signal);
      throw fault;
    });
    expect(row).toMatchObject({ state: 'letGo' });
    expect(row?.error).toBeUndefined();
    expect(errors).toEqual([fault]);
  });

  it('is not what a refusal is', async () => {
    const { row, errors } = await hangUpAfter(1000, () => Promise.reject(new HttpError(418, 'no')));
    expect(row).toMatchObject({ state: 'answered', status: 418, bytes: 3 });
    expect(row?.error).toBeUndefined();
    expect(errors).toEqual([]);
  });

  it('is not what a refusal is that comes when the client has let go', async () => {
    const { row, errors } = await hangUpAfter(1, async ({ begin, write, signal }) => {
      begin(200, {}, 5);
      await write(Buffer.from('w'));
      await gone(signal);
      throw new HttpError(404, 'no');
    });
    expect(row).toMatchObject({ state: 'letGo', bytes: 1 });
    expect(errors).toEqual([]);
  });
});
