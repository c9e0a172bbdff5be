import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { answerTo } from '../../playground/server/answers.ts';
import { expectNoFaults } from './playground/accessibility.ts';
import { changePace } from './playground/changePace.ts';
import { logSinceNow } from './playground/logSinceNow.ts';
import { goTo, openPlayground } from './playground/openPlayground.tsx';
import { patient } from './playground/patient.ts';

// What the server is asked for takes its time, on a busy machine more than that.
vi.setConfig({ testTimeout: 60_000 });

const question = 'How does it reach the server?';
const whole = answerTo(question);
const button = (name: string) => page.getByRole('button', { name, exact: true });
const field = page.getByRole('textbox', { name: 'Question' });
const header = page.getByRole('banner');
const alert = page.getByRole('alert');

/** Milliseconds for each token: what is to be stopped is slow, what is waited for is quick. */
const pace = (delay: number | string): (() => void) =>
  changePace((parameters, path) => {
    if (path === '/api/chat') parameters.set('delay', String(delay));
  });
const slow = (): (() => void) => pace(400);
const quick = (): (() => void) => pace(0);

const turn = (index: number): Element | undefined => document.querySelectorAll('.conversation ol > li')[index];

function textOf(index = 0): string {
  const paragraphs = turn(index)?.querySelectorAll('.answer > p:not(.note)') ?? [];
  return Array.from(paragraphs, ({ textContent }) => textContent).join('\n\n');
}

/** What is said of an answer that has ended: the words of its chip, then the rest. */
function endOf(index = 0): string[] {
  const parts = turn(index)?.querySelectorAll('.status-line .chip > span, .status-line > .left') ?? [];
  return Array.from(parts, ({ textContent }) => textContent);
}

/** Until the answer has ended early for this reason. Returns what is kept of it. */
async function keptWhenStopped(why: string, index = 0): Promise<string> {
  await expect.poll(() => endOf(index).slice(0, 2), patient).toEqual(['Stopped', why]);
  const kept = textOf(index);
  expect(endOf(index)[2]).toBe(wordsKept(kept));
  return kept;
}

async function ask(words = question): Promise<void> {
  await userEvent.fill(field, words);
  await userEvent.keyboard('{Enter}');
}

/** Until some of the answer is here. */
async function untilSome(index = 0): Promise<void> {
  await expect.poll(() => textOf(index).length, patient).toBeGreaterThan(0);
}

const isPartial = (text: string, of = whole): boolean => text !== '' && text !== of && of.startsWith(text);

const wordsKept = (text: string): string => {
  const count = text.split(/\s+/).length;
  return count === 1 ? 'One word is kept.' : `${count} words are kept.`;
};

describe('the page Chat', () => {
  it('shows an answer token by token, and says how many words have come without guessing at the rest', async () => {
    await openPlayground('Chat');
    await expectNoFaults();
    const log = await logSinceNow();
    pace(25);
    const seen = new Set<string>();
    const bars = new Set<unknown>();
    const observer = new MutationObserver(() => {
      seen.add(textOf());
      const bar = page.getByRole('progressbar', { name: 'Answer' }).query();
      if (bar !== null) bars.add(bar.getAttribute('value') ?? 'indeterminate');
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    onTestFinished(() => observer.disconnect());
    await ask();
    await expect.element(field).toHaveFocus();
    await expect.element(field).toHaveValue('');
    await expect.poll(endOf, patient).toEqual(['Completed', `${whole.split(/\s+/).length} words`]);
    expect(textOf()).toBe(whole);
    expect([...seen].every((text) => whole.startsWith(text))).toBe(true);
    expect(seen.size).toBeGreaterThan(5);
    expect([...bars].filter((value) => value !== '0')).toEqual(['indeterminate']);
    await log.newest('/chat', { state: 'sent', method: 'POST' });
    await expect.element(button('Stop')).toBeDisabled();
    await expectNoFaults();
  });

  it('keeps the text when it is stopped, and goes on from there to the very same whole', async () => {
    await openPlayground('Chat');
    const log = await logSinceNow();
    const restore = slow();
    await button(question).click();
    await expect.element(field).toHaveFocus();
    await expect.element(page.getByText(/^\d+ words so far$/), patient).toBeVisible();
    await expect.element(header).toHaveTextContent('1running');
    await expectNoFaults();
    await button('Stop').click();
    await expect.element(button('Continue'), patient).toHaveFocus();
    const kept = await keptWhenStopped('by you');
    expect(isPartial(kept)).toBe(true);
    const left = await log.newest('/chat', { state: 'letGo', reason: 'manual', status: 200 });
    expect(left.bytes).toBeGreaterThan(0);
    await expect.element(header, patient).toHaveTextContent('idle');
    await expectNoFaults();
    expect(textOf()).toBe(kept);

    restore();
    quick();
    await button('Continue').click();
    await expect.poll(endOf, patient).toEqual(['Completed', `${whole.split(/\s+/).length} words`]);
    expect(textOf()).toBe(whole);
    await expect.element(field).toHaveFocus();
    const rest = await log.newest('/chat', { state: 'sent' });
    // What had come was not sent again: an uninterrupted answer is longer.
    await ask();
    await expect.poll(() => textOf(1), patient).toBe(whole);
    const uninterrupted = await log.newest('/chat', { state: 'sent', received: question.length });
    expect(uninterrupted.id).toBeGreaterThan(rest.id);
    expect(rest.bytes).toBeLessThan(uninterrupted.bytes);
  });

  it('stops when Escape is pressed, wherever the focus is', async () => {
    await openPlayground('Chat');
    const log = await logSinceNow();
    slow();
    await ask();
    await untilSome();
    await userEvent.keyboard('{Escape}');
    await keptWhenStopped('you pressed Esc');
    await expect.element(field).toHaveFocus();
    await log.newest('/chat', { state: 'letGo', reason: 'manual' });
    await button('Continue').click();
    await expect.element(button('Stop'), patient).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.element(button('Continue'), patient).toHaveFocus();
    expect(isPartial(textOf())).toBe(true);
  });

  it('says that its time was over', async () => {
    // Of the page's timers alone: the server, the network and the clock go on as ever.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    await openPlayground('Chat');
    const log = await logSinceNow();
    slow();
    await page.getByRole('radio', { name: '3 s', exact: true }).click();
    await ask();
    await untilSome();
    vi.advanceTimersByTime(3000);
    expect(isPartial(await keptWhenStopped('longer than 3 s'))).toBe(true);
    await expect.element(button('Continue')).toBeVisible();
    await log.newest('/chat', { state: 'letGo', reason: 'timeout' });
  });

  it('closes the connection when it is left, and can go on when one is back', async () => {
    await openPlayground('Chat');
    const log = await logSinceNow();
    const restore = slow();
    await ask();
    await untilSome();
    await goTo('Search');
    await log.newest('/chat', { state: 'letGo', reason: 'unmount', status: 200 });
    await expect.element(header, patient).toHaveTextContent('idle');
    await goTo('Chat');
    expect(isPartial(await keptWhenStopped('you left the page'))).toBe(true);
    restore();
    quick();
    await button('Continue').click();
    await expect.poll(() => textOf(), patient).toBe(whole);
    await log.newest('/chat', { state: 'sent' });
  });

  it('lets a new question take over, and keeps what the older answer had', async () => {
    await openPlayground('Chat');
    const log = await logSinceNow();
    const restore = slow();
    await ask();
    await untilSome();
    restore();
    pace(10);
    const other = 'Is there a timeout?';
    await ask(other);
    await expect.poll(() => textOf(1), patient).toBe(answerTo(other));
    expect(isPartial(await keptWhenStopped('a newer one took over'))).toBe(true);
    await log.newest('/chat', { state: 'sent' });
    const rows = await log.read('/chat');
    expect(rows).toMatchObject([{ state: 'letGo', reason: 'superseded' }, { state: 'sent' }]);
    await expectNoFaults();
  });

  it('says what failed when the connection breaks, keeps what has come, and goes on', async () => {
    await openPlayground('Chat');
    const log = await logSinceNow();
    pace(10);
    await page.getByRole('switch').click();
    await ask();
    await expect.element(alert, patient).toHaveTextContent('the connection broke');
    const kept = textOf();
    expect(isPartial(kept)).toBe(true);
    expect(endOf()[2]).toMatch(new RegExp(`^${wordsKept(kept)} POST .*/api/chat`));
    await log.newest('/chat?cut=1', { state: 'answered', error: 'it was made to break half way' });
    await expectNoFaults();
    await page.getByRole('switch').click();
    await button('Continue').click();
    await expect.poll(() => textOf(), patient).toBe(whole);
    await expect.element(alert).not.toBeInTheDocument();
  });

  it('says in the server’s words what was refused', async () => {
    await openPlayground('Chat');
    const restore = pace('soon');
    await ask();
    await expect.element(alert, patient).toHaveTextContent('HTTP 400');
    await expect
      .element(alert)
      .toHaveTextContent('Nothing had arrived yet. The server answered 400: delay: expected a whole number');
    restore();
    quick();
    await button('Continue').click();
    await expect.poll(() => textOf(), patient).toBe(whole);
  });

  it('tells screen readers the beginning and the end, not each token', async () => {
    await openPlayground('Chat');
    const region = document.querySelector('main [aria-live]')!;
    const said: string[] = [];
    const observer = new MutationObserver(() => said.push(region.textContent));
    observer.observe(region, { subtree: true, childList: true, characterData: true });
    onTestFinished(() => observer.disconnect());
    const restore = pace(10);
    await ask();
    await expect.poll(() => textOf(), patient).toBe(whole);
    await expect.poll(() => said, patient).toEqual(['The answer begins', `The answer: ${whole}`]);
    restore();
    slow();
    await ask('Is there a timeout?');
    await untilSome(1);
    await userEvent.keyboard('{Escape}');
    const stopped = `Stopped, you pressed Esc. ${wordsKept(await keptWhenStopped('you pressed Esc', 1))}`;
    await expect.poll(() => said.slice(2), patient).toEqual(['The answer begins', stopped]);
  });
});
