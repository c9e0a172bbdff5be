import {
  useEffect,
  useInsertionEffect,
  useLayoutEffect,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';

type Hook = 'initializer' | 'memo' | 'insertion' | 'layout' | 'ref' | 'passive' | 'store';

/** What React has done with the hooks of a probe. */
export interface Findings {
  /** All of it, in its order. */
  readonly lines: string[];
  /** By hook: `+` for each time that it was called or set up, `-` for each time that it was cleaned up. */
  marks(): Partial<Record<Hook, string>>;
  call(hook: Hook): void;
  /** To be returned by an effect: its cleanup. */
  readonly setUp: (hook: Hook) => () => void;
  readonly subscribe: () => () => void;
  readonly ref: (element: HTMLElement | null) => void;
}

/** `onLine` is called for each line as it is written. */
export function createFindings(onLine?: (line: string) => void): Findings {
  const lines: string[] = [];
  const write = (line: string): void => {
    lines.push(line);
    onLine?.(line);
  };
  const setUp = (hook: Hook) => {
    write(`${hook} +`);
    return () => write(`${hook} -`);
  };
  return {
    lines,
    marks() {
      const marks: Partial<Record<string, string>> = {};
      for (const line of lines) {
        const [hook = '', mark = ''] = line.split(' ');
        marks[hook] = (marks[hook] ?? '') + mark;
      }
      return marks;
    },
    call: (hook) => write(`${hook} +`),
    setUp,
    subscribe: () => setUp('store'),
    ref: (element) => write(element === null ? 'ref -' : 'ref +'),
  };
}

/** Effects that are set up, and the jobs that their cleanups have queued, in the order in which they come. */
export function createOrder(): { readonly findings: Findings; readonly order: string[] } {
  const order: string[] = [];
  const findings = createFindings((line) => {
    if (line.endsWith('-')) queueMicrotask(() => order.push('job'));
    else if (!/^(initializer|memo)/.test(line)) order.push('set up');
  });
  return { findings, order };
}

const getNothing = (): undefined => undefined;

/** Has one hook of each kind, and nothing of the package. */
export function useProbe({ call, setUp, subscribe }: Findings): void {
  // Compiled, it would have a memory of another kind.
  'use no memo';
  useState(() => call('initializer'));
  // oxlint-disable-next-line react/void-use-memo -- it is looked at when it is called
  useMemo(() => call('memo'), [call]);
  useInsertionEffect(() => setUp('insertion'), [setUp]);
  useLayoutEffect(() => setUp('layout'), [setUp]);
  useEffect(() => setUp('passive'), [setUp]);
  useSyncExternalStore(subscribe, getNothing);
}

export interface ProbeProps {
  readonly findings: Findings;
  readonly children?: ReactNode;
}

export function Probe({ findings, children }: ProbeProps): ReactNode {
  useProbe(findings);
  return (
    // oxlint-disable-next-line react/refs -- a callback that writes down when it is called
    <div id="probe" ref={findings.ref}>
      {children}
    </div>
  );
}
