import { request } from 'node:http';
import { describe, expect, it, vi } from 'vitest';

import { answerTo, tokensOf } from '../../playground/server/answers.ts';
import { hasEnded, letGoAfterFirstBytes, serve, waitForRow } from './serverSupport.ts';

const question = 'How does it reach the server?';

const post = (url: string, headers: Record<string, string> = {}, body = question): Promise<Response> =>
  fetch(url, { method: 'POST', headers, body });

interface Event {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly data: unknown;
}

function eventsOf(text: string): readonly Event[] {
  return text
    .split('\n\n')
    .filter((block) => block !== '')
    .map((block) => {
      const fields = new Map(block.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]));
      return { id: fields.get('id'), name: fields.get('event'), data: JSON.parse(fields.get('data') ?? 'null') };
    });
}

const textOf = (events: readonly Event[]): string =>
  events
    .filter(({ name }) => name === 'token')
    .map(({ data }) => data)
    .join('');

describe('an answer', () => {
  it('comes as numbered tokens and says when it is whole', async () => {
    const { url, errors } = await serve();
    const response = await post(`${url}/api/chat?delay=0`, { 'x-request-id': 'whole' });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
    const events = eventsOf(await response.text());
    const count = events.length - 1;
    expect(count).toBeGreaterThan(40);
    expect(events.map(({ id }) => id)).toEqual([
      ...Array.from({ length: count }, (_, index) => `${index + 1}`),
      undefined,
    ]);
    expect(events.at(-1)).toEqual({ id: undefined, name: 'end', data: { tokens: count } });
    expect(textOf(events)).toBe(answerTo(question));
    expect(await waitForRow(url, 'whole', hasEnded)).toMatchObject({
      method: 'POST',
      path: '/chat',
      state: 'sent',
      received: question.length,
    });
    expect(errors).toEqual([]);
  });

  it('is chosen by the question, and is the same each time', () => {
    expect(answerTo(question)).toBe(answerTo('And the SERVER?'));
    expect(answerTo(question)).not.toBe(answerTo('Good morning'));
    for (const text of [answerTo(question), answerTo('Good morning')]) expect(tokensOf(text).join('')).toBe(text);
  });

  it('comes one token after the other, not at once', async () => {
    const { url } = await serve();
    const response = await post(`${url}/api/chat?delay=20`, { 'x-request-id': 'streamed' });
    const reader = response.body!.getReader();
    const first = await reader.read();
    expect(eventsOf(Buffer.from(first.value!).toString())[0]).toMatchObject({ id: '1', name: 'token' });
    const row = await waitForRow(url, 'streamed', ({ bytes }) => bytes > 0);
    expect(row.state).toBe('sending');
    expect(row.total).toBeUndefined();
    await reader.cancel();
  });

  it.each([1, 17, tokensOf(answerTo(question)).length])(
    'goes on behind token %d, to the very same text',
    async (last) => {
      const { url } = await serve();
      const whole = textOf(eventsOf(await (await post(`${url}/api/chat?delay=0`)).text()));
      const rest = await post(`${url}/api/chat?delay=0`, { 'last-event-id': `${last}` });
      const events = eventsOf(await rest.text());
      expect(events.at(-1)).toMatchObject({ name: 'end' });
      expect(tokensOf(whole).slice(0, last).join('') + textOf(events)).toBe(whole);
    },
  );
});

describe('a client that lets go of an answer', () => {
  it('is logged, and no more is written for it', async () => {
    const { url, backEnd, errors } = await serve();
    // The whole answer would take more than a minute.
    await letGoAfterFirstBytes(`${url}/api/chat?delay=1000`, 'gone', { method: 'POST', body: question });
    const row = await waitForRow(url, 'gone', hasEnded);
    expect(row).toMatchObject({ state: 'letGo', status: 200, path: '/chat' });
    await vi.waitFor(() => expect(backEnd.working).toBe(0));
    expect(errors).toEqual([]);
  });
});

describe('a client that lets go in the middle of its question', () => {
  it('is logged, and is no fault of the server', async () => {
    const { url, backEnd, errors } = await serve();
    const headers = { 'x-request-id': 'half', 'content-length': 100 };
    const asking = request(`${url}/api/chat`, { method: 'POST', headers, agent: false });
    asking.on('error', () => {}); // it is destroyed below
    asking.write('How does');
    await waitForRow(url, 'half', ({ state }) => state === 'sending');
    asking.destroy();
    expect(await waitForRow(url, 'half', hasEnded)).toMatchObject({ state: 'letGo', bytes: 0 });
    await vi.waitFor(() => expect(backEnd.working).toBe(0));
    expect(errors).toEqual([]);
  });
});

describe('an answer that is to break', () => {
  it('breaks half way, and says so in the log without being a fault of the server', async () => {
    const { url, backEnd, errors } = await serve();
    const response = await post(`${url}/api/chat?delay=0&cut=1`, { 'x-request-id': 'cut' });
    await expect(response.text()).rejects.toThrow('terminated');
    expect(await waitForRow(url, 'cut', hasEnded)).toMatchObject({
      state: 'answered',
      status: 200,
      path: '/chat?cut=1',
      error: 'it was made to break half way',
    });
    await vi.waitFor(() => expect(backEnd.working).toBe(0));
    expect(errors).toEqual([]);
  });

  it('does not break when it goes on, wherever the client has got to', async () => {
    const { url } = await serve();
    for (const last of [1, Math.floor(tokensOf(answerTo(question)).length / 2)]) {
      const rest = await post(`${url}/api/chat?delay=0&cut=1`, { 'last-event-id': `${last}` });
      expect(eventsOf(await rest.text()).at(-1)).toMatchObject({ name: 'end' });
    }
  });
});

describe('a question that is none', () => {
  it.each([
    ['', {}, 'question: expected a text of 1 to 500 characters, got nothing'],
    ['  \n', {}, 'question: expected a text of 1 to 500 characters, got nothing'],
    ['a'.repeat(501), {}, 'question: expected a text of 1 to 500 characters'],
    [question, { 'last-event-id': 'none' }, 'last-event-id: expected the number of a token, from 0 to'],
    [question, { 'last-event-id': '100000' }, 'last-event-id: expected'],
    [question, { 'last-event-id': '-1' }, 'last-event-id: expected'],
  ])('is refused with 400 and named: %s %o', async (body, headers, message) => {
    const { url, errors } = await serve();
    const response = await post(`${url}/api/chat`, headers, body);
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(message)]);
    expect(errors).toEqual([]);
  });

  it('is refused with 413 when it does not end, and with 405 when it is no POST', async () => {
    const { url } = await serve();
    const long = await post(`${url}/api/chat`, {}, 'a'.repeat(5000));
    expect([long.status, await long.text()]).toEqual([413, expect.stringContaining('4096 bytes')]);
    const got = await fetch(`${url}/api/chat`);
    expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it.each(['delay=soon', 'cut=yes'])('is refused when it asks for %s', async (parameter) => {
    const { url } = await serve();
    expect((await post(`${url}/api/chat?${parameter}`)).status).toBe(400);
  });
});
