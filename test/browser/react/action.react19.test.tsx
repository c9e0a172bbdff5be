import { Component, startTransition, useOptimistic, useState, useTransition, type ReactNode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { CancelableBoundary, ProgressBar, useCancelableAction, type Cancelable } from 'use-cancelable';
import { createGate, type Gate } from '../../unit/operation/gate.ts';
import { CancelPage } from './CancelPage.tsx';
import { mount } from './mount.tsx';
import { quiet } from './quiet.ts';

class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly error: Error | undefined }> {
  override readonly state: { readonly error: Error | undefined } = { error: undefined };

  static getDerivedStateFromError(error: Error): { readonly error: Error } {
    return { error };
  }

  override render(): ReactNode {
    return this.state.error === undefined ? this.props.children : <p id="alert">{this.state.error.message}</p>;
  }
}

/** What the actions of a form have met, and what holds them. */
interface Post {
  readonly operations: Cancelable[];
  readonly gates: Gate<string>[];
  /** Adds the word when its gate opens. The body heeds no signal. */
  readonly add: (op: Cancelable, previous: string, word: string) => Promise<string>;
}

function createPost(): Post {
  const operations: Cancelable[] = [];
  const gates: Gate<string>[] = [];
  return {
    operations,
    gates,
    async add(op, previous, word) {
      operations.push(op);
      const gate = createGate<string>();
      gates.push(gate);
      return `${previous} ${word} ${await gate.promise}`;
    },
  };
}

interface FormProps {
  readonly post: Post;
  readonly timeout?: number;
}

function Form({ post, timeout }: FormProps): ReactNode {
  const [state, dispatch, isPending, cancel, action] = useCancelableAction(post.add, 'first', { name: 'add', timeout });
  const [shown, showSoon] = useOptimistic(state, (before, word: string) => `${before} ${word}?`);
  return (
    <>
      <button type="button" id="bare" onClick={() => dispatch('bare')}>
        Add
      </button>
      <button
        type="button"
        id="optimistic"
        onClick={() =>
          startTransition(() => {
            showSoon('soon');
            dispatch('soon');
          })
        }
      >
        Add soon
      </button>
      <button type="button" id="cancel" onClick={cancel}>
        Cancel
      </button>
      <output id="state">{shown}</output>
      <output id="pending">{String(isPending)}</output>
      <output id="action">{[action.status, action.reason].filter(Boolean).join(' ')}</output>
      <ProgressBar of={action} aria-label="Add" id="bar" />
    </>
  );
}

function openForm(props: FormProps) {
  const mounted = mount(
    <ErrorBoundary>
      <CancelableBoundary name="page">
        <Form {...props} />
        <CancelPage />
      </CancelableBoundary>
    </ErrorBoundary>,
    { onCaughtError: () => {} },
  );
  const see = (): string[] => ['state', 'pending', 'action'].map((id) => mounted.find(id).textContent);
  return { ...mounted, see, click: (id: string) => mounted.find(id).click() };
}

describe('an action', () => {
  it('may be dispatched outside of a transition; its state follows, and its operation shows how it stands', async () => {
    const post = createPost();
    const { see, click } = openForm({ post });
    await vi.waitFor(() => expect(see()).toEqual(['first', 'false', 'idle']));
    click('bare');
    await vi.waitFor(() => expect(see()).toEqual(['first', 'true', 'running']));
    expect(post.operations[0]).toMatchObject({ name: 'add', parent: { name: 'page' } });
    post.gates[0]!.open('done');
    await vi.waitFor(() => expect(see()).toEqual(['first bare done', 'false', 'completed']));
  });

  it('queued behind another begins with the state that this one has left', async () => {
    const post = createPost();
    const { see, click } = openForm({ post });
    await vi.waitFor(() => expect(see()[0]).toBe('first'));
    click('bare');
    click('bare');
    await vi.waitFor(() => expect(see()[1]).toBe('true'));
    expect(post.operations).toHaveLength(1);
    post.gates[0]!.open('1');
    await vi.waitFor(() => expect(post.operations).toHaveLength(2));
    post.gates[1]!.open('2');
    await vi.waitFor(() => expect(see()).toEqual(['first bare 1 bare 2', 'false', 'completed']));
  });

  it('that fails reaches the error boundary, as with React alone', async () => {
    const post = createPost();
    const { find, click } = openForm({ post });
    await vi.waitFor(() => find('bare'));
    click('bare');
    await vi.waitFor(() => expect(post.gates).toHaveLength(1));
    post.gates[0]!.fail(new Error('out of paper'));
    await vi.waitFor(() => expect(find('alert').textContent).toBe('out of paper'));
    expect(post.operations[0]!.status).toBe('failed');
  });
});

describe('canceling an action', () => {
  it('settles it with the state as it was, at once, though its body heeds no signal', async () => {
    const post = createPost();
    const { see, click } = openForm({ post });
    await vi.waitFor(() => expect(see()[0]).toBe('first'));
    click('bare');
    await vi.waitFor(() => expect(see()).toEqual(['first', 'true', 'running']));
    click('cancel');
    await vi.waitFor(() => expect(see()).toEqual(['first', 'false', 'canceled manual']));
    post.gates[0]!.open('late');
    await quiet();
    expect(see()).toEqual(['first', 'false', 'canceled manual']);
  });

  it('does not wait for what goes on in a shield', async () => {
    const cleaned = createGate();
    const events: string[] = [];
    function Shielded(): ReactNode {
      const [, dispatch, isPending, cancel] = useCancelableAction(async (op, previous: number) => {
        try {
          await op.wait(new Promise<never>(() => {}));
        } finally {
          await op.shield(() => cleaned.promise);
          events.push('cleaned');
        }
        return previous;
      }, 0);
      return (
        <>
          <button type="button" id="dispatch" onClick={() => dispatch()}>
            {String(isPending)}
          </button>
          <button type="button" id="stop" onClick={cancel}>
            Stop
          </button>
        </>
      );
    }
    const { find } = mount(<Shielded />);
    await vi.waitFor(() => find('dispatch').click());
    await vi.waitFor(() => expect(find('dispatch').textContent).toBe('true'));
    find('stop').click();
    await vi.waitFor(() => expect(find('dispatch').textContent).toBe('false'));
    expect(events).toEqual([]);
    cleaned.open();
    await vi.waitFor(() => expect(events).toEqual(['cleaned']));
  });

  it('takes optimistic values back', async () => {
    const post = createPost();
    const { see, click } = openForm({ post });
    await vi.waitFor(() => expect(see()[0]).toBe('first'));
    click('optimistic');
    await vi.waitFor(() => expect(see()).toEqual(['first soon?', 'true', 'running']));
    click('cancel');
    await vi.waitFor(() => expect(see()).toEqual(['first', 'false', 'canceled manual']));
  });

  it.each(['cancel', 'cancel-page'])('ends all that is queued behind it, and later ones run again (%s)', async (id) => {
    const post = createPost();
    const { see, click } = openForm({ post });
    await vi.waitFor(() => expect(see()[0]).toBe('first'));
    for (let count = 0; count < 3; count += 1) click('bare');
    await vi.waitFor(() => expect(see()[1]).toBe('true'));
    click(id);
    await vi.waitFor(() => expect(see().slice(0, 2)).toEqual(['first', 'false']));
    await quiet();
    expect(post.operations.map(({ status }) => status)).toEqual(['canceled']);
    click('bare');
    await vi.waitFor(() => expect(post.operations).toHaveLength(2));
    post.gates[1]!.open('again');
    await vi.waitFor(() => expect(see()).toEqual(['first bare again', 'false', 'completed']));
  });

  it('by its timeout leaves what is queued behind it alone', async () => {
    const post = createPost();
    // Long enough for the second one, which has the same, to be answered in time.
    const { see, click } = openForm({ post, timeout: 400 });
    await vi.waitFor(() => expect(see()[0]).toBe('first'));
    click('bare');
    click('bare');
    await vi.waitFor(() => expect(post.operations).toHaveLength(2));
    expect(post.operations[0]).toMatchObject({ status: 'canceled', reason: 'timeout' });
    post.gates[1]!.open('2');
    await vi.waitFor(() => expect(see()[0]).toBe('first bare 2'));
  });

  it('lets an unrelated transition go that React had entangled with it', async () => {
    const post = createPost();
    function Tabs(): ReactNode {
      const [tab, setTab] = useState('one');
      const [isPending, start] = useTransition();
      return (
        <button type="button" id="tabs" onClick={() => start(() => setTab('two'))}>
          {tab} {String(isPending)}
        </button>
      );
    }
    const { find } = mount(
      <>
        <Form post={post} />
        <Tabs />
      </>,
    );
    await vi.waitFor(() => find('bare'));
    find('bare').click();
    await vi.waitFor(() => expect(find('pending').textContent).toBe('true'));
    find('tabs').click();
    await quiet();
    expect(find('tabs').textContent).toBe('one true');
    find('cancel').click();
    await vi.waitFor(() => expect(find('tabs').textContent).toBe('two false'));
  });
});

describe('a component with an action', () => {
  it('cancels it when it leaves, and reaches no error boundary', async () => {
    const post = createPost();
    const { find, render, click } = openForm({ post });
    await vi.waitFor(() => find('bare'));
    click('bare');
    click('bare');
    await vi.waitFor(() => expect(post.operations).toHaveLength(1));
    render(<p id="other">Another page</p>);
    await vi.waitFor(() => find('other'));
    await quiet();
    expect(post.operations.map(({ status, reason }) => [status, reason])).toEqual([['canceled', 'parent']]);
    expect(post.operations[0]!.parent?.reason).toBe('unmount');
  });
});

describe('a form', () => {
  it('takes dispatch as its action, with what was typed', async () => {
    const bodies: unknown[] = [];
    const gate = createGate<string>();
    function Named(): ReactNode {
      const [state, save, isPending, cancel] = useCancelableAction(async (op, previous: string, form: FormData) => {
        bodies.push([previous, form.get('name')]);
        return op.wait(gate.promise);
      }, 'nobody');
      return (
        <form action={save}>
          <input name="name" defaultValue="Ada" id="name" />
          <button type="submit" id="save">
            Save
          </button>
          <button type="button" id="stop" onClick={cancel}>
            Stop
          </button>
          <output id="saved">{`${state} ${isPending}`}</output>
        </form>
      );
    }
    const { find } = mount(<Named />);
    await vi.waitFor(() => find('save'));
    find('save').click();
    await vi.waitFor(() => expect(find('saved').textContent).toBe('nobody true'));
    expect(bodies).toEqual([['nobody', 'Ada']]);
    gate.open('Ada Lovelace');
    await vi.waitFor(() => expect(find('saved').textContent).toBe('Ada Lovelace false'));
  });
});

describe('a bad argument of useCancelableAction', () => {
  it.each<[unknown, unknown, RegExp]>([
    ['save', undefined, /action of useCancelableAction.*a function.*"save"/],
    [() => 1, { policy: 'drop' }, /useCancelableAction.*"policy"/],
    [() => 1, { timeout: 'soon' }, /"timeout".*"soon"/],
  ])('is thrown in render, by its name: %o, %o', async (fn, options, words) => {
    const { find } = mount(
      <ErrorBoundary>
        <Bad fn={fn} options={options} />
      </ErrorBoundary>,
      { onCaughtError: () => {} },
    );
    await vi.waitFor(() => expect(find('alert').textContent).toMatch(words));
  });
});

function Bad({ fn, options }: { readonly fn: unknown; readonly options: unknown }): ReactNode {
  useCancelableAction(fn as () => number, 0, options as object);
  return null;
}
