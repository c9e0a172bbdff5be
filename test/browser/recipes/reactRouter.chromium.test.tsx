import { createMemoryRouter, RouterProvider, type LoaderFunctionArgs, type RouteObject } from 'react-router';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Cancelable } from 'use-cancelable';
import { routes } from '../../recipes/reactRouterRoutes.tsx';
import { mount, type Mounted } from '../react/mount.tsx';
import {
  ask,
  askBriefly,
  askSlowly,
  expectBytes,
  expectGoingOn,
  expectStates,
  patient,
  watchOperations,
  type Asked,
} from './support.ts';

type Router = ReturnType<typeof createMemoryRouter>;

interface Opened extends Mounted {
  readonly router: Router;
}

/** The page's address for a file of the server. */
const pageOf = ({ url }: Asked): string => url.replace('/api', '');

const alertOf = (container: HTMLElement) => container.querySelector('[role=alert]')?.textContent;

function open(initial: string, all: RouteObject[] = routes): Opened {
  const router = createMemoryRouter(all, { initialEntries: [initial] });
  onTestFinished(() => router.dispose());
  return { router, ...mount(<RouterProvider router={router} />) };
}

const aborted = {
  status: 'canceled',
  cancelReason: 'signal',
  cancelMessage: expect.stringMatching(/^Operation canceled by a signal: ./),
};

/** A form that is sent to an action which takes its time. */
function note(router: Router, { url }: Asked): Promise<void> {
  const formData = new FormData();
  formData.set('note', 'A note of some length, which is taken byte by byte.');
  return router.navigate(`/files/LICENSE${new URL(url, location.href).search}`, { formMethod: 'post', formData });
}

describe('a loader', () => {
  it('is canceled when the user goes elsewhere meanwhile, and its error is nobody’s', async () => {
    const operations = watchOperations();
    const slow = askSlowly();
    const { router, container } = open('/');
    void router.navigate(pageOf(slow));
    await expectBytes(slow);
    expect(router.state.navigation.state).toBe('loading');
    await router.navigate('/');
    await expectStates(slow, 'letGo');
    expect(operations.named('file')).toMatchObject([aborted]);
    expect(router.state.errors).toBeNull();
    await vi.waitFor(() => expect(container.textContent).toBe('License'));
  });

  it('of the first page is canceled too, though nothing of it is on the screen', async () => {
    const operations = watchOperations();
    const slow = askSlowly();
    const { router, container } = open(pageOf(slow));
    await expectBytes(slow);
    expect(router.state.initialized).toBe(false);
    expect(container.textContent).toBe('Loading');
    await router.navigate('/');
    await expectStates(slow, 'letGo');
    expect(operations.named('file')).toMatchObject([aborted]);
    await vi.waitFor(() => expect(container.textContent).toBe('License'));
  });

  it('shows what it has loaded, and its failure where the route has its place for it', async () => {
    const brief = askBriefly();
    const { router, container } = open(pageOf(brief));
    await vi.waitFor(() => expect(container.querySelector('pre')?.textContent).toContain('Node.js'), patient);
    await expectStates(brief, 'sent');
    const missing = ask('/api/files/missing');
    await router.navigate(pageOf(missing));
    await vi.waitFor(() => expect(alertOf(container)).toBe('The server answered 404'));
  });

  it('that is canceled by anybody but the router has failed', async () => {
    const operations = watchOperations();
    const slow = askSlowly();
    const { container } = open(pageOf(slow));
    await expectBytes(slow);
    operations.cancelAll('file', 'Stopped by hand');
    await vi.waitFor(() => expect(alertOf(container)).toBe('Stopped by hand'));
    await expectStates(slow, 'letGo');
  });

  it('has no hold on what it has not awaited: the signal of React Router ends with the navigation', async () => {
    const operations = watchOperations();
    const slow = askSlowly();
    const loader = ({ request }: LoaderFunctionArgs) => ({
      later: Cancelable.withSignal(request.signal, { name: 'later' }).settle(async (op) => {
        const response = await op.wait(fetch(slow.url, { signal: op.signal }));
        return await op.wait(response.text());
      }),
    });
    const { router } = open('/', [...routes, { path: 'deferred', loader, element: null }]);
    await router.navigate('/deferred');
    await expectBytes(slow);
    await router.navigate('/');
    await expectGoingOn(slow);
    expect(operations.named('later')).toMatchObject([{ status: 'running' }]);
    operations.cancelAll('later', 'The test is over');
  });
});

describe('an action', () => {
  it('is canceled when the form is sent again, which is then saved', async () => {
    const operations = watchOperations();
    const [first, second] = [ask('/api/uploads?rate=20'), ask('/api/uploads?rate=100000')];
    const { router, container } = open(pageOf(askBriefly()));
    await vi.waitFor(() => expect(container.querySelector('pre')).not.toBeNull(), patient);
    void note(router, first);
    await vi.waitFor(async () => expect((await first.rows())[0]?.received).toBeGreaterThan(0), patient);
    expect(router.state.navigation.state).toBe('submitting');
    await note(router, second);
    await expectStates(first, 'letGo');
    expect((await second.rows())[0]).toMatchObject({ method: 'POST', state: 'sent' });
    expect(operations.named('save')).toMatchObject([aborted, { status: 'completed' }]);
    expect(Object.values(router.state.actionData ?? {})).toEqual(['Saved']);
    expect(router.state.errors).toBeNull();
  });
});
