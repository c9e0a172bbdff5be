import { createMemoryRouter, RouterProvider, useFetcher, useParams, type RouteObject } from 'react-router';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Preview } from '../../recipes/reactRouterFetcher.tsx';
import { loadFile } from '../../recipes/reactRouterLoader.ts';
import { Page } from '../../recipes/reactRouterRoutes.tsx';
import { mount } from '../react/mount.tsx';
import { quiet } from '../react/quiet.ts';
import {
  askBriefly,
  askSlowly,
  expectBytes,
  expectGoingOn,
  expectStates,
  patient,
  watchOperations,
  type Asked,
} from './support.ts';

/** A page for each of the files, with its number for a name. */
function openPreviews(...files: readonly Asked[]) {
  function PreviewPage() {
    const { index } = useParams();
    return <Preview path={files[Number(index)]!.url.replace('/api', '')} />;
  }
  return open({ path: 'previews/:index', element: <PreviewPage /> });
}

function open(route: RouteObject) {
  const children = [{ index: true, element: 'Home' }, { path: 'files/:name', loader: loadFile }, route];
  const router = createMemoryRouter([{ element: <Page />, children }], { initialEntries: ['/previews/0'] });
  onTestFinished(() => router.dispose());
  const mounted = mount(<RouterProvider router={router} />);
  const button = (name: string) =>
    [...mounted.container.querySelectorAll('button')].find(({ textContent }) => textContent === name)!;
  const press = (name: string) => vi.waitFor(() => button(name).click());
  return { router, press, button, ...mounted };
}

describe('a fetcher that runs in an operation of its component', () => {
  it('shows what it has loaded', async () => {
    const { press, container } = openPreviews(askBriefly());
    await press('Preview');
    await vi.waitFor(() => expect(container.querySelector('pre')?.textContent).toContain('Node.js'), patient);
  });

  it.each([
    ['another page', '/'],
    ['another page of the same route', '/previews/1'],
  ])('is canceled when the user goes to %s', async (_, path) => {
    const operations = watchOperations();
    const slow = askSlowly();
    const { router, press } = openPreviews(slow, askBriefly());
    await press('Preview');
    await expectBytes(slow);
    await router.navigate(path);
    await expectStates(slow, 'letGo');
    expect(operations.named('/previews/0')).toMatchObject([
      { cancelReason: 'unmount', cancelMessage: 'Boundary "/previews/0" was unmounted' },
    ]);
    const [preview] = operations.named('preview');
    expect(preview).toMatchObject({ status: 'canceled', cancelReason: 'parent' });
    // The loader has it from the fetcher's signal.
    expect(operations.named('file')).toMatchObject([
      { cancelReason: 'signal', cancelMessage: `Operation canceled by a signal: ${preview!.cancelMessage}` },
    ]);
    expect(router.state.errors).toBeNull();
  });

  it('is canceled by its button, and says so', async () => {
    const operations = watchOperations();
    const slow = askSlowly();
    const { router, press, button, container } = openPreviews(slow);
    await press('Preview');
    await expectBytes(slow);
    await press('Cancel');
    await expectStates(slow, 'letGo');
    expect(container.querySelector('pre')?.textContent).toBe('Operation canceled manually');
    expect(operations.named('file')[0]?.cancelMessage).toBe(
      'Operation canceled by a signal: Operation canceled manually',
    );
    expect(button('Cancel').disabled).toBe(true);
    expect(router.state.errors).toBeNull();
  });

  it('lets go of the first load when it is asked for a second one', async () => {
    const operations = watchOperations();
    const slow = askSlowly();
    const { press, button } = openPreviews(slow);
    await press('Preview');
    await expectBytes(slow);
    await press('Preview');
    await expectStates(slow, 'letGo', 'sending');
    await expectBytes(slow);
    expect(operations.named('preview')).toMatchObject([{ cancelReason: 'superseded' }, { status: 'running' }]);
    expect(operations.named('file')).toMatchObject([{ cancelReason: 'signal' }, { status: 'running' }]);
    expect(button('Cancel').disabled).toBe(false);
    await press('Cancel');
    await expectStates(slow, 'letGo', 'letGo');
  });
});

describe('a fetcher alone', () => {
  it('lets go of the first load when it is asked for a second one', async () => {
    const operations = watchOperations();
    const slow = askSlowly();
    const path = slow.url.replace('/api', '');
    const { press } = open({ path: 'previews/:index', element: <Plain path={path} /> });
    await press('Load');
    await expectBytes(slow);
    await press('Load');
    await expectStates(slow, 'letGo', 'sending');
    expect(operations.named('file')).toMatchObject([{ cancelReason: 'signal' }, { status: 'running' }]);
  });

  it('loads on when its component has left', async () => {
    const operations = watchOperations();
    const slow = askSlowly();
    const { router, press, container } = open({
      path: 'previews/:index',
      element: <Plain path={slow.url.replace('/api', '')} />,
    });
    await press('Load');
    await expectBytes(slow);
    await router.navigate('/');
    await vi.waitFor(() => expect(container.textContent).toBe('Home'));
    await quiet();
    await expectGoingOn(slow);
    operations.cancelAll('file', 'The test is over');
  });
});

function Plain({ path }: { readonly path: string }) {
  const fetcher = useFetcher();
  return <button onClick={() => void fetcher.load(path)}>Load</button>;
}
