import { act, render, renderHook, screen } from '@testing-library/react';
import { Component, type ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import {
  CancelableBoundary,
  ProgressBar,
  useCancelable,
  useCancelableEffect,
  useProgress,
  useProgressEffect,
  useShared,
} from 'use-cancelable';
import { untilCanceled } from '../operation/bodies.ts';
import { expectCaughtErrors } from './caughtErrors.ts';

interface CatcherProps {
  readonly onError: (error: unknown) => void;
  readonly children: ReactNode;
}

class Catcher extends Component<CatcherProps, { readonly isBroken: boolean }> {
  override readonly state = { isBroken: false };

  static getDerivedStateFromError(): { readonly isBroken: boolean } {
    return { isBroken: true };
  }

  override componentDidCatch(error: unknown): void {
    this.props.onError(error);
  }

  override render(): ReactNode {
    return this.state.isBroken ? null : this.props.children;
  }
}

/** The error that rendering it ends with. */
function errorOf(element: ReactNode): unknown {
  const errors: unknown[] = [];
  render(<Catcher onError={(error) => errors.push(error)}>{element}</Catcher>, expectCaughtErrors());
  expect(errors).toHaveLength(1);
  return errors[0];
}

function Task({ options }: { readonly options: object }): ReactNode {
  useCancelable(options);
  return null;
}

function TaskOfFunction({ options }: { readonly options: object }): ReactNode {
  useCancelable(() => {}, options);
  return null;
}

function View({ target, options }: { readonly target?: unknown; readonly options?: object }): ReactNode {
  useProgress(target as undefined, options as object);
  return null;
}

const signalLike = { aborted: 'no' };

describe('a bad option of useCancelable', () => {
  it.each<[object, typeof TypeError, RegExp]>([
    [{ timeout: 'ten' }, TypeError, /"timeout".*"ten" \(string\)/],
    [{ timeout: Number.NaN }, RangeError, /"timeout".*NaN/],
    [{ timeout: -5 }, RangeError, /"timeout".*-5/],
    [{ timeout: 0 }, RangeError, /"timeout".*0/],
    [{ timeout: { second: 5 } }, TypeError, /"timeout".*"second"/],
    [{ timeOut: 5 }, TypeError, /useCancelable.*"timeOut"/],
    [{ policy: 'newest' }, TypeError, /"policy".*"restart".*"newest"/],
    [{ maxConcurrency: 0 }, RangeError, /"maxConcurrency".*above zero.*0/],
    [{ maxConcurrency: '2' }, TypeError, /"maxConcurrency".*"2"/],
    [{ lifetime: 'page' }, TypeError, /"lifetime".*"component", "boundary", "app".*"page"/],
    [{ onHidden: true }, TypeError, /"onHidden".*"cancel".*true/],
    [{ name: 7 }, TypeError, /"name".*7/],
    [{ signal: signalLike }, TypeError, /"signal".*AbortSignal/],
    [{ token: {} }, TypeError, /"token".*CancelationToken/],
    [{ sources: [{}] }, TypeError, /"sources\[0\]"/],
    [{ weight: -1 }, RangeError, /"weight".*-1/],
    [{ grace: 'long' }, TypeError, /"grace".*"long"/],
    [{ children: 'leave' }, TypeError, /"children".*"leave"/],
    [{ metadata: 'text' }, TypeError, /"metadata".*"text"/],
    // What a hook decides by itself.
    [{ id: 'one' }, TypeError, /useCancelable.*"id"/],
    [{ parent: null }, TypeError, /useCancelable.*"parent"/],
  ])('is thrown in render, by its name: %o', (options, type, words) => {
    for (const element of [<Task key="1" options={options} />, <TaskOfFunction key="2" options={options} />]) {
      const error = errorOf(element);
      expect(error).toBeInstanceOf(type);
      expect((error as Error).message).toMatch(words);
    }
  });

  it.each([null, 'fast', 7])('is thrown when there are options that are no object: %o', (options) => {
    expect(errorOf(<TaskOfFunction options={options as never} />)).toBeInstanceOf(TypeError);
    expect(errorOf(<Task options={options as never} />)).toBeInstanceOf(TypeError);
  });

  it('may be undefined, as an option that was not given', () => {
    const options = { timeout: undefined, policy: undefined, onHidden: undefined, name: undefined };
    expect(renderHook(() => useCancelable(options)).result.current.status).toBe('idle');
  });

  it('is thrown when it turns bad later, and what runs is canceled with the component', () => {
    const errors: unknown[] = [];
    const page = (options: object): ReactNode => (
      <Catcher onError={(error) => errors.push(error)}>
        <Task options={options} />
      </Catcher>
    );
    const { rerender } = render(page({ timeout: 5 }), expectCaughtErrors());
    rerender(page({ timeout: -5 }));
    expect(errors).toEqual([expect.any(RangeError)]);
  });
});

describe('a bad argument of useCancelableEffect', () => {
  it.each<[unknown, unknown, unknown, RegExp]>([
    ['load', [], undefined, /effect of useCancelableEffect.*a function.*"load"/],
    [() => 1, undefined, undefined, /dependencies of useCancelableEffect.*a list.*undefined/],
    [() => 1, {}, undefined, /dependencies of useCancelableEffect.*an object/],
    [() => 1, [], { polici: 'drop' }, /useCancelableEffect.*"polici"/],
    [() => 1, [], { timeout: -1 }, /"timeout".*-1/],
  ])('is thrown in render, by its name: %o, %o, %o', (effect, deps, options, words) => {
    function Bad(): ReactNode {
      useCancelableEffect(effect as () => number, deps as [], options as object);
      return null;
    }
    expect(String(errorOf(<Bad />))).toMatch(words);
  });
});

describe('a bad argument of useShared', () => {
  it.each<[unknown, unknown, unknown, RegExp]>([
    [undefined, () => 1, undefined, /key of useShared.*a string, a number or a list of them.*undefined/],
    [{ user: 1 }, () => 1, undefined, /key of useShared.*an object/],
    [['user', {}], () => 1, undefined, /key of useShared.*an array/],
    ['user', 'load', undefined, /task of useShared.*a function.*"load"/],
    ['user', () => 1, { policy: 'drop' }, /useShared.*"policy"/],
    ['user', () => 1, { timeout: -1 }, /"timeout"/],
  ])('is thrown in render, by its name: %o, %o, %o', (key, task, options, words) => {
    function Bad(): ReactNode {
      useShared(key as string, task as () => number, options as object);
      return null;
    }
    expect(String(errorOf(<Bad />))).toMatch(words);
  });
});

describe('a bad argument of useProgressEffect', () => {
  it('is thrown in render, by its name', () => {
    function Bad(): ReactNode {
      useProgressEffect(null, 'write' as never);
      return null;
    }
    expect(String(errorOf(<Bad />))).toMatch(/function of useProgressEffect.*a function.*"write"/);
  });
});

describe('a bad prop of CancelableBoundary', () => {
  it.each<[object, typeof TypeError, RegExp]>([
    [{ timeout: 'ten' }, TypeError, /"timeout".*"ten"/],
    [{ timeout: -1 }, RangeError, /"timeout".*-1/],
    [{ onCancel: 'log' }, TypeError, /"onCancel".*"log"/],
    [{ onProgress: {} }, TypeError, /"onProgress"/],
    [{ onHidden: 'stay' }, TypeError, /"onHidden".*"stay"/],
    [{ sources: {} }, TypeError, /"sources"/],
    [{ parent: null }, TypeError, /<CancelableBoundary>.*"parent"/],
    [{ className: 'page' }, TypeError, /<CancelableBoundary>.*"className"/],
  ])('is thrown in render, by its name: %o', (props, type, words) => {
    const error = errorOf(<CancelableBoundary {...props}>text</CancelableBoundary>);
    expect(error).toBeInstanceOf(type);
    expect((error as Error).message).toMatch(words);
  });
});

describe('a bad argument of useProgress', () => {
  it.each<[object, typeof TypeError, RegExp]>([
    [{ throttle: -1 }, RangeError, /"throttle".*-1/],
    [{ throttle: 'often' }, TypeError, /"throttle".*"often"/],
    [{ select: 'progress' }, TypeError, /"select".*"progress"/],
    [{ throtle: 5 }, TypeError, /useProgress.*"throtle"/],
  ])('is thrown in render, by its name: %o', (options, type, words) => {
    const error = errorOf(<View options={options} />);
    expect(error).toBeInstanceOf(type);
    expect((error as Error).message).toMatch(words);
  });

  it.each([7, 'page', {}, () => {}])('is thrown in render when it is nothing that has progress: %o', (target) => {
    expect(errorOf(<View target={target} />)).toBeInstanceOf(TypeError);
    expect(errorOf(<ProgressBar of={target as never} />)).toBeInstanceOf(TypeError);
  });
});

describe('a body that is no function', () => {
  it.each(['restart', 'drop', 'parallel'] as const)(
    'rejects and changes nothing else, with the policy %s',
    async (policy) => {
      const { result } = renderHook(() => useCancelable({ policy }));
      await act(async () => {
        await expect(result.current.run('nonsense' as never)).rejects.toThrow(TypeError);
        await expect(result.current.settle(undefined as never)).rejects.toThrow(TypeError);
      });
      expect(result.current.status).toBe('idle');
      act(() => void result.current.run(untilCanceled));
      const operation = result.current.operation;
      await act(async () => expect(result.current.run({} as never)).rejects.toThrow(TypeError));
      expect(result.current).toMatchObject({ status: 'running', operation });
    },
  );

  it('is what onClick={run} makes of an event, where the hook has no function', async () => {
    const rejections: unknown[] = [];
    function Wrong(): ReactNode {
      const { run, status } = useCancelable();
      const start = run as unknown as (event: unknown) => Promise<unknown>;
      return (
        <button type="button" onClick={(event) => void start(event).catch((error: unknown) => rejections.push(error))}>
          {status}
        </button>
      );
    }
    render(<Wrong />);
    await act(async () => screen.getByRole('button').click());
    expect(rejections).toEqual([expect.any(TypeError)]);
    expect(screen.getByRole('button').textContent).toBe('idle');
  });
});

describe('a bad request of cancel', () => {
  it.each([7, true, [], { why: 'so' }, { reason: 7 }, { message: 7 }])('throws and cancels nothing: %o', (request) => {
    const { result } = renderHook(() => useCancelable());
    act(() => void result.current.run(untilCanceled));
    expect(() => result.current.cancel(request as never)).toThrow(TypeError);
    expect(result.current.operation?.status).toBe('running');
  });
});
