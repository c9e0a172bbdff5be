import { describe, expect, it } from 'vitest';
import { latestStep, lookOfRow, shareOf, wordsOf } from '../../../playground/shell/logRow.ts';
import type { LogRow } from '../../../playground/server/contract.ts';

function row(parts: Partial<LogRow>): LogRow {
  return { id: 1, time: 1000, method: 'GET', path: '/files/node', bytes: 0, state: 'sending', ...parts };
}

describe('what the log says of a request', () => {
  it.each<[string, string, Partial<LogRow>]>([
    ['sending', 'running', { bytes: 10, total: 100 }],
    ['sent whole', 'completed', { state: 'sent', status: 200 }],
    ['answered 404', 'failed', { state: 'answered', status: 404 }],
    ['broken off: EIO', 'failed', { state: 'answered', status: 200, error: 'EIO' }],
    ['client let go', 'canceled', { state: 'letGo' }],
    ['client let go: unmount', 'canceled', { state: 'letGo', reason: 'unmount' }],
    ['client let go: superseded', 'superseded', { state: 'letGo', reason: 'superseded' }],
    ['client let go: dropped', 'superseded', { state: 'letGo', reason: 'dropped' }],
    // The word of the page may come before the server sees the end.
    ['sending', 'running', { reason: 'unmount' }],
  ])('is “%s”, and looks %s', (words, look, parts) => {
    expect(wordsOf(row(parts))).toBe(words);
    expect(lookOfRow(row(parts))).toBe(look);
  });
});

describe('the share that has left', () => {
  it.each<[string, number | undefined, Partial<LogRow>]>([
    ['is what of the total has left', 25, { bytes: 25, total: 100 }],
    ['stays where it was cut', 25, { state: 'letGo', bytes: 25, total: 100 }],
    ['is all of what was sent whole, however much that is', 100, { state: 'sent', bytes: 318 }],
    ['is all of an empty answer', 100, { state: 'sent', total: 0 }],
    [
      'is nothing of what was asked for when something else was answered',
      0,
      { state: 'answered', status: 404, bytes: 60, total: 60 },
    ],
    ['stays where the server broke off', 50, { state: 'answered', status: 200, error: 'EIO', bytes: 50, total: 100 }],
    ['is unknown while nobody knows the total', undefined, { bytes: 25 }],
    ['is unknown before the first byte', undefined, {}],
    ['is nothing when the client let go before the first byte', 0, { state: 'letGo' }],
    ['is no division by zero', 0, { total: 0 }],
  ])('%s', (_, share, parts) => {
    expect(shareOf(row(parts))).toBe(share);
  });
});

describe('the requests that the latest step has ended', () => {
  const letGo = (id: number, endedAt: number, parts: Partial<LogRow> = {}): LogRow =>
    row({ id, endedAt, state: 'letGo', reason: 'unmount', ...parts });

  it('are those that the client let go at about the same time', () => {
    expect(latestStep([letGo(1, 5000), letGo(2, 8000), letGo(3, 8100)])).toEqual(new Set([2, 3]));
  });

  it('are none any more when another request has begun since', () => {
    expect(latestStep([letGo(1, 5000), row({ id: 2, time: 5001 })])).toEqual(new Set());
  });

  it('are not those that ended in a routine way, or by themselves', () => {
    const rows = [
      letGo(1, 5000),
      letGo(2, 5100, { reason: 'superseded' }),
      row({ id: 3, state: 'sent', endedAt: 5100 }),
      row({ id: 4, state: 'answered', status: 503, endedAt: 5100 }),
    ];
    expect(latestStep(rows)).toEqual(new Set([1]));
  });

  it.each<[string, LogRow[]]>([
    ['there are no requests', []],
    ['none has ended', [row({})]],
    ['all were sent', [row({ state: 'sent', endedAt: 2000 })]],
  ])('are none when %s', (_, rows) => {
    expect(latestStep(rows)).toEqual(new Set());
  });
});
