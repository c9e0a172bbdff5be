import { StrictMode } from 'react';
import { expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { Report } from '../readme/Report.tsx';

it('the report of the README is stopped, goes on where it was cut, and is whole', async () => {
  const path = '/api/files/cover';
  const { size } = await (await fetch(path)).blob();
  const { container } = await render(
    <StrictMode>
      <Report url={`${path}?rate=${size}`} />
    </StrictMode>,
  );
  const [start, stop] = container.querySelectorAll('button');
  const text = (): string => container.querySelector('p')!.textContent;
  start!.click();
  const bar = container.querySelector('progress')!;
  await vi.waitFor(() => expect(bar.value).toBeGreaterThan(10), { timeout: 3000 });
  stop!.click();
  await expect.poll(() => start!.textContent).toBe('Continue');
  const kept = Number.parseInt(text(), 10);
  expect(kept).toBeGreaterThan(size / 10);
  expect(kept).toBeLessThan(size);
  start!.click();
  await expect.poll(text, { timeout: 5000 }).toBe(`${size} bytes, all of it`);
  expect(start!.textContent).toBe('Download');
});
