import { describe, expect, it } from 'vitest';
import {
  defaultSettings,
  describe as describeSettings,
  forecast,
  type Settings,
} from '../../../playground/pages/transfer/settings.ts';

const files = [{ name: 'node', title: 'Node.js', size: 98_900_000, etag: '"v1"' }];
const settings = (parts: Partial<Settings>): Settings => ({ ...defaultSettings, ...parts });

describe('the settings of a transfer', () => {
  it.each<[string, Partial<Settings>]>([
    ['node, 98.9 MB, at 4 MB/s, timeout 60 s', {}],
    ['node, 98.9 MB, at full speed, no timeout', { rate: undefined, timeout: undefined }],
    ['missing, at 4 MB/s, timeout 10 s', { file: 'missing', timeout: 10_000 }],
  ])('read “%s”', (words, parts) => {
    expect(describeSettings(settings(parts), files)).toBe(words);
  });

  it.each<[string, Partial<Settings>]>([
    ['At 4 MB/s this takes about 25 s.', {}],
    ['At 1 MB/s this takes about 99 s, longer than its timeout.', { rate: 1e6 }],
    ['At 1 MB/s this takes about 99 s.', { rate: 1e6, timeout: undefined }],
    ['As fast as this machine goes.', { rate: undefined }],
    ['The server has no such file, and will say so.', { file: 'missing' }],
    ['', { file: 'another' }],
  ])('let one expect: “%s”', (words, parts) => {
    expect(forecast(settings(parts), files)).toBe(words);
  });
});
