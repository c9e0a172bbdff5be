import type { Meta, StoryObj } from '@storybook/react-vite';
import { useState, type ReactNode } from 'react';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { CancelableBoundary, useBoundary, useCancelable, type OperationContext } from 'use-cancelable';
import { count } from './work.ts';

function Job({ name }: { name: string }): ReactNode {
  const { run, status, reason } = useCancelable({ name });
  return (
    <li>
      <button onClick={() => void run((op) => count(op, 1000))}>{name}</button> {status} {reason}
    </li>
  );
}

function StopAll(): ReactNode {
  const page = useBoundary();
  return (
    <button onClick={page?.cancel} disabled={page?.isRunning !== true}>
      Stop all
    </button>
  );
}

interface PageProps {
  name: string;
  onCancel: (context: OperationContext) => void;
}

function Page({ name, onCancel }: PageProps): ReactNode {
  const [isThere, setIsThere] = useState(true);
  return (
    <>
      <button onClick={() => setIsThere(!isThere)}>{isThere ? 'Leave the page' : 'Come back'}</button>
      {isThere && (
        <CancelableBoundary name={name} onCancel={onCancel}>
          <ul>
            <Job name="Download" />
            <Job name="Index" />
          </ul>
          <StopAll />
        </CancelableBoundary>
      )}
    </>
  );
}

const meta: Meta<typeof Page> = {
  title: 'Components/CancelableBoundary',
  component: Page,
  args: { name: 'page', onCancel: fn() },
};
export default meta;

type Story = StoryObj<typeof Page>;

export const LeavingStopsAll: Story = {
  play: async ({ canvasElement, args }) => {
    const canvas = within(canvasElement);
    await userEvent.click(canvas.getByRole('button', { name: 'Download' }));
    await userEvent.click(canvas.getByRole('button', { name: 'Index' }));
    await userEvent.click(canvas.getByRole('button', { name: 'Leave the page' }));
    await waitFor(() => expect(args.onCancel).toHaveBeenCalledOnce());
    await expect(args.onCancel).toHaveBeenCalledWith(expect.objectContaining({ cancelReason: 'unmount' }));
  },
};

export const OneButtonStopsAll: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(canvas.getByRole('button', { name: 'Download' }));
    await userEvent.click(canvas.getByRole('button', { name: 'Stop all' }));
    await expect(canvas.getByText(/canceled parent/)).toBeInTheDocument();
    await expect(canvas.getByRole('button', { name: 'Stop all' })).toBeDisabled();
  },
};
