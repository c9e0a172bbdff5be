import { expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { Cancelable } from 'use-cancelable';
import { Page } from '../readme/Download.tsx';
import { search } from '../readme/yield.ts';

it('the example of the README downloads, shows how far it is, and is canceled by its button', async () => {
  const { container } = await render(<Page />);
  const [start, cancel] = container.querySelectorAll('button');
  const bar = container.querySelector('progress')!;
  expect([bar.dataset['status'], cancel!.disabled]).toEqual(['idle', true]);
  start!.click();
  await vi.waitFor(() => expect(bar.value).toBeGreaterThan(0), { timeout: 5000 });
  expect(bar.dataset['status']).toBe('running');
  cancel!.click();
  await vi.waitFor(() => expect(container.querySelector('p')?.textContent).toBe('Operation canceled manually'));
  expect(bar.dataset['status']).toBe('canceled');
});

it('the long loop of the README lets a timer in, which cancels it', async () => {
  const rows = Array.from({ length: 3_000_000 }, () => 'row');
  const op = new Cancelable();
  const run = op.settle((op) => search(op, rows, 'none'));
  setTimeout(() => op.cancel('from a timer'), 5);
  expect(await run).toMatchObject({ status: 'canceled', message: 'from a timer' });
});
