import { StrictMode } from 'react';
import { expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { Hash } from '../readme/Hash.tsx';

const megabyte = new Uint8Array(1024 * 1024);

async function open(megabytes: number) {
  const file = new File(
    Array.from({ length: megabytes }, () => megabyte),
    'zeros',
  );
  const { container } = await render(
    <StrictMode>
      <Hash file={file} />
    </StrictMode>,
  );
  const [start, stop] = container.querySelectorAll('button');
  const [bar, code] = [container.querySelector('progress')!, container.querySelector('code')!];
  return { file, start: start!, stop: stop!, bar, text: () => code.textContent };
}

async function digest(file: File): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

it('the hash of the README is made in a worker', async () => {
  const { file, start, text } = await open(3);
  start.click();
  await expect.poll(text, { timeout: 10_000 }).toBe(await digest(file));
});

it('the hash of the README stops in the middle, and can be made again', async () => {
  const { file, start, stop, bar, text } = await open(200);
  start.click();
  await vi.waitFor(() => expect(bar.value).toBeGreaterThan(0), { timeout: 10_000 });
  expect(bar.value).toBeLessThan(100);
  stop.click();
  await expect.poll(() => start.disabled).toBe(false);
  expect(text()).toBe('');
  start.click();
  await expect.poll(text, { timeout: 20_000 }).toBe(await digest(file));
}, 30_000);
