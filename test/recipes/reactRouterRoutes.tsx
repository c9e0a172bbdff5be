import { Link, Outlet, useLoaderData, useLocation, useRouteError, type RouteObject } from 'react-router';
import { CancelableBoundary } from 'use-cancelable';
import { loadFile, saveNote } from './reactRouterLoader.ts';

export function Page() {
  const { pathname } = useLocation();
  return (
    <CancelableBoundary key={pathname} name={pathname}>
      <Outlet />
    </CancelableBoundary>
  );
}

function File() {
  return <pre>{useLoaderData<typeof loadFile>()}</pre>;
}

function Failure() {
  const error = useRouteError();
  return <p role="alert">{error instanceof Error ? error.message : 'Something went wrong'}</p>;
}

export const routes: RouteObject[] = [
  {
    element: <Page />,
    hydrateFallbackElement: <p>Loading</p>,
    children: [
      { index: true, element: <Link to="files/LICENSE">License</Link> },
      { path: 'files/:name', loader: loadFile, action: saveNote, element: <File />, errorElement: <Failure /> },
    ],
  },
];
