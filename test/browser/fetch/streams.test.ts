import { describe, expect, it } from 'vitest';
import { Cancelable, currentOperation } from 'use-cancelable/core';
import { cancelableFetch, streamEvents, streamJsonLines, streamLines, streamText } from 'use-cancelable/fetch';
import { faults, settle, settleLate } from './faults.ts';

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe('streamEvents', () => {
  it('gives the events as they arrive, with the current operation at each', async () => {
    const { url } = faults('parts', {
      parts: 'data: one\n|\nevent: token\nda|ta: two\nid: 7\n\n|retry: 50\n\ndata: cut',
    });
    await settle(async (op) => {
      const events = streamEvents(url);
      const seen: unknown[] = [];
      for await (const event of events) {
        expect(currentOperation()).toBe(op);
        seen.push(event);
      }
      expect(seen).toEqual([
        { type: 'message', data: 'one', lastEventId: '' },
        { type: 'token', data: 'two', lastEventId: '7' },
      ]);
      expect([events.lastEventId, events.retry]).toEqual(['7', 50]);
    }).then((outcome) => expect(outcome.status).toBe('completed'));
  });

  it('keeps the partial text of an answer that is stopped, and closes the connection', async () => {
    const { url, fate } = faults('parts', { parts: 'data: Hel\n\n|data: lo\n\n', then: 'stall' });
    const op = new Cancelable({ parent: null });
    const outcome = await op.settle(async (op) => {
      let text = '';
      for await (const { data } of streamEvents(url, { method: 'POST', body: 'question' })) {
        op.context.partialResult = text += data;
        if (text === 'Hello') op.cancel('Stop');
      }
    });
    expect(outcome).toMatchObject({ status: 'canceled', message: 'Stop', partialResult: 'Hello' });
    expect(await fate()).toMatchObject({ method: 'POST', sentWhole: false });
  });

  it('closes the connection when the loop is left', async () => {
    const { url, fate } = faults('parts', { parts: 'data: 1\n\n', then: 'stall' });
    const outcome = await settle(async () => {
      for await (const { data } of streamEvents(url)) {
        expect(data).toBe('1');
        break;
      }
    });
    expect(outcome.status).toBe('completed');
    expect((await fate()).sentWhole).toBe(false);
  });

  it('closes the connection when the operation completes without it', async () => {
    const { url, fate } = faults('parts', { parts: 'data: 1\n\n', then: 'stall' });
    const outcome = await settle(async () => void (await streamEvents(url).next()));
    expect(outcome.status).toBe('completed');
    expect((await fate()).sentWhole).toBe(false);
  });

  it('sends the last id, and accepts an event stream', async () => {
    const { url, fate } = faults('parts', { parts: '' });
    await settle(() => collect(streamEvents(url, { lastEventId: '7' })));
    expect((await fate()).headers).toMatchObject({ 'last-event-id': '7', accept: 'text/event-stream' });
  });

  it.each([
    [
      'a page',
      faults('parts', { type: 'text/html', parts: '<p>' }),
      'expected the type text/event-stream, got text/html',
    ],
    ['a refusal', faults('status', { status: 500 }), 'was answered 500'],
    ['a connection that breaks', faults('parts', { parts: 'data: 1\n\n', then: 'reset' }), 'broke off'],
  ])('rejects on %s', async (_name, { url }, message) => {
    const outcome = await settle(() => collect(streamEvents(url)));
    expect(String(outcome.status === 'failed' && outcome.error)).toContain(message);
  });

  it('tells the id of the last event that was given, though more came with it, or one that was read too late', async () => {
    const together = 'id: 1\ndata: a\n\nid: 2\ndata: b\n\nid: 3\n\nid: 4\ndata: c\n\n';
    const events = streamEvents(faults('parts', { parts: together }).url, {
      operation: new Cancelable({ parent: null }),
    });
    const ids: string[] = [];
    for await (const { data } of events) {
      ids.push(events.lastEventId);
      if (data === 'b') break;
    }
    expect([...ids, events.lastEventId]).toEqual(['1', '2', '2']);
    const op = new Cancelable({ parent: null }).start();
    const canceled = streamEvents(faults('parts', { parts: together }).url, { operation: op });
    await canceled.next();
    const late = canceled.next();
    op.cancel();
    await expect(late).rejects.toBe(op.error);
    expect(canceled.lastEventId).toBe('1');
  });

  it('ends by the timeout of the operation while the server is silent', async () => {
    const asked = faults('parts', { parts: '', then: 'stall' });
    const outcome = await settleLate(() => collect(streamEvents(asked.url)), asked);
    expect(outcome).toMatchObject({ status: 'canceled', reason: 'timeout' });
    expect((await asked.fate()).sentWhole).toBe(false);
  });
});

describe('the streams of text', () => {
  it('give lines, however they are cut', async () => {
    const { url } = faults('parts', { parts: 'one\r|\ntw|o\n\nlast', type: 'text/plain' });
    expect(await settle(() => collect(streamLines(url)))).toMatchObject({ value: ['one', 'two', '', 'last'] });
  });

  it('give pieces that join to the text', async () => {
    const { url } = faults('parts', { parts: 'Grüße| aus| Zürich', type: 'text/plain' });
    const outcome = await settle(() => collect(streamText(url)));
    expect(outcome.status === 'completed' && outcome.value.join('')).toBe('Grüße aus Zürich');
  });

  it('give the values of JSON lines, and name a line that is none', async () => {
    const { url } = faults('parts', { parts: '{"a":1}\n\n[2|]\n', type: 'application/x-ndjson' });
    expect(await settle(() => collect(streamJsonLines(url)))).toMatchObject({ value: [{ a: 1 }, [2]] });
    const broken = faults('parts', { parts: '1\n2\nthree\n', type: 'application/x-ndjson' });
    const outcome = await settle(() => collect(streamJsonLines(broken.url)));
    expect(outcome).toMatchObject({
      status: 'failed',
      error: { name: 'SyntaxError', message: 'Line 3 is no JSON: three' },
    });
  });

  it('take an answer that is there already, but not one that was read', async () => {
    const response = await fetch(faults('parts', { parts: 'one\ntwo', type: 'text/plain' }).url);
    expect(await settle(() => collect(streamLines(response)))).toMatchObject({ value: ['one', 'two'] });
    expect(() => streamLines(response)).toThrow('must be one whose body is still to be read');
  });

  it('let go of an answer of which nothing was read', async () => {
    const { url, fate } = faults('parts', { parts: 'one\n', then: 'stall' });
    const response = await cancelableFetch(url);
    await settle(() => streamLines(response).return()).then(({ status }) => expect(status).toBe('completed'));
    expect((await fate()).sentWhole).toBe(false);
  });
});

describe('the events of a stream', () => {
  it('are given as soon as their last line has ended, by a CR alone as well', async () => {
    const { url } = faults('parts', { parts: 'data: 1\r\r', then: 'stall' });
    const outcome = await settle(async () => (await streamEvents(url).next()).value?.data);
    expect(outcome).toMatchObject({ status: 'completed', value: '1' });
  });

  it('are the same when each byte comes alone', async () => {
    const text = '\uFEFF: hi\r\nid: ü\r\ndata: Grüße €\r\ndata: 😀\r\n\r\n';
    const { url } = faults('parts', { parts: text, bytes: 1, delay: 1 });
    expect(await settle(() => collect(streamEvents(url)))).toMatchObject({
      value: [{ type: 'message', data: 'Grüße €\n😀', lastEventId: 'ü' }],
    });
  });

  it('begin after one byte order mark, not after two', async () => {
    const { url } = faults('parts', { parts: '\uFEFF\uFEFFdata: 1\n\ndata: 2\n\n' });
    expect(await settle(() => collect(streamEvents(url)))).toMatchObject({ value: [{ data: '2' }] });
  });

  it('are gone on with after an id in any letters, sent as UTF-8', async () => {
    const { url, fate } = faults('parts', { parts: '' });
    await settle(() => collect(streamEvents(url, { lastEventId: 'Größe 5 €' }))).then(({ status }) =>
      expect(status).toBe('completed'),
    );
    // Not all engines send the bytes that a header is given: WebKitGTK takes them for letters once more.
    const bytes = String.fromCharCode(...new TextEncoder().encode('Größe 5 €'));
    const expected = faults('parts', { parts: '' });
    await fetch(expected.url, { headers: { 'last-event-id': bytes } });
    expect((await fate()).headers['last-event-id']).toBe((await expected.fate()).headers['last-event-id']);
  });

  it('end at once where there are none (204)', async () => {
    const { url } = faults('status', { status: 204 });
    expect(await settle(() => collect(streamEvents(url)))).toMatchObject({ status: 'completed', value: [] });
  });
});

describe('the values of JSON lines', () => {
  it('before one that is none are given, and then the connection is closed', async () => {
    const { url, fate } = faults('parts', { parts: '1\n2\nthree\n4\n', type: 'application/x-ndjson', then: 'stall' });
    const seen: unknown[] = [];
    const outcome = await settle(async () => {
      const read = async (): Promise<void> => {
        for await (const value of streamJsonLines(url)) seen.push(value);
      };
      await expect(read()).rejects.toThrow('Line 3 is no JSON: three');
      expect((await fate()).sentWhole).toBe(false);
    });
    expect(outcome.status).toBe('completed');
    expect(seen).toEqual([1, 2]);
  });

  it('may come with a byte order mark, with CR LF and without a last line end', async () => {
    const { url } = faults('parts', { parts: '\uFEFF1\r\n\r\n{"a|":2}\r|\n3', type: 'application/x-ndjson' });
    expect(await settle(() => collect(streamJsonLines(url)))).toMatchObject({ value: [1, { a: 2 }, 3] });
  });

  it('cost the same each, however many came at once', { timeout: 60_000 }, async () => {
    const timeFor = async (count: number): Promise<number> => {
      const chunk = new TextEncoder().encode('1\n'.repeat(count));
      const answer = new Response(new ReadableStream({ pull: (body) => (body.enqueue(chunk), body.close()) }));
      const started = performance.now();
      const outcome = await settle(async () => {
        let sum = 0;
        for await (const value of streamJsonLines<number>(answer)) sum += value;
        return sum;
      });
      expect(outcome).toMatchObject({ status: 'completed', value: count });
      return performance.now() - started;
    };
    const few = await timeFor(100_000);
    // In Chromium it was 100 times as long when each took its turn by Array.shift.
    expect(await timeFor(800_000)).toBeLessThan(few * 32);
  });
});

describe('an answer that is given to a stream', () => {
  it.each<[string, () => Promise<unknown> | undefined]>([
    ['left', () => undefined],
    ['ended by an error', () => Promise.reject(new Error('Mine'))],
  ])('is not locked any more when its loop is %s', async (_name, end) => {
    const { url, fate } = faults('parts', { parts: 'one\ntwo\n', type: 'text/plain', then: 'stall' });
    const response = await cancelableFetch(url);
    await settle(async () => {
      for await (const line of streamLines(response)) {
        expect(line).toBe('one');
        await end();
        break;
      }
    });
    expect((await fate()).sentWhole).toBe(false);
    expect(response.body!.locked).toBe(false);
  });

  it('is refused while another reads it', async () => {
    const response = await fetch(faults('parts', { parts: 'one', type: 'text/plain' }).url);
    response.body!.getReader();
    expect(() => streamLines(response)).toThrow('must be one whose body is still to be read');
  });

  it('that is no event stream rejects, and is let go', async () => {
    const { url, fate } = faults('parts', { parts: 'one', type: 'text/plain', then: 'stall' });
    const response = await cancelableFetch(url);
    await settle(async () => {
      await expect(streamEvents(response).next()).rejects.toThrow('is no event stream');
      expect((await fate()).sentWhole).toBe(false);
    }).then(({ status }) => expect(status).toBe('completed'));
  });
});

it('two loops over one stream share its items', async () => {
  const { url } = faults('parts', { parts: '1\n2\n3\n4\n', type: 'application/x-ndjson' });
  const outcome = await settle(async (op) => {
    const rows = streamJsonLines<number>(url);
    return (await op.wait(Promise.all([collect(rows), collect(rows)]))).flat().toSorted((one, other) => one - other);
  });
  expect(outcome).toMatchObject({ status: 'completed', value: [1, 2, 3, 4] });
});
