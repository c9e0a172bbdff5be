import type { Meta, StoryObj } from '@storybook/react-vite';
import { useState, type ReactNode } from 'react';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { CancelableBoundary, useCancelable, type Cancelable, type Lifetime } from 'use-cancelable';
import { count } from './work.ts';

interface DialogProps {
  readonly lifetime: Lifetime;
  readonly onSave: (op: Cancelable) => Promise<number>;
  readonly onClose: () => void;
}

function Dialog({ lifetime, onSave, onClose }: DialogProps): ReactNode {
  const { run } = useCancelable(onSave, { name: 'Save', lifetime });
  const saveAndClose = (): void => {
    void run();
    onClose();
  };
  return (
    <fieldset>
      <legend>Dialog</legend>
      <button onClick={saveAndClose}>Save and close</button>
    </fieldset>
  );
}

interface ApplicationProps {
  lifetime: Lifetime;
  /** How long saving takes, in steps of 20 ms. */
  steps: number;
}

/** A dialog that closes while it saves, in a page that may be left. */
function Application({ lifetime, steps }: ApplicationProps): ReactNode {
  const [isOpen, setIsOpen] = useState(true);
  const [isHere, setIsHere] = useState(true);
  const [fate, setFate] = useState('nothing saved');
  const save = (op: Cancelable): Promise<number> => {
    setFate('saving');
    op.onComplete(() => setFate('saved')).onCancel(({ cancelReason }) => setFate(`not saved: ${cancelReason}`));
    return count(op, steps);
  };
  return (
    <>
      {isHere && (
        <CancelableBoundary name="Page">
          {isOpen && <Dialog lifetime={lifetime} onSave={save} onClose={() => setIsOpen(false)} />}
        </CancelableBoundary>
      )}
      <button onClick={() => setIsHere(false)}>Leave the page</button>
      <output>{fate}</output>
    </>
  );
}

const meta: Meta<typeof Application> = {
  title: 'Lifetimes',
  component: Application,
  args: { steps: 20 },
  argTypes: { lifetime: { control: 'select', options: ['component', 'boundary', 'app'] } },
};
export default meta;

type Story = StoryObj<typeof Application>;

const play =
  (fate: string, leaves: boolean): NonNullable<Story['play']> =>
  async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(canvas.getByRole('button', { name: 'Save and close' }));
    if (leaves) await userEvent.click(canvas.getByRole('button', { name: 'Leave the page' }));
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent(fate), { timeout: 5000 });
    await expect(canvas.queryByRole('group')).toBeNull();
  };

/** The write dies with its button. */
export const Component: Story = { args: { lifetime: 'component' }, play: play('not saved: unmount', false) };

/** The write outlives its button. */
export const Boundary: Story = { args: { lifetime: 'boundary' }, play: play('saved', false) };

/** It ends with its page. */
export const BoundaryThatIsLeft: Story = {
  args: { lifetime: 'boundary', steps: 500 },
  play: play('not saved: parent', true),
};

/** The write outlives the page, too. */
export const App: Story = { args: { lifetime: 'app' }, play: play('saved', true) };
