import { MemoryRouter } from 'react-router';
import { describe, expect, it, vi } from 'vitest';
import { Cancelable, CancelableBoundary } from 'use-cancelable';
import { NetworkError } from 'use-cancelable/fetch';
import { ChatPage } from '../../../playground/pages/ChatPage.tsx';
import { answer, answerOf, noAnswer } from '../../../playground/pages/chat/answer.ts';
import { answerTo } from '../../../playground/server/answers.ts';
import '../../../playground/styles/index.css';
import { mount, type Mounted } from '../react/mount.tsx';
import { changePace } from './changePace.ts';
import { logSinceNow } from './logSinceNow.ts';
import { patient } from './patient.ts';

vi.setConfig({ testTimeout: 60_000 });

const question = 'Can I continue an answer later?';
const whole = answerTo(question);

const pace = (delay: number): (() => void) => changePace((parameters) => parameters.set('delay', `${delay}`));

/** Until some of the answer is there. */
const untilSome = (op: Cancelable): Promise<void> => vi.waitFor(() => expect(answerOf(op).text).not.toBe(''), patient);

describe('an answer', () => {
  it('is the partial result token by token, and goes on where it was canceled', async () => {
    const log = await logSinceNow();
    const restore = pace(400);
    const op = new Cancelable({ parent: null });
    const outcome = op.settle((op) => answer(op, question, { from: noAnswer, isCut: false }));
    await untilSome(op);
    expect(op.progress).toMatchObject({ isIndeterminate: true, total: undefined, current: expect.any(Number) });
    op.cancel('Enough');
    expect(await outcome).toMatchObject({ status: 'canceled', reason: 'manual' });
    const from = answerOf(op);
    expect(whole.startsWith(from.text)).toBe(true);
    await log.newest('/chat', { state: 'letGo', reason: 'manual' });

    restore();
    pace(0);
    const rest = await new Cancelable({ parent: null }).run((op) => answer(op, question, { from, isCut: false }));
    expect(rest.text).toBe(whole);
    await log.newest('/chat', { state: 'sent' });
  });

  it('fails with a NetworkError when the connection breaks, and can be gone on with', async () => {
    pace(5);
    const op = new Cancelable({ parent: null });
    const outcome = await op.settle((op) => answer(op, question, { from: noAnswer, isCut: true }));
    expect(outcome).toMatchObject({ status: 'failed', error: expect.any(NetworkError) });
    const from = answerOf(op);
    expect(from.text.length).toBeGreaterThan(0);
    expect(from.text.length).toBeLessThan(whole.length);
    const rest = await new Cancelable({ parent: null }).run((op) => answer(op, question, { from, isCut: true }));
    expect(rest.text).toBe(whole);
  });
});

describe('the page Chat, by its elements alone', () => {
  const page = (
    <MemoryRouter>
      <CancelableBoundary name="Chat page">
        <ChatPage />
      </CancelableBoundary>
    </MemoryRouter>
  );
  const find = (selector: string): HTMLElement => document.querySelector<HTMLElement>(selector)!;
  const button = (name: string): HTMLButtonElement | undefined =>
    [...document.querySelectorAll('button')].find(({ textContent }) => textContent === name);
  const textOf = (): string =>
    Array.from(document.querySelectorAll('.answer > p:not(.note)'), ({ textContent }) => textContent).join('\n\n');
  const endOf = (): string => document.querySelector('.answer .chip')?.textContent ?? '';

  async function open(): Promise<Mounted> {
    const mounted = mount(page);
    await vi.waitFor(() => expect(button('Ask')).toBeDefined());
    button('Clear')?.click();
    return mounted;
  }

  function ask(): void {
    document.querySelector<HTMLInputElement>('#question')!.value = question;
    document.querySelector('form')!.requestSubmit();
  }

  it('stops, goes on, and stays with the newest words', async () => {
    await open();
    const restore = pace(100);
    // So low that the answer does not fit.
    const view = find('.conversation');
    view.style.height = '6rem';
    ask();
    await vi.waitFor(() => expect(textOf()).not.toBe(''), patient);
    button('Stop')!.click();
    await vi.waitFor(() => expect(endOf()).toBe('Stoppedby you'), patient);
    expect(whole.startsWith(textOf())).toBe(true);
    restore();
    pace(0);
    button('Continue')!.click();
    await vi.waitFor(() => expect(endOf()).toMatch(/^Completed/), patient);
    expect(textOf()).toBe(whole);
    expect(view.scrollHeight).toBeGreaterThan(view.clientHeight);
    const end = find('.answer .status-line').getBoundingClientRect();
    expect(end.bottom).toBeLessThanOrEqual(view.getBoundingClientRect().bottom);
  });

  it('closes the connection when it is unmounted, and has kept the text when it is there again', async () => {
    const { unmount } = await open();
    const log = await logSinceNow();
    pace(400);
    ask();
    await vi.waitFor(() => expect(textOf()).not.toBe(''), patient);
    unmount();
    await log.newest('/chat', { state: 'letGo', reason: 'unmount' });
    mount(page);
    await vi.waitFor(() => expect(endOf()).toBe('Stoppedyou left the page'), patient);
    expect(whole.startsWith(textOf())).toBe(true);
  });

  it('stops at Escape, but not when that ends the composition of a letter', async () => {
    await open();
    pace(400);
    ask();
    await vi.waitFor(() => expect(textOf()).not.toBe(''), patient);
    const press = (isComposing: boolean): boolean =>
      find('#question').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, isComposing }));
    press(true);
    const { length } = textOf();
    await vi.waitFor(() => expect(textOf().length).toBeGreaterThan(length), patient);
    expect(button('Stop')?.disabled).toBe(false);
    press(false);
    await vi.waitFor(() => expect(endOf()).toBe('Stoppedyou pressed Esc'), patient);
  });
});
