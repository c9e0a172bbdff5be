import { useState, type ReactNode } from 'react';
import { expect, it, onTestFinished, vi } from 'vitest';
import { CancelableBoundary } from 'use-cancelable';
import { Biography, Name, Rename } from '../readme/Profile.tsx';
import { mount } from './react/mount.tsx';
import { quiet } from './react/quiet.ts';

interface Request {
  readonly what: string;
  readonly signal: AbortSignal;
  answer(text: string): void;
}

/** The examples write paths of a server that is not there: what they ask for is answered by the test. */
function collectRequests(): Request[] {
  const requests: Request[] = [];
  vi.stubGlobal('fetch', (path: string, { method = 'GET', signal }: RequestInit & { signal: AbortSignal }) => {
    const { promise, resolve } = Promise.withResolvers<Response>();
    requests.push({ what: `${method} ${path}`, signal, answer: (text) => resolve(new Response(text)) });
    return promise;
  });
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  return requests;
}

function Page(): ReactNode {
  const [id, setId] = useState(1);
  return (
    <CancelableBoundary name="page">
      <button type="button" id="next" onClick={() => setId(2)}>
        Next
      </button>
      <p id="names">
        <Name id={id} /> <Name id={id} />
      </p>
      <div id="text">
        <Biography id={id} />
      </div>
      <Rename id={id} name="Ada" />
    </CancelableBoundary>
  );
}

it('the profile of the README loads a name once, lets older requests go, and stops a form', async () => {
  const requests = collectRequests();
  const { find, container, render } = mount(<Page />, { strict: false });
  await vi.waitFor(() => expect(requests).toHaveLength(2));
  expect(requests.map(({ what }) => what).toSorted()).toEqual(['GET /users/1/name', 'GET /users/1/text']);
  requests.find(({ what }) => what.endsWith('name'))!.answer('Ada');
  await vi.waitFor(() => expect(find('names').textContent).toBe('Ada Ada'));

  find('next').click();
  await vi.waitFor(() => expect(requests).toHaveLength(4));
  expect(requests.find(({ what }) => what === 'GET /users/1/text')!.signal.aborted).toBe(true);
  requests.find(({ what }) => what === 'GET /users/2/text')!.answer('A mathematician');
  await vi.waitFor(() => expect(find('text').textContent).toBe('A mathematician'));

  const [save, stop] = container.querySelectorAll<HTMLButtonElement>('form button');
  save!.click();
  await vi.waitFor(() => expect([save!.disabled, stop!.disabled]).toEqual([true, false]));
  expect(requests.at(-1)).toMatchObject({ what: 'PUT /users/2/name', signal: { aborted: false } });
  stop!.click();
  await vi.waitFor(() => expect([save!.disabled, stop!.disabled]).toEqual([false, true]));
  expect(requests.at(-1)!.signal.aborted).toBe(true);

  render(null);
  await quiet();
  expect(requests.filter(({ signal }) => !signal.aborted).map(({ what }) => what)).toEqual([
    'GET /users/1/name',
    'GET /users/2/text',
  ]);
});
