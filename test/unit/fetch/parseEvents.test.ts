import { array, assert, constantFrom, nat, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEventParser, type ServerSentEvent } from '../../../src/fetch/parseEvents.ts';

const parse = (...pieces: string[]): ServerSentEvent[] => {
  const parser = createEventParser();
  return pieces.flatMap((piece) => [...parser.take(piece)]);
};

describe('the events of a text', () => {
  it.each<[string, string, Partial<ServerSentEvent>[]]>([
    ['one line', 'data: a\n\n', [{ type: 'message', data: 'a' }]],
    ['several lines', 'data: a\ndata:  b\ndata\n\n', [{ data: 'a\n b\n' }]],
    [
      'a name',
      'event: token\ndata:a\n\ndata:b\n\n',
      [
        { type: 'token', data: 'a' },
        { type: 'message', data: 'b' },
      ],
    ],
    ['comments and unknown fields', ': hi\nfoo: bar\ndata: a\n\n', [{ data: 'a' }]],
    ['no data', 'event: token\n\ndata: a\n\n', [{ type: 'message', data: 'a' }]],
    ['empty data', 'data\n\n', [{ data: '' }]],
    ['ids, which stay', 'id: 1\ndata: a\n\ndata: b\n\n', [{ lastEventId: '1' }, { lastEventId: '1' }]],
    ['an id with a null, which is none', 'id: 1\0\ndata: a\n\n', [{ lastEventId: '' }]],
    ['an event that is cut off', 'data: a\n\ndata: b\n', [{ data: 'a' }]],
  ])('%s', (_name, text, expected) => {
    const events = parse(text);
    expect(events).toHaveLength(expected.length);
    expect(events).toMatchObject(expected);
  });

  it('keeps the id of an event without data, and the time between connections', () => {
    const parser = createEventParser();
    expect([...parser.take('id: 7\nretry: 50\n\nretry: soon\n\n')]).toEqual([]);
    expect([parser.lastEventId, parser.retry]).toEqual(['7', 50]);
  });

  it('are the same wherever the text is cut, and whatever ends its lines', () => {
    const line = constantFrom('data: a', 'data:b', 'event: x', 'id: 3', ': c', '', '', 'data');
    assert(
      property(array(line), constantFrom('\n', '\r', '\r\n'), array(nat()), (lines, end, cuts) => {
        const whole = lines.map((each) => `${each}\n`).join('');
        const text = lines.map((each) => `${each}${end}`).join('');
        const places = cuts.map((cut) => cut % (text.length + 1)).toSorted((one, other) => one - other);
        const pieces = [0, ...places].map((place, index) => text.slice(place, places[index] ?? text.length));
        expect(parse(...pieces)).toEqual(parse(whole));
      }),
    );
  });

  it('cost no more than their length, in however many pieces a line comes', () => {
    const parser = createEventParser();
    const piece = 'a'.repeat(100);
    const started = performance.now();
    const take = (text: string): ServerSentEvent[] => [...parser.take(text)];
    take('data: ');
    for (let count = 0; count < 50_000; count += 1) take(piece);
    const [event] = take('\n\n');
    expect(event!.data).toHaveLength(5_000_000);
    // A parser that looks at the whole of it for each piece takes minutes.
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
