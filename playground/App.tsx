import type { ReactNode } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { CancelableBoundary } from 'use-cancelable';
import { ChatPage } from './pages/ChatPage.tsx';
import { FormPage } from './pages/FormPage.tsx';
import { PipelinePage } from './pages/PipelinePage.tsx';
import { PoliciesPage } from './pages/PoliciesPage.tsx';
import { SearchPage } from './pages/SearchPage.tsx';
import { SuspensePage } from './pages/SuspensePage.tsx';
import { TabsPage } from './pages/TabsPage.tsx';
import { TransferPage } from './pages/TransferPage.tsx';
import { Header } from './shell/Header.tsx';
import { ServerLogStrip } from './shell/ServerLogStrip.tsx';

const pages = [
  { path: '/transfer', name: 'Transfer page', Page: TransferPage },
  { path: '/search', name: 'Search page', Page: SearchPage },
  { path: '/pipeline', name: 'Pipeline page', Page: PipelinePage },
  { path: '/policies', name: 'Policies page', Page: PoliciesPage },
  { path: '/form', name: 'Form page', Page: FormPage },
  { path: '/suspense', name: 'Suspense page', Page: SuspensePage },
  { path: '/tabs', name: 'Tabs page', Page: TabsPage },
  { path: '/chat', name: 'Chat page', Page: ChatPage },
] as const;

/** Each route is a boundary: to leave it cancels everything that was started below it. */
export function App(): ReactNode {
  return (
    <>
      <Header />
      <div className="shell">
        <main className="page" id="page" tabIndex={-1}>
          <Routes>
            {pages.map(({ path, name, Page }) => (
              <Route
                key={path}
                path={path}
                element={
                  <CancelableBoundary key={path} name={name}>
                    <Page />
                  </CancelableBoundary>
                }
              />
            ))}
            <Route path="*" element={<Navigate to="/transfer" replace />} />
          </Routes>
        </main>
        <ServerLogStrip />
      </div>
    </>
  );
}
