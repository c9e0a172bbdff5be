import { useEffect, useRef, useState, type ComponentType, type ReactNode } from 'react';
import { ProgressBar, useProgress, type Cancelable } from '../../../src/index.ts';

interface BarProps {
  readonly of: Cancelable;
}

export interface Contender {
  readonly name: string;
  /** Absent: the reports alone. */
  readonly Bar?: ComponentType<BarProps>;
}

/** How often React has called the component of a bar. */
export let renderCount = 0;

function countRender(): void {
  renderCount += 1;
}

function OwnBar({ of }: BarProps): ReactNode {
  countRender();
  return <ProgressBar of={of} aria-label="Progress" />;
}

function SelectingBar({ of }: BarProps): ReactNode {
  countRender();
  const percent = useProgress(of, { select: ({ progress }) => Math.floor(progress ?? 0) });
  return <progress max={100} value={percent} aria-label="Progress" />;
}

function PlainBar({ of }: BarProps): ReactNode {
  countRender();
  const { progress } = useProgress(of);
  return <progress max={100} value={progress ?? 0} aria-label="Progress" />;
}

/** The page as one writes it first. */
function StateBar({ of }: BarProps): ReactNode {
  countRender();
  const [progress, setProgress] = useState(0);
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    of.onProgress((_id, _message, { current = 0, total = 1 }) => setProgress((100 * current) / total), { signal });
    return () => listening.abort();
  }, [of]);
  return <progress max={100} value={progress} aria-label="Progress" />;
}

/** The limit: the least that shows the same. */
function HandWrittenBar({ of }: BarProps): ReactNode {
  countRender();
  const bar = useRef<HTMLProgressElement>(null);
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    let shown = 0;
    of.onProgress(
      (_id, _message, { current = 0, total = 1 }) => {
        const percent = Math.floor((100 * current) / total);
        if (percent !== shown) bar.current!.value = percent;
        shown = percent;
      },
      { signal },
    );
    return () => listening.abort();
  }, [of]);
  return <progress ref={bar} max={100} value={0} aria-label="Progress" />;
}

export const contenders: readonly Contender[] = [
  { name: 'no interface' },
  { name: 'a ref, by hand', Bar: HandWrittenBar },
  { name: '<ProgressBar>', Bar: OwnBar },
  { name: 'useProgress, select', Bar: SelectingBar },
  { name: 'useProgress', Bar: PlainBar },
  { name: 'useState', Bar: StateBar },
];
