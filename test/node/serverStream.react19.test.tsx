import { Suspense, type ReactNode } from 'react';
import { renderToReadableStream, renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { useCancelableAction } from 'use-cancelable';
import { html, ServerPage } from './ServerPage.tsx';

describe('rendering on a server, with no window and no document', () => {
  it('works in a stream of the Web too, with Suspense [case 298]', async () => {
    const stream = await renderToReadableStream(
      <Suspense fallback={null}>
        <ServerPage />
      </Suspense>,
    );
    expect(await new Response(stream).text()).toContain(html);
  });

  it('starts no action [case 298]', () => {
    function Form(): ReactNode {
      const [state, , isPending, , action] = useCancelableAction((_op, previous: string) => previous, 'first');
      return <p>{[state, isPending, action.status].join(' ')}</p>;
    }
    expect(renderToString(<Form />)).toBe('<p>first false idle</p>');
  });
});
