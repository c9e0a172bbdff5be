import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Cancelable, currentOperation } from 'use-cancelable/core';
import { cancelableFetch, createFetch, download, HttpError, streamLines, upload } from 'use-cancelable/fetch';
import { elsewhere, faults, settle, watchLocks } from './faults.ts';

// What a caller of `fetch` sees of an answer, whatever the server and the request are.
async function describeAnswer(response: Response): Promise<Record<string, unknown>> {
  const { status, ok, statusText, type, url, redirected, headers } = response;
  const contentType = headers.get('content-type');
  return { status, ok, statusText, type, url, redirected, contentType, text: await response.text() };
}

describe('an answer of cancelableFetch is that of fetch', () => {
  it.each<[string, string, RequestInit]>([
    ['without a body (204)', faults('status', { status: 204 }).url, {}],
    ['without a body (205)', faults('status', { status: 205 }).url, {}],
    ['without a body (304)', faults('status', { status: 304 }).url, {}],
    ['to HEAD', faults('whole').url, { method: 'HEAD' }],
    ['with a status that a page may not make', faults('status', { status: 999, words: 'No' }).url, {}],
    ['with a refusal', faults('status', { status: 404, words: 'Nothing' }).url, {}],
    ['after a redirect', `/faults/redirect?to=${encodeURIComponent('/faults/status?status=200&words=Here')}`, {}],
    ['with a redirect that is not followed', '/faults/redirect?to=/faults/whole', { redirect: 'manual' }],
  ])('%s', async (_name, url, init) => {
    const outcome = await settle(async (op) => op.wait(describeAnswer(await cancelableFetch(url, init))));
    expect(outcome).toEqual({ status: 'completed', value: await describeAnswer(await fetch(url, init)) });
  });

  it('from another origin, also where the page may not look', async () => {
    const url = await elsewhere(faults('status', { status: 200, words: 'Far' }).url);
    for (const mode of ['cors', 'no-cors'] as const) {
      const outcome = await settle(async (op) => op.wait(describeAnswer(await cancelableFetch(url, { mode }))));
      expect(outcome).toEqual({ status: 'completed', value: await describeAnswer(await fetch(url, { mode })) });
    }
  });

  it('by class, by its ways to read it, and by what is cloned of it', async () => {
    const outcome = await settle(async (op) => {
      const response = await cancelableFetch(faults('status', { status: 200, words: '[1]' }).url);
      expect(response).toBeInstanceOf(Response);
      const copies = [response.clone(), response.clone().clone()];
      const blob = await op.wait(response.clone().blob());
      expect([blob.type, blob.size]).toEqual(['text/plain', 3]);
      expect(response.bodyUsed).toBe(false);
      return await op.wait(Promise.all([response, ...copies].map((each) => each.json())));
    });
    expect(outcome).toEqual({ status: 'completed', value: [[1], [1], [1]] });
  });

  it('through two of them, and from one that answers always with the same', async () => {
    const { url } = faults('status', { status: 204 });
    const outcome = await settle(() =>
      upload(url, 'a', { method: 'PUT', fetch: createFetch({ fetch: cancelableFetch }) }),
    );
    expect(outcome).toMatchObject({ status: 'completed', value: { status: 204 } });
    const answer = new Response(null, { status: 204 });
    const load = createFetch({ fetch: async () => answer });
    for (let count = 0; count < 2; count += 1) expect(await (await load('/')).text()).toBe('');
  });

  it('but its readers bring the current operation back, and their cancelation need not be handled', async () => {
    const rejections: unknown[] = [];
    const note = (event: PromiseRejectionEvent): void => {
      rejections.push(event.reason);
      event.preventDefault();
    };
    window.addEventListener('unhandledrejection', note);
    onTestFinished(() => window.removeEventListener('unhandledrejection', note));
    const outcome = await settle(async (op) => {
      await (await cancelableFetch(faults('whole').url)).arrayBuffer();
      expect(currentOperation()).toBe(op);
      const { url } = faults('status', { status: 204 });
      const answers = [await cancelableFetch(url), await cancelableFetch(url, { method: 'HEAD' })];
      answers.push(answers[0]!.clone().clone());
      for (const answer of answers) {
        await answer.arrayBuffer();
        expect(currentOperation()).toBe(op);
      }
      void (await cancelableFetch(faults('file', { cut: 10_000, then: 'stall' }).url)).text();
      await op.sleep(50);
      op.cancel('Stop');
    });
    expect(outcome).toMatchObject({ status: 'canceled', message: 'Stop' });
    // The platform tells it after the task in which it happened.
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(rejections).toEqual([]);
  });

  it('and may be read when the operation has completed', async () => {
    const { url, fate } = faults('whole');
    const op = new Cancelable({ parent: null });
    const response = await op.run(() => cancelableFetch(url));
    expect((await response.arrayBuffer()).byteLength).toBe(300_000);
    expect((await fate()).sentWhole).toBe(true);
  });
});

describe('a signal of the request', () => {
  it('that is aborted already gives its own reason', async () => {
    const mine = new Error('Mine');
    const request = new Request('/faults/whole', { signal: AbortSignal.abort(mine) });
    expect(await settle(() => cancelableFetch(request))).toEqual({ status: 'failed', error: mine });
  });

  it('is taken away by null, as fetch has it', async () => {
    const request = new Request(faults('status', { status: 204 }).url, { signal: AbortSignal.abort() });
    expect(await settle(() => cancelableFetch(request, { signal: null }))).toMatchObject({ value: { status: 204 } });
  });

  it('that times out is told from the connection, also when it is that of the given fetch', async () => {
    const { url } = faults('echo', { then: 'stall' });
    const init = { method: 'POST', body: 'a' };
    const given = createFetch({ fetch: (input) => fetch(input, { signal: AbortSignal.timeout(50) }) });
    const own = await settle(() => cancelableFetch(url, { ...init, signal: AbortSignal.timeout(50) }));
    expect(own).toMatchObject({ status: 'failed', error: { name: 'TimeoutError' } });
    const theirs = await settle(() => given(url, init));
    // WebKit's own fetch calls it an abort.
    expect(theirs.status === 'failed' && (theirs.error as Error).name).toMatch(/^(?:TimeoutError|AbortError)$/);
  });
});

describe('the progress of several bodies', () => {
  it('does not count one that nobody reads', async () => {
    const op = new Cancelable({ parent: null });
    await op.run(async (op) => {
      await cancelableFetch(faults('whole').url);
      await op.wait((await cancelableFetch(faults('whole').url)).arrayBuffer());
    });
    expect(op.progress).toMatchObject({ current: 300_000, total: 300_000 });
  });

  it('does not wait for what one has not given that was let go', async () => {
    const op = new Cancelable({ parent: null });
    await op.run(async (op) => {
      const cut = (await cancelableFetch(faults('file', { cut: 10_000, then: 'stall' }).url)).body!.getReader();
      await op.wait(cut.read());
      const other = (await op.bind(cancelableFetch)(faults('large', { bytes: 5_000_000 }).url)).body!.getReader();
      const first = other.read();
      await op.wait(Promise.all([cut.cancel(), first]));
      while (!(await op.wait(other.read())).done);
    });
    const { current = 0, total } = op.progress;
    expect(current).toBeGreaterThan(5_000_000);
    expect(total).toBe(current);
  });
});

describe('an HttpError', () => {
  const words = 'It is not there, and why would be a long story.';
  const refused = (): string => faults('status', { status: 404, words }).url;

  it.each<[string, string, () => Promise<unknown>]>([
    ['createFetch', 'GET', () => createFetch({ throwHttpErrors: true })(refused())],
    ['download', 'POST', () => download(new Request(refused(), { method: 'POST' }))],
    ['streamLines', 'PUT', () => streamLines(refused(), { method: 'put' }).next()],
    ['upload', 'PATCH', () => upload(refused(), 'a', { method: 'PATCH' })],
    ['upload by fetch', 'POST', () => upload(refused(), 'a', { fetch: (input) => fetch(input) })],
  ])('of %s tells the request, and its answer can be read after the operation', async (_name, method, ask) => {
    const outcome = await settle(ask);
    if (outcome.status !== 'failed' || !(outcome.error instanceof HttpError)) throw new Error('It is no HttpError.');
    const { message, url, response } = outcome.error;
    expect(message).toMatch(`${method} ${url} was answered 404 Not Found.`);
    expect(url).toContain('/faults/status');
    expect(await describeAnswer(response)).toMatchObject({ status: 404, url, text: words });
  });

  it('keeps the first megabyte of a body, and is there when that stalls or breaks off', async () => {
    const send = createFetch({
      throwHttpErrors: true,
      fetch: async (input) => new Response((await fetch(input)).body, { status: 500 }),
    });
    const { url, fate } = faults('large', { bytes: 4_000_000_000 });
    const outcome = await settle(() => send(url));
    const { response } = (outcome as unknown as { error: HttpError }).error;
    expect((await response.blob()).size).toBeGreaterThanOrEqual(1024 * 1024);
    expect((await fate()).sentWhole).toBe(false);
    const stalled = await settle(() => send(faults('parts', { parts: 'Sor|ry', then: 'stall' }).url));
    expect(await (stalled as unknown as { error: HttpError }).error.response.text()).toBe('Sorry');
    const broken = await settle(() => send(faults('parts', { parts: 'Sor|ry', then: 'reset' }).url));
    expect(broken).toMatchObject({ status: 'failed', error: { name: 'HttpError', status: 500 } });
  });
});

describe('TanStack Query', () => {
  it('takes it as its fetch: who cancels the query closes the connection', async () => {
    const { url, fate } = faults('file', { cut: 10_000, then: 'stall' });
    const client = new QueryClient();
    const outcome = await settle(async (op) => {
      const query = client.fetchQuery({
        queryKey: [url],
        queryFn: async ({ signal }) => {
          const response = await cancelableFetch(url, { signal });
          void client.cancelQueries();
          return await response.text();
        },
      });
      return await op.wait(query);
    });
    expect(outcome).toMatchObject({ status: 'failed', error: { revert: true } });
    expect((await fate()).sentWhole).toBe(false);
  });
});

describe('no lock of a reader survives', () => {
  const stalled = (): string => faults('file', { cut: 10_000, then: 'stall' }).url;

  it.each<[string, (op: Cancelable) => Promise<unknown>]>([
    ['a body that is read', async () => (await cancelableFetch(faults('whole').url)).arrayBuffer()],
    ['a body that is let go', async () => (await cancelableFetch(stalled())).body!.cancel()],
    [
      'a body that is let go while it is read',
      async () => {
        const reader = (await cancelableFetch(stalled())).body!.getReader();
        await reader.read();
        const next = reader.read();
        await reader.cancel();
        await next;
        reader.releaseLock();
      },
    ],
    [
      'a body that is canceled',
      async (op) => {
        const response = await cancelableFetch(stalled());
        void op.sleep(50).then(() => op.cancel());
        await response.arrayBuffer();
      },
    ],
    ['a download', () => download(faults('whole').url)],
    [
      'a download that is canceled',
      (op) => {
        op.onProgress((_id, _message, { current }) => void (current === 10_000 && op.cancel()));
        return download(stalled());
      },
    ],
    ['an error', () => download(faults('status', { status: 500, words: 'No' }).url)],
    [
      'a loop that is left',
      async () => {
        for await (const line of streamLines(faults('parts', { parts: 'a\nb\n', then: 'stall' }).url)) {
          if (line === 'a') break;
        }
      },
    ],
    [
      'a loop that throws',
      async () => {
        for await (const line of streamLines(faults('parts', { parts: 'a\nb\n', then: 'stall' }).url)) {
          throw new Error(line);
        }
      },
    ],
  ])('%s', async (_name, body) => {
    const locks = watchLocks();
    await settle((op) => body(op));
    await expect.poll(locks.locked).toBe(0);
    expect(locks.all()).toBeGreaterThan(0);
  });
});
