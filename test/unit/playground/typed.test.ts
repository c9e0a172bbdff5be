import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { typedSince } from '../../../playground/pages/search/typed.ts';

describe('what was typed since the last keystroke', () => {
  it.each([
    ['a first letter', '', 'n', { before: '', fresh: 'n', after: '' }],
    ['a letter at the end', 'no', 'not', { before: 'no', fresh: 't', after: '' }],
    ['a letter in the middle', 'ntice', 'notice', { before: 'n', fresh: 'o', after: 'tice' }],
    ['a letter in front', 'otice', 'notice', { before: '', fresh: 'n', after: 'otice' }],
    ['the same letter once more', 'aa', 'aaa', { before: 'aa', fresh: 'a', after: '' }],
    ['a word in place of another', 'grant', 'notice', { before: '', fresh: 'notice', after: '' }],
    ['nothing but a letter less', 'noti', 'not', { before: 'not', fresh: '', after: '' }],
    ['nothing but a letter less in the middle', 'notice', 'noice', { before: 'no', fresh: '', after: 'ice' }],
    ['nothing', 'not', 'not', { before: 'not', fresh: '', after: '' }],
    ['a letter of two halves that differ in one', '😀', '😁', { before: '', fresh: '😁', after: '' }],
    ['a letter that is made of several', '👩', '👩‍👧', { before: '', fresh: '👩‍👧', after: '' }],
    [
      'a letter at the end of a long text',
      'abcdefghijkl',
      'abcdefghijklm',
      { before: '…efghijkl', fresh: 'm', after: '' },
    ],
    ['a long text at once', '', 'abcdefghijklm', { before: '…', fresh: 'efghijklm', after: '' }],
    [
      'a letter in front of a long text',
      'bcdefghijklm',
      'abcdefghijklm',
      { before: '', fresh: 'a', after: 'bcdefghi' },
    ],
  ])('is %s', (_, previous, text, typed) => {
    expect(typedSince(previous, text)).toEqual(typed);
  });

  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'ß', '😀', '😁'), maxLength: 9 });

  it('is shown within the whole of a short text', () => {
    fc.assert(
      fc.property(text, text, (previous, text) => {
        const { before, fresh, after } = typedSince(previous, text);
        expect(before + fresh + after).toBe(text);
      }),
    );
  });

  it('cuts no letter in two, and shows no more than nine of a long one', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), fc.array(text, { maxLength: 4 }), (previous, text) => {
        const { before, fresh, after } = typedSince(previous.join(''), text.join(''));
        const letters = [before, fresh, after].flatMap((part) => Array.from(part)).filter((letter) => letter !== '…');
        expect(letters.every((letter) => 'abß😀😁'.includes(letter))).toBe(true);
        expect(letters.length).toBeLessThanOrEqual(9);
      }),
    );
  });
});
