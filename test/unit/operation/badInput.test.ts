import { describe, expect, it, vi } from 'vitest';
import { Cancelable, CancelationToken, sleep, type OperationOptions } from 'use-cancelable/core';
import { untilCanceled } from './bodies.ts';
import { collectReportedErrors } from './reportedErrors.ts';

/** What plain JavaScript may hand over. */
const wrong = (value: unknown): never => value as never;

const thrownBy = (callback: () => unknown): Error => {
  try {
    callback();
  } catch (error) {
    return error as Error;
  }
  throw new Error('expected it to throw');
};

const show = (value: unknown): string =>
  typeof value === 'bigint' || typeof value === 'symbol' ? value.toString() : (JSON.stringify(value) ?? 'undefined');

const badOptions: Array<[string, unknown, typeof TypeError | typeof RangeError, string[]]> = [
  ['timeout', 0, RangeError, ['0']],
  ['timeout', -5, RangeError, ['-5']],
  ['timeout', NaN, RangeError, ['NaN']],
  ['timeout', -Infinity, RangeError, ['-Infinity']],
  ['timeout', '100', TypeError, ['"100"']],
  ['timeout', null, TypeError, ['null']],
  ['timeout', true, TypeError, ['true']],
  ['timeout', 5n, TypeError, ['5']],
  ['timeout', {}, RangeError, []],
  ['timeout', { seconds: 0 }, RangeError, []],
  ['timeout', { seconds: -1 }, RangeError, ['seconds', '-1']],
  ['timeout', { seconds: NaN }, RangeError, ['seconds', 'NaN']],
  ['timeout', { seconds: '1' }, TypeError, ['seconds', '"1"']],
  ['timeout', { second: 1 }, TypeError, ['second']],
  ['grace', -1, RangeError, ['-1']],
  ['grace', NaN, RangeError, ['NaN']],
  ['grace', '5', TypeError, ['"5"']],
  ['weight', -1, RangeError, ['-1']],
  ['weight', NaN, RangeError, ['NaN']],
  ['weight', Infinity, RangeError, ['Infinity']],
  ['weight', '2', TypeError, ['"2"']],
  ['id', 5, TypeError, ['5 (number)']],
  ['id', '', RangeError, []],
  ['id', null, TypeError, ['null']],
  ['name', 5, TypeError, ['5 (number)']],
  ['name', Symbol('load'), TypeError, ['Symbol(load)']],
  ['metadata', 'text', TypeError, ['"text"']],
  ['metadata', [], TypeError, ['array']],
  ['metadata', null, TypeError, ['null']],
  ['parent', {}, TypeError, ['object']],
  ['parent', 'page', TypeError, ['"page"']],
  ['signal', {}, TypeError, ['AbortSignal']],
  ['signal', new AbortController(), TypeError, ['AbortSignal', 'AbortController']],
  ['signal', null, TypeError, ['null']],
  ['token', {}, TypeError, ['CancelationToken']],
  ['token', new AbortController().signal, TypeError, ['CancelationToken']],
  ['sources', {}, TypeError, ['array']],
  ['sources', 'pagehide', TypeError, ['"pagehide"']],
  ['sources', [null], TypeError, ['0', 'null']],
  ['sources', [new AbortController().signal, () => {}], TypeError, ['1']],
  ['sources', [{ stop: () => {} }], TypeError, ['0', 'start']],
  ['sources', [{ start: 5 }], TypeError, ['0', 'start']],
  ['children', 'stop', TypeError, ['"wait"', '"cancel"', '"stop"']],
  ['children', true, TypeError, ['true']],
];

describe('an option that makes no sense', () => {
  it.each(badOptions.map((row) => [`${row[0]}: ${show(row[1])}`, ...row] as const))(
    'is refused by name: %s [cases 52, 254]',
    (_, option, value, type, words) => {
      const options = wrong({ [option]: value });
      const error = thrownBy(() => new Cancelable(options));
      expect(error).toBeInstanceOf(type);
      for (const word of [option, ...words]) expect(error.message).toContain(word);
      const helpers = [
        option === 'parent' ? undefined : () => new Cancelable().child(options),
        option === 'timeout' ? undefined : () => Cancelable.withTimeout(5, options),
      ];
      for (const helper of helpers) expect(helper ?? (() => new Cancelable(options))).toThrow(error.message);
    },
  );

  it.each(['timeOut', 'Timeout', 'canceled', 'onCancel', '__proto', '0'])('is unknown: %s [case 254]', (option) => {
    const error = thrownBy(() => new Cancelable(wrong({ [option]: 1 })));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toContain(`"${option}"`);
    expect(error.message).toContain('"timeout"');
    expect(() => new Cancelable(wrong({ [option]: undefined }))).toThrow(`"${option}"`);
  });

  it('is refused before anything is started or linked [case 254]', () => {
    const parent = new Cancelable();
    const start = vi.fn<() => void>();
    const { signal } = new AbortController();
    const add = vi.spyOn(signal, 'addEventListener');
    const sources = [{ start }];
    expect(() => new Cancelable({ parent, signal, sources, timeout: -1 })).toThrow(RangeError);
    expect(() => parent.child({ signal, sources, timeout: NaN })).toThrow(RangeError);
    expect(() => parent.spawn(() => 1, { timeout: NaN })).toThrow(RangeError);
    expect(parent.children).toEqual([]);
    expect(start).not.toHaveBeenCalled();
    expect(add).not.toHaveBeenCalled();
  });

  it('that is undefined is none', () => {
    const names = [
      'id',
      'name',
      'parent',
      'metadata',
      'timeout',
      'signal',
      'token',
      'sources',
      'weight',
      'grace',
      'children',
    ];
    const options: OperationOptions = Object.fromEntries(names.map((name) => [name, undefined]));
    expect(new Cancelable(options).status).toBe('pending');
    expect(new Cancelable(undefined).status).toBe('pending');
  });

  it('leaves the object of the caller as it was', () => {
    const options = Object.freeze({
      name: 'load',
      metadata: Object.freeze({}),
      sources: Object.freeze([]),
      timeout: 5,
    });
    expect(new Cancelable(options).name).toBe('load');
  });

  it.each([null, 5, 'load', [], () => {}, Symbol('x')])('cannot be had from what is no object: %s', (options) => {
    expect(() => new Cancelable(wrong(options))).toThrow(TypeError);
    expect(() => new Cancelable().child(wrong(options))).toThrow(TypeError);
    expect(() => new Cancelable().spawn(() => 1, wrong(options))).toThrow(TypeError);
    expect(() => Cancelable.withTimeout(5, wrong(options))).toThrow(TypeError);
  });
});

describe('the helpers', () => {
  it('refuse to do without what they are named for', () => {
    expect(() => Cancelable.withTimeout(wrong(undefined))).toThrow(/timeout/i);
    expect(() => Cancelable.withToken(wrong(undefined))).toThrow(/token/i);
    expect(() => Cancelable.withSignal(wrong(undefined))).toThrow(/signal/i);
    expect(() => Cancelable.withTimeout(0)).toThrow(RangeError);
    expect(() => Cancelable.withToken(wrong(new AbortController().signal))).toThrow(TypeError);
    expect(() => Cancelable.withSignal(wrong(new CancelationToken()))).toThrow(TypeError);
  });

  it('refuse an option that they give themselves', () => {
    expect(() => new Cancelable().child(wrong({ parent: null }))).toThrow(/parent/);
    expect(() => Cancelable.withTimeout(5, wrong({ timeout: 10 }))).toThrow(/timeout/);
  });

  it('take the other options', () => {
    const token = new CancelationToken();
    const parent = new Cancelable();
    expect(Cancelable.withTimeout({ seconds: 1 }, { name: 'load', parent }).parent).toBe(parent);
    expect(Cancelable.withToken(token, { timeout: 5 }).name).toBe('timeout 5ms');
    expect(Cancelable.withSignal(new AbortController().signal, { id: 'x' }).id).toBe('x');
  });
});

describe('a body that is no function', () => {
  it.each([undefined, null, 5, 'load', {}, Promise.resolve()])(
    'is refused, and the operation can still run: %s',
    async (body) => {
      const op = new Cancelable();
      await expect(op.run(wrong(body))).rejects.toThrow(TypeError);
      await expect(op.settle(wrong(body))).rejects.toThrow(/function/);
      expect(op.status).toBe('pending');
      await expect(op.run(() => 'value')).resolves.toBe('value');
    },
  );

  it('is refused by spawn before a child is made', async () => {
    const op = new Cancelable();
    await op.run(async (self) => {
      expect(() => self.spawn(wrong(5))).toThrow(/function/);
      expect(self.children).toEqual([]);
    });
  });
});

describe('a callback that is no function', () => {
  it.each(['onStart', 'onComplete', 'onCancel', 'onError', 'onProgress'] as const)('is refused by %s', (register) => {
    const op = new Cancelable();
    for (const value of [undefined, null, {}, 'callback']) {
      const error = thrownBy(() => op[register](wrong(value)));
      expect(error).toBeInstanceOf(TypeError);
      expect(error.message).toContain(register);
    }
    expect(() => op[register](() => {}, wrong({ signal: {} }))).toThrow(/signal/);
    expect(() => op[register](() => {}, wrong({ once: true }))).toThrow(/once/);
    expect(() => op[register](() => {}, wrong(new AbortController().signal))).toThrow(TypeError);
    expect(() => op[register](() => {}, { signal: undefined })).not.toThrow();
  });

  it('is refused by a token and by bind', () => {
    expect(() => new CancelationToken().onCancel(wrong('callback'))).toThrow(/function/);
    expect(() => new Cancelable().bind(wrong(undefined))).toThrow(/function/);
    const canceled = new CancelationToken();
    canceled.cancel();
    expect(() => canceled.onCancel(wrong('callback'))).toThrow(/function/);
  });
});

describe('a cancel that makes no sense', () => {
  it.each([
    [5],
    [null],
    [[]],
    [new Error('no')],
    [{ reason: 5 }],
    [{ message: 5 }],
    [{ reason: null }],
    [{ messsage: 'typo' }],
    [{ propagate: 'no' }],
    // What `onClick={op.cancel}` would hand over.
    [new Event('click')],
  ])('is refused, and cancels nothing: %j', (request) => {
    const op = new Cancelable();
    expect(() => op.cancel(wrong(request))).toThrow(TypeError);
    expect(op.status).toBe('pending');
    const token = new CancelationToken();
    expect(() => token.cancel(wrong(request))).toThrow(TypeError);
    expect(() => op.token.cancel(wrong(request))).toThrow(TypeError);
    expect(token.isCanceled).toBe(false);
  });

  it('is one of a token that asks for children: it has none', () => {
    expect(() => new CancelationToken().cancel(wrong({ propagate: false }))).toThrow(/propagate/);
  });

  it('is refused although the operation has ended', async () => {
    const op = new Cancelable();
    op.cancel();
    expect(() => op.cancel(wrong(5))).toThrow(TypeError);
  });

  it('is refused when a source fires with it', async () => {
    const reported = collectReportedErrors();
    for (const cause of [5, { reason: 7 }, { messsage: 'typo' }]) {
      const op = new Cancelable({
        sources: [
          {
            start(fire) {
              expect(() => fire(wrong(cause))).toThrow(TypeError);
              fire();
            },
          },
        ],
      });
      await op.settle(untilCanceled);
      expect(op.reason).toBe('condition');
    }
    expect(reported).toEqual([]);
  });
});

describe('a report that makes no sense', () => {
  it('is refused when the message is no text or the metadata no object', async () => {
    const op = new Cancelable();
    expect(() => op.report(wrong(5))).toThrow(/message/);
    expect(() => op.report(wrong(undefined))).toThrow(TypeError);
    expect(() => op.report('half', wrong(50))).toThrow(/metadata/);
    expect(() => op.report('half', wrong([]))).toThrow(TypeError);
    expect(() => op.report('half', wrong(null))).toThrow(TypeError);
  });
});

describe('a time to sleep that makes no sense', () => {
  it.each([-1, NaN, '5', null, undefined, { second: 1 }])('is refused: %j', (duration) => {
    expect(() => new Cancelable().sleep(wrong(duration))).toThrow(/time to sleep/i);
    expect(() => sleep(wrong(duration))).toThrow(/time to sleep/i);
  });
});
