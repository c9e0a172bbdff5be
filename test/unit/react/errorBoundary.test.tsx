import { act, fireEvent, render, screen } from '@testing-library/react';
import { Component, type ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { CancelableBoundary, useCancelable, type Cancelable, type CancelableBoundaryProps } from 'use-cancelable';
import { untilCanceled } from '../operation/bodies.ts';
import { nextTask } from '../operation/nextTask.ts';
import { expectCaughtErrors } from './caughtErrors.ts';

class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly error: Error | undefined }> {
  override readonly state: { readonly error: Error | undefined } = { error: undefined };

  static getDerivedStateFromError(error: Error): { readonly error: Error } {
    return { error };
  }

  override render(): ReactNode {
    return this.state.error === undefined ? this.props.children : <p role="alert">{this.state.error.message}</p>;
  }
}

interface ReportProps {
  readonly body: (op: Cancelable) => unknown;
}

/** Hands the failure of its run to the nearest error boundary, as an application does. */
function Report({ body }: ReportProps): ReactNode {
  const { run, cancel, status, error } = useCancelable({ timeout: 60_000 });
  if (error !== undefined) throw error as Error;
  return (
    <>
      <button
        type="button"
        onClick={() => {
          // The failure is shown by the error boundary.
          run(body).catch(() => undefined);
        }}
      >
        Start
      </button>
      <button type="button" onClick={cancel}>
        Stop
      </button>
      <output>{status}</output>
    </>
  );
}

function Page({ body, ...props }: ReportProps & CancelableBoundaryProps): ReactNode {
  return (
    <ErrorBoundary>
      <CancelableBoundary {...props}>
        <Report body={body} />
      </CancelableBoundary>
    </ErrorBoundary>
  );
}

describe('a failure that a component throws', () => {
  it('reaches the nearest error boundary [case 299]', async () => {
    render(<Page body={() => Promise.reject(new Error('out of paper'))} />, expectCaughtErrors());
    await act(async () => void fireEvent.click(screen.getByText('Start')));
    expect(screen.getByRole('alert').textContent).toBe('out of paper');
  });

  it('takes the other work of the page with it: the error boundary has unmounted it', async () => {
    let other: Cancelable | undefined;
    function Other(): ReactNode {
      const { run } = useCancelable();
      return (
        <button
          type="button"
          onClick={() =>
            void run((op) => {
              other = op;
              return untilCanceled(op);
            })
          }
        >
          Other
        </button>
      );
    }
    render(
      <ErrorBoundary>
        <CancelableBoundary name="page">
          <Report body={() => Promise.reject(new Error('out of paper'))} />
          <Other />
        </CancelableBoundary>
      </ErrorBoundary>,
      expectCaughtErrors(),
    );
    fireEvent.click(screen.getByText('Other'));
    await act(async () => void fireEvent.click(screen.getByText('Start')));
    await nextTask();
    expect(screen.getByRole('alert')).toBeInstanceOf(HTMLElement);
    expect(other).toMatchObject({ status: 'canceled', reason: 'parent', parent: { name: 'page', reason: 'unmount' } });
  });

  it('is also one where the error is a cancelation of another operation: a save that timed out must not vanish', async () => {
    const body = (op: Cancelable): Promise<unknown> => {
      const save = op.child({ name: 'save', timeout: 1 });
      return op.wait(save.run(untilCanceled));
    };
    render(<Page body={body} />, expectCaughtErrors());
    await act(async () => {
      fireEvent.click(screen.getByText('Start'));
      await new Promise((resolve) => setTimeout(resolve, 30));
    });
    expect(screen.getByRole('alert').textContent).toMatch(/timed out/);
  });
});

describe('a cancelation', () => {
  it.each<[string, (stop: () => void) => void]>([
    ['by the component itself', () => void fireEvent.click(screen.getByText('Stop'))],
    ['by the boundary', (cancelPage) => cancelPage()],
  ])('%s reaches no error boundary [case 299]', async (_, cancel) => {
    let operation!: Cancelable;
    const body = (op: Cancelable): Promise<never> => {
      operation = op;
      return untilCanceled(op);
    };
    render(<Page body={body} />);
    await act(async () => void fireEvent.click(screen.getByText('Start')));
    await act(async () => cancel(() => void operation.parent?.cancel()));
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getByRole('status').textContent).toBe('canceled');
  });

  it('by a timeout reaches no error boundary either [case 299]', async () => {
    render(<Page body={untilCanceled} timeout={5} />);
    await act(async () => {
      fireEvent.click(screen.getByText('Start'));
      await new Promise((resolve) => setTimeout(resolve, 30));
    });
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getByRole('status').textContent).toBe('canceled');
  });

  it('that the body throws by itself is one too', async () => {
    const body = (op: Cancelable): void => {
      op.cancel('not today');
      op.throwIfCanceled();
    };
    render(<Page body={body} />);
    await act(async () => void fireEvent.click(screen.getByText('Start')));
    expect(screen.getByRole('status').textContent).toBe('canceled');
  });
});
