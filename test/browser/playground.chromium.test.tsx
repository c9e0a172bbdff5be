import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { expectNoFaults } from './playground/accessibility.ts';
import { changePace } from './playground/changePace.ts';
import { logSinceNow } from './playground/logSinceNow.ts';
import { goTo, openPlayground } from './playground/openPlayground.tsx';
import { patient } from './playground/patient.ts';

const button = (name: string | RegExp) => page.getByRole('button', { name });
const verdict = page.getByRole('status');
const alert = page.getByRole('alert');
const header = page.getByRole('banner');

// What the server is asked for takes its time, on a busy machine more than that.
vi.setConfig({ testTimeout: 60_000 });

describe('the page Transfer', () => {
  // Of some megabytes; no other test asks for it.
  const file = 'cover';
  const path = `/files/${file}`;
  const bar = page.getByRole('progressbar', { name: 'Transfer' });
  const percent = (): number => Math.floor((bar.element() as HTMLProgressElement).value);

  /** The value beside a name, as the page shows it. */
  function factOf(name: string): string | undefined {
    const term = [...document.querySelectorAll('dt')].find(({ textContent }) => textContent === name);
    return term?.nextElementSibling?.textContent;
  }

  /** Starts a transfer that takes long, until what this returns is called. */
  async function start(): Promise<() => void> {
    const restore = changePace((parameters) => parameters.set('rate', '250000'));
    await page.getByRole('combobox', { name: 'File' }).selectOptions(file);
    await page.getByRole('radio', { name: '1 MB/s' }).click();
    await button('Start transfer').click();
    await expect.poll(percent, patient).toBeGreaterThan(0);
    return restore;
  }

  async function digest(): Promise<string> {
    const response = await fetch(`/api${path}`);
    const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', await response.arrayBuffer()));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  it('stops down to the server when it is left, and goes on from there when one is back', async () => {
    await openPlayground('Transfer');
    await expectNoFaults();
    const log = await logSinceNow();
    await button('Show all').click();

    const restorePace = await start();
    const first = percent();
    await expect.poll(percent, patient).toBeGreaterThan(first);
    await expect.poll(() => factOf('Rate'), patient).toMatch(/^\d+(\.\d)? [kM]B\/s$/);
    await expect.poll(() => factOf('Remaining'), patient).toMatch(/^\d+(\.\d)? s$/);

    await goTo('Search');
    const left = await log.newest(path, { state: 'letGo', reason: 'unmount', status: 200 });
    expect(left.bytes).toBeGreaterThan(0);
    expect(left.bytes).toBeLessThan(left.total!);
    const strip = page.getByRole('complementary', { name: /^Server log/ });
    const row = strip
      .getByRole('listitem')
      .filter({ hasText: `GET ${path}` })
      .first();
    await expect.element(row, patient).toHaveTextContent('client let go: unmount');
    await expect.element(header, patient).toHaveTextContent('idle');

    await goTo('Transfer');
    await expect.element(verdict, patient).toHaveTextContent('You left the page while this transfer ran.');
    await expectNoFaults();

    restorePace();
    await button(/^Continue from/).click();
    await expect.element(verdict, patient).toHaveTextContent('Transfer completed');
    const rest = await log.newest(path, { state: 'sent', status: 206 });
    const kept = left.total! - rest.total!;
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThanOrEqual(left.bytes);
    expect(factOf('SHA-256')).toBe(await digest());
    await expectNoFaults();
  });

  it('keeps what has arrived when it is canceled, and the focus where it was', async () => {
    await openPlayground('Transfer');
    const log = await logSinceNow();
    await start();
    await button('Cancel').click();
    await expect.element(verdict, patient).toHaveTextContent('You stopped this transfer.');
    await expect.element(verdict).toHaveTextContent('by you');
    expect(factOf('Kept')).toMatch(/^\d\.\d of \d\.\d MB$/);
    await expect.element(button(/^Continue from/)).toHaveFocus();
    const row = await log.newest(path, { state: 'letGo', reason: 'manual' });
    expect(row.bytes).toBeLessThan(row.total!);
    await button('Discard').click();
    await expect.element(button('Start transfer')).toBeVisible();
  });

  it('says that its time was over', async () => {
    // Of the page's timers alone: the server, the network and the clock go on as ever.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    await openPlayground('Transfer');
    const log = await logSinceNow();
    await page.getByRole('radio', { name: '10 s' }).click();
    await start();
    vi.advanceTimersByTime(10_000);
    await expect.element(verdict, patient).toHaveTextContent('This transfer took longer than 10 s.');
    await expect.element(button(/^Continue from/)).toBeVisible();
    await log.newest(path, { state: 'letGo', reason: 'timeout' });
  });

  it('says in the server’s words what was refused', async () => {
    await openPlayground('Transfer');
    const log = await logSinceNow();
    await page.getByRole('combobox', { name: 'File' }).selectOptions('missing');
    await button('Start transfer').click();
    await expect.element(alert, patient).toHaveTextContent('The server answered 404: No file is named "missing".');
    await expect.element(button('Try again')).toBeVisible();
    await log.newest('/files/missing', { state: 'answered', status: 404 });
    await expectNoFaults();
  });
});

describe('the page Search', () => {
  const box = page.getByRole('searchbox');
  const fates = (): unknown[] => [...document.querySelectorAll('.fate')].map(({ textContent }) => textContent);

  /** Has a search take many seconds. */
  const slowDown = (): (() => void) => changePace((parameters) => parameters.set('delay', '300'));

  /** The words whose answers are shown from now on. */
  function watchAnswers(): ReadonlySet<string | undefined> {
    const shown = new Set<string | undefined>();
    const observer = new MutationObserver(() => {
      for (const { textContent } of document.querySelectorAll('h2')) {
        const found = /lines? with “(.*)”/.exec(textContent);
        if (found) shown.add(found[1]);
      }
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    onTestFinished(() => observer.disconnect());
    return shown;
  }

  it('answers the newest word alone, and lets go of the older ones at the server', async () => {
    await openPlayground('Search');
    await expectNoFaults();
    const log = await logSinceNow();
    const shown = watchAnswers();
    const restorePace = slowDown();
    await box.click();
    await userEvent.keyboard('no');
    await log.newest('/search?q=no', { state: 'sending' });
    await userEvent.keyboard('tic');
    restorePace();
    await userEvent.keyboard('e');
    const heading = page.getByRole('heading', { name: /with “notice”$/ });
    await expect.element(heading, patient).toBeVisible();
    expect([...shown]).toEqual(['notice']);
    const superseded = expect.stringMatching(/^superseded/);
    const completed = expect.stringMatching(/^completed/);
    expect(fates()).toEqual([superseded, superseded, superseded, superseded, superseded, completed]);

    await log.newest('/search?q=no', { state: 'letGo', reason: 'superseded' });
    await log.newest('/search?q=notice', { state: 'sent' });
    // Of the others some may have been taken back before they had left the browser.
    for (const row of await log.read('/search')) {
      if (row.path !== '/search?q=notice') await log.newest(row.path, { state: 'letGo', reason: 'superseded' });
    }
    const answer = await (await fetch('/api/search?q=notice&delay=0')).text();
    const matches = answer.split('\n').filter((line) => line.includes('"text"'));
    await expect.element(heading).toHaveTextContent(`${matches.length} lines with “notice”`);
    await expectNoFaults();
  });

  it('stops when Escape is pressed; pressed once more, that empties the field', async () => {
    await openPlayground('Search');
    const log = await logSinceNow();
    slowDown();
    await box.click();
    await userEvent.keyboard('li');
    await log.newest('/search?q=li', { state: 'sending' });
    await userEvent.keyboard('{Escape}');
    const words = page.getByText('Stopped: you pressed Esc.');
    await expect.element(words, patient).toBeVisible();
    await expect.element(box).toHaveValue('li');
    expect(fates().at(-1)).toBe('canceledyou pressed Esc');
    await log.newest('/search?q=li', { state: 'letGo', reason: 'manual' });
    await expectNoFaults();
    await box.click();
    await userEvent.keyboard('{Escape}');
    await expect.element(box).toHaveValue('');
    await expect.element(words).not.toBeInTheDocument();
  });

  it('stops when the page is left', async () => {
    await openPlayground('Search');
    const log = await logSinceNow();
    slowDown();
    await box.click();
    await userEvent.keyboard('z');
    await log.newest('/search?q=z', { state: 'sending' });
    await goTo('Transfer');
    await log.newest('/search?q=z', { state: 'letGo', reason: 'unmount' });
    await expect.element(header, patient).toHaveTextContent('idle');
  });
});

describe('the page Pipeline', () => {
  const steps = [
    'Read text',
    'Split into parts',
    'Analyze',
    'Count words',
    'Find names',
    'Check links',
    'Fetch cover',
    'Save draft',
    'Publish',
  ];
  const node = (name: string) => page.getByRole('treeitem').filter({ has: page.getByText(name, { exact: true }) });

  /** How many bytes per second of the text to count, and how many milliseconds for each of the 40 blocks of a part's links. */
  function setPace({ words, links }: { readonly words: number; readonly links: number }): void {
    changePace((parameters, path) => {
      if (path === '/api/files/LICENSE') parameters.set('rate', parameters.has('part') ? `${words}` : '1000000');
      if (path === '/api/links') parameters.set('delay', `${links}`);
    });
  }

  /** What the tree says of each operation: its status, and why. */
  function fates(): Record<string, string> {
    const words = (parts: Iterable<Element>): string => Array.from(parts, ({ textContent }) => textContent).join(' ');
    return Object.fromEntries(
      [...document.querySelectorAll('[role=treeitem]')].map((row) => [
        words(row.querySelectorAll('.label')),
        words(row.querySelectorAll('.chip > span')),
      ]),
    );
  }

  it('completes what it can, and shows each step meanwhile', async () => {
    setPace({ words: 36_000, links: 10 });
    await openPlayground('Pipeline');
    await expectNoFaults();
    const log = await logSinceNow();
    await button('Run pipeline').click();
    await expect.poll(fates, patient).toMatchObject({
      Pipeline: 'running',
      'Split into parts': expect.stringMatching(/^completed/),
      'Count words': 'running',
      'Find names': 'running',
      'Check links': 'running',
      'Save draft': 'shielded will finish',
      Publish: 'pending after Analyze',
    });
    expect(Object.keys(fates())).toEqual(['Pipeline', ...steps]);

    await node('Analyze').click();
    await userEvent.keyboard('{ArrowLeft}{End}');
    await expect.element(node('Publish')).toHaveFocus();
    expect(Object.keys(fates())).not.toContain('Count words');
    await userEvent.keyboard('a{ArrowRight}{ArrowRight}{Enter}');
    await expect.element(node('Count words')).toHaveFocus();
    await expect.element(node('Count words'), patient).toHaveTextContent('Counting');

    await expect.element(verdict, patient).toHaveTextContent('Completed');
    const completed = expect.stringMatching(/^completed \d/);
    expect(fates()).toEqual({
      ...Object.fromEntries(['Pipeline', ...steps].map((name) => [name, completed])),
      'Fetch cover': 'canceled longer than 2 s',
    });
    const text = await (await fetch('/api/files/LICENSE')).text();
    const count = text.match(/\p{Letter}+/gu)!.length.toLocaleString('en-US');
    await expect.element(verdict).toHaveTextContent(`The report is ready: ${count} words`);
    await log.newest('/files/cover', { state: 'letGo', reason: 'timeout' });
    for (const part of [1, 2, 3, 4]) await log.newest(`/files/LICENSE?part=${part}`, { state: 'sent' });
    await expect.element(header, patient).toHaveTextContent('idle');
    await expectNoFaults();
  });

  it('fails as a whole when a step fails: its siblings are canceled, and one that ignores its signal is abandoned', async () => {
    await openPlayground('Pipeline');
    const log = await logSinceNow();
    setPace({ words: 3000, links: 5 });
    await page.getByRole('switch', { name: /fail$/ }).click();
    await button('Run pipeline').click();
    await expect.element(alert, patient).toHaveTextContent('“Check links” failed: the server answered 503.');
    await expect.poll(fates, patient).toEqual({
      Pipeline: 'failed Check links failed',
      'Read text': expect.stringMatching(/^completed/),
      'Split into parts': expect.stringMatching(/^completed/),
      Analyze: 'failed Check links failed',
      'Count words': 'canceled “Check links” failed',
      'Find names': 'abandoned ignored its signal',
      'Check links': 'failed HTTP 503',
      'Fetch cover': expect.stringMatching(/^canceled/),
      'Save draft': 'shielded still finishing',
      Publish: 'canceled never started',
    });
    await expectNoFaults();
    await expect.poll(() => fates()['Save draft'], patient).toMatch(/^completed/);
    await log.newest('/links?part=4&parts=8&fail=1', { state: 'answered', status: 503 });
    const part = (await log.read('/files/LICENSE?part=')).at(-1)!;
    await log.newest(part.path, { state: 'letGo', reason: 'sibling' });
    await expectNoFaults();
  });

  it('finishes the draft when it is canceled, and ends the rest at once', async () => {
    await caches.delete('drafts');
    await openPlayground('Pipeline');
    setPace({ words: 3000, links: 1000 });
    await button('Run pipeline').click();
    await expect.poll(() => fates()['Save draft'], patient).toBe('shielded will finish');
    await button('Cancel all').click();
    expect(fates()).toMatchObject({ Pipeline: 'canceled by you', 'Save draft': 'shielded still finishing' });
    await expect.poll(() => fates()['Save draft'], patient).toMatch(/^completed/);
    await expect.element(header).toHaveTextContent('idle');
    const drafts = await caches.open('drafts');
    expect(await drafts.keys()).toHaveLength(8);
  });

  it('ends all of it when it is left, but for the draft', async () => {
    await openPlayground('Pipeline');
    const log = await logSinceNow();
    setPace({ words: 3000, links: 1000 });
    await button('Run pipeline').click();
    const open = ['/files/LICENSE?part=1', '/links?part=1&parts=8'];
    await Promise.all(open.map((path) => log.newest(path, { state: 'sending' })));
    await goTo('Search');
    await expect.element(header, patient).toHaveTextContent('idle');
    await Promise.all(open.map((path) => log.newest(path, { state: 'letGo', reason: 'unmount' })));
    await log.newest('/files/cover', { state: 'letGo' });
    await goTo('Pipeline');
    await expect.element(button('Run pipeline')).toBeVisible();
    expect(fates()).toEqual({});
  });
});
