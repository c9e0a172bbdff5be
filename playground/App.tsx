import type { ReactNode } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { CancelableBoundary } from 'use-cancelable';
import { PipelinePage } from './pages/PipelinePage.tsx';
import { SearchPage } from './pages/SearchPage.tsx';
import { TransferPage } from './pages/TransferPage.tsx';
import { Header } from './shell/Header.tsx';
import { ServerLogStrip } from './shell/ServerLogStrip.tsx';

/** Each route is a boundary: to leave it cancels everything that was started below it. */
export function App(): ReactNode {
  return (
    <>
      <Header />
      <div className="shell">
        <main className="page" id="page" tabIndex={-1}>
          <Routes>
            <Route
              path="/transfer"
              element={
                <CancelableBoundary name="Transfer page">
                  <TransferPage />
                </CancelableBoundary>
              }
            />
            <Route
              path="/search"
              element={
                <CancelableBoundary name="Search page">
                  <SearchPage />
                </CancelableBoundary>
              }
            />
            <Route
              path="/pipeline"
              element={
                <CancelableBoundary name="Pipeline page">
                  <PipelinePage />
                </CancelableBoundary>
              }
            />
            <Route path="*" element={<Navigate to="/transfer" replace />} />
          </Routes>
        </main>
        <ServerLogStrip />
      </div>
    </>
  );
}
