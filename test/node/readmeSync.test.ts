import { expect, it, vi } from 'vitest';
import { sync } from '../readme/sync.ts';
import { serveExamples } from './readmeServer.ts';

it('a task outside of components sends the document that is on its way and the newest one, not those between', async () => {
  const bodies: string[] = [];
  const open: Array<() => void> = [];
  await serveExamples((_, response, request) => {
    let body = '';
    request.on('data', (part) => (body += String(part)));
    request.on('end', () => bodies.push(body));
    open.push(() => response.end());
  });
  const outcomes = ['one', 'two', 'three'].map((document) => sync.settle(document));
  expect(sync.getSnapshot()).toMatchObject({ status: 'running', queued: 1 });
  await vi.waitFor(() => expect(bodies).toEqual(['one']));
  open[0]!();
  await vi.waitFor(() => expect(bodies).toEqual(['one', 'three']));
  open[1]!();
  const fates = (await Promise.all(outcomes)).map(({ status }) => status);
  expect(fates).toEqual(['completed', 'canceled', 'completed']);
});
