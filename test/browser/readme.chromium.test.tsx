import { expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { Page } from '../readme/Download.tsx';

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
