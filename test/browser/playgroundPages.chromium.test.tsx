import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { expectConsoleError } from '../consoleErrors.ts';
import { expectNoFaults } from './playground/accessibility.ts';
import { changePace } from './playground/changePace.ts';
import { logSinceNow } from './playground/logSinceNow.ts';
import { goTo, openPlayground } from './playground/openPlayground.tsx';
import { patient } from './playground/patient.ts';

const button = (name: string | RegExp) => page.getByRole('button', { name });
const header = page.getByRole('banner');

// What the server is asked for takes its time, on a busy machine more than that.
vi.setConfig({ testTimeout: 60_000 });

/** What is to be stopped is slow, what is waited for is quick. */
const slow = (): (() => void) =>
  changePace((parameters, path) => {
    if (path === '/api/links') parameters.set('delay', '10000');
    else if (path === '/api/uploads') parameters.set('rate', '1');
    else if (path.startsWith('/api/files')) parameters.set('rate', '500');
  });
const quick = (): (() => void) =>
  changePace((parameters, path) => {
    if (path === '/api/links') parameters.set('delay', '0');
    else parameters.set('rate', '100000000');
  });

describe('the page Policies', () => {
  const lanes = (): string[] =>
    [...document.querySelectorAll('.stairs li:not(.axis) .fate')].map(({ textContent }) => textContent);

  it('lets the newest wait and supersedes those between, as the server sees', async () => {
    await openPlayground('Policies');
    await expectNoFaults();
    const log = await logSinceNow();
    const restore = slow();
    await page.getByRole('radio', { name: 'keepLatest' }).click();
    for (let count = 0; count < 3; count += 1) await button('Start a run').click();
    await expect.poll(lanes, patient).toEqual(['running', 'a newer one took over', 'waiting']);
    await expect.element(header, patient).toHaveTextContent('1running');
    await expectNoFaults();
    restore();
    quick();
    await button('Cancel all').click();
    await log.newest('/links?part=1&parts=6', { state: 'letGo', reason: 'manual' });
    await expect.poll(lanes, patient).toEqual(['canceled', 'a newer one took over', 'cancelednever started']);
    expect(await log.read('/links')).toHaveLength(1);
    await button('Clear').click();
    await button('Start a run').click();
    await expect.poll(() => lanes()[0], patient).toContain('completed');
  });

  it('lets go of what runs when it is left', async () => {
    await openPlayground('Policies');
    const log = await logSinceNow();
    slow();
    await page.getByRole('radio', { name: 'parallel' }).click();
    await page.getByRole('radio', { name: '2', exact: true }).click();
    for (let count = 0; count < 3; count += 1) await button('Start a run').click();
    await expect.poll(async () => (await log.read('/links')).length, patient).toBe(2);
    await goTo('Form');
    for (const part of [1, 2]) await log.newest(`/links?part=${part}&parts=6`, { state: 'letGo', reason: 'unmount' });
    await expect.element(header, patient).toHaveTextContent('idle');
  });
});

describe('the page Form', () => {
  const notes = (): string[] => [...document.querySelectorAll('.rows li')].map(({ textContent }) => textContent);

  it('shows a note at once, and takes it back when it is canceled; what was typed stays', async () => {
    await openPlayground('Form');
    await expectNoFaults();
    const log = await logSinceNow();
    const restore = quick();
    await button('Add note').click();
    await expect.poll(notes, patient).toEqual(['saved: Remember the milksaved']);
    restore();
    slow();
    await userEvent.fill(page.getByRole('textbox', { name: 'Note' }), 'And the bread');
    await button('Add note').click();
    await expect.poll(notes, patient).toEqual(['saved: Remember the milksaved', 'sending: And the breadsending']);
    await expectNoFaults();
    await button('Cancel').click();
    await expect.poll(notes, patient).toEqual(['saved: Remember the milksaved']);
    await expect.element(page.getByText('One note is kept, and what you typed.'), patient).toBeVisible();
    await expect.element(page.getByRole('textbox', { name: 'Note' })).toHaveValue('And the bread');
    await log.newest('/uploads', { state: 'letGo', reason: 'manual' });
    await expectNoFaults();
  });

  it('shows a refusal in its place, and goes on with what the server has', async () => {
    expectConsoleError('The above error occurred in the <Notes> component'); // what React says of any caught error
    await openPlayground('Form');
    quick();
    await button('Add note').click();
    await expect.poll(notes, patient).toEqual(['saved: Remember the milksaved']);
    await page.getByRole('switch').click();
    await button('Add note').click();
    await expect.element(page.getByRole('alert'), patient).toHaveTextContent('The server answered 404');
    await expectNoFaults();
    await button('Try again').click();
    await expect.poll(notes, patient).toEqual(['saved: Remember the milksaved']);
  });
});

describe('the page Suspense', () => {
  it('shows the newest part, and has the server let go of the older one', async () => {
    await openPlayground('Suspense');
    await expectNoFaults();
    const log = await logSinceNow();
    const restore = slow();
    await button('Part 1').click();
    await expect.poll(async () => (await log.read('/links')).length, patient).toBe(1);
    restore();
    quick();
    await button('Part 2').click();
    await expect.element(page.getByRole('heading', { name: 'Part 2' }), patient).toBeVisible();
    await log.newest('/links?part=1&parts=4', { state: 'letGo', reason: 'superseded' });
    await expectNoFaults();
  });

  it('keeps what is shown while it loads, and tells a cancelation as an outcome', async () => {
    await openPlayground('Suspense');
    const log = await logSinceNow();
    const restore = quick();
    await button('Part 1').click();
    await expect.element(page.getByRole('heading', { name: 'Part 1' }), patient).toBeVisible();
    restore();
    slow();
    await button('Part 3').click();
    await expect.element(page.getByText('Loading part 3'), patient).toBeVisible();
    await expect.element(page.getByRole('heading', { name: 'Part 1' })).toBeVisible();
    await button('Cancel').click();
    await expect.element(page.getByText('Canceled'), patient).toBeVisible();
    await log.newest('/links?part=3&parts=4', { state: 'letGo', reason: 'manual' });
    await expectNoFaults();
  });

  it('shows a failure in its place', async () => {
    await openPlayground('Suspense');
    quick();
    await page.getByRole('switch').click();
    await button('Part 1').click();
    await expect.element(page.getByRole('alert'), patient).toBeVisible();
    await expectNoFaults();
  });
});

describe('the page Tabs', () => {
  const tab = (name: string) => page.getByRole('tab', { name });

  it('cancels what a hidden tab loads, and loads it again when it is shown; what was typed stays', async () => {
    const log = await logSinceNow();
    slow();
    await openPlayground('Tabs');
    await userEvent.fill(page.getByRole('textbox', { name: 'Note on part 1' }), 'keep this');
    await expect.element(tab('running: Part 1'), patient).toBeVisible();
    await expectNoFaults();
    await tab('Part 2').click();
    await expect.element(tab('canceled: Part 1'), patient).toBeVisible();
    await log.newest('/files/LICENSE?part=1', { state: 'letGo', reason: 'hidden' });
    await tab('Part 1').click();
    await expect.element(tab('running: Part 1'), patient).toBeVisible();
    await expect.element(page.getByRole('textbox', { name: 'Note on part 1' })).toHaveValue('keep this');
    await log.newest('/files/LICENSE?part=1', { state: 'sending' });
  });

  it('goes on in a hidden tab that is kept', async () => {
    const log = await logSinceNow();
    const restore = slow();
    await openPlayground('Tabs');
    await page.getByRole('radio', { name: 'keep' }).click();
    restore();
    quick();
    await tab('Part 2').click();
    await expect.element(tab('completed: Part 2'), patient).toBeVisible();
    await log.newest('/files/LICENSE?part=1', { state: 'sending' });
    await goTo('Form');
    await log.newest('/files/LICENSE?part=1', { state: 'letGo', reason: 'unmount' });
  });

  it('shares one request between two panels, until both are closed', async () => {
    await openPlayground('Tabs');
    const log = await logSinceNow();
    slow();
    await tab('Shared').click();
    await expect.poll(async () => (await log.read('/files/LICENSE?part=4')).length, patient).toBe(1);
    await expectNoFaults();
    await button('Close').first().click();
    await log.newest('/files/LICENSE?part=4', { state: 'sending' });
    await button('Close').first().click();
    await log.newest('/files/LICENSE?part=4', { state: 'letGo', reason: 'unmount' });
    expect(await log.read('/files/LICENSE?part=4')).toHaveLength(1);
    await expect.element(page.getByText('Both panels are closed'), patient).toBeVisible();
  });

  it('moves with the arrows, as tabs do', async () => {
    await openPlayground('Tabs');
    quick();
    await tab('Part 1').click();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    await expect.element(tab('Shared')).toHaveAttribute('aria-selected', 'true');
    await userEvent.keyboard('{Home}');
    await expect.element(tab('Part 1')).toHaveFocus();
  });
});
