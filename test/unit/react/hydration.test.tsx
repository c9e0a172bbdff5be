import { act, fireEvent, render, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import {
  CancelableBoundary,
  getProgressProps,
  ProgressBar,
  useBoundary,
  useCancelable,
  useCancelableEffect,
  useIsBusy,
  useOperations,
  useProgress,
  useShared,
} from 'use-cancelable';
import { untilCanceled } from '../operation/bodies.ts';
import { nextFrame } from './nextFrame.ts';
import { renderToStringInPage } from './renderToStringInPage.ts';

function Task(): ReactNode {
  const task = useCancelable({ timeout: 10_000 });
  return (
    <>
      <button type="button" onClick={() => void task.run(untilCanceled)}>
        {task.status}
      </button>
      <ProgressBar of={task} aria-label="Task" />
    </>
  );
}

function Overview(): ReactNode {
  return (
    <div {...getProgressProps(useProgress())} aria-label="Page">
      {useBoundary()?.name}
    </div>
  );
}

function Page(): ReactNode {
  return (
    <CancelableBoundary name="page" fallback={<i>waiting</i>}>
      <Overview />
      <Task />
    </CancelableBoundary>
  );
}

describe('hydrating what a server has rendered', () => {
  it('finds the same in the page, and works from then on [case 298]', async () => {
    const container = document.body.appendChild(document.createElement('div'));
    container.innerHTML = renderToStringInPage(<Page />);
    const button = screen.getByRole('button');
    // A difference would be an error in the console, and new elements.
    await act(async () => void render(<Page />, { container, hydrate: true }));
    expect(screen.getByRole('button')).toBe(button);
    await act(async () => void fireEvent.click(button));
    expect(button.textContent).toBe('running');
    expect(screen.getByRole('progressbar', { name: 'Page' }).dataset).toMatchObject({ status: 'running' });
    await act(nextFrame);
    expect(screen.getByRole<HTMLProgressElement>('progressbar', { name: 'Task' }).position).toBe(-1);
  });

  it('starts effects and shared work in the page, from the snapshot that the server has shown', async () => {
    function Work(): ReactNode {
      const effect = useCancelableEffect(() => 'loaded', []);
      const shared = useShared('work', () => 'shared');
      return (
        <p>{[effect.status, effect.data, shared.status, shared.data, useIsBusy(), useOperations().length].join(' ')}</p>
      );
    }
    const container = document.body.appendChild(document.createElement('div'));
    container.innerHTML = renderToStringInPage(<Work />);
    expect(container.textContent).toBe('idle  idle  false 0');
    await act(async () => void render(<Work />, { container, hydrate: true }));
    expect(container.textContent).toBe('completed loaded completed shared false 0');
  });
});
