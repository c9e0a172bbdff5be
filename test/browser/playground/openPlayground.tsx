import { MemoryRouter } from 'react-router';
import { expect, onTestFinished, vi } from 'vitest';
import { page } from 'vitest/browser';
import { App } from '../../../playground/App.tsx';
import { chooseTheme } from '../../../playground/shell/theme.ts';
import '../../../playground/styles/index.css';
import { mount } from '../react/mount.tsx';
import { patient } from './patient.ts';

type Route = 'Transfer' | 'Search' | 'Pipeline' | 'Policies' | 'Form' | 'Suspense' | 'Tabs' | 'Chat';

const titles: Record<Route, string> = {
  Transfer: 'Transfer',
  Search: 'Search as you type',
  Pipeline: 'Pipeline',
  Policies: 'Policies',
  Form: 'Form',
  Suspense: 'Suspense',
  Tabs: 'Tabs',
  Chat: 'Chat',
};

/** Opens the playground as it is at first sight, on the screen of a desk. What goes wrong in it fails the test. */
export async function openPlayground(route: Route): Promise<void> {
  watchComplaints();
  onTestFinished(() => chooseTheme('auto'));
  await page.viewport(1280, 900);
  mount(
    <MemoryRouter initialEntries={[`/${route.toLowerCase()}`]}>
      <App />
    </MemoryRouter>,
  );
  await expectPage(route);
  // What the last transfer and the last conversation have left outlives their pages, and so the test before this one.
  const leftovers = page.getByRole('main').getByRole('button', { name: /^(?:Discard|Clear)$/ });
  if (leftovers.query() !== null) await leftovers.click();
}

/** Leaves for another page, by its tab. */
export async function goTo(route: Route): Promise<void> {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: route }).click();
  await expectPage(route);
}

async function expectPage(route: Route): Promise<void> {
  await expect.element(page.getByRole('heading', { level: 1, name: titles[route] }), patient).toBeVisible();
}

function watchComplaints(): void {
  const complaints: unknown[] = [];
  const onError = (event: ErrorEvent): void => void complaints.push(event.error ?? event.message);
  const onRejection = (event: PromiseRejectionEvent): void => void complaints.push(event.reason);
  window.addEventListener('error', onError);
  window.addEventListener('unhandledrejection', onRejection);
  const warn = vi.spyOn(console, 'warn').mockImplementation((...parts: unknown[]) => void complaints.push(parts));
  onTestFinished(() => {
    window.removeEventListener('error', onError);
    window.removeEventListener('unhandledrejection', onRejection);
    warn.mockRestore();
    expect(complaints).toEqual([]);
  });
}
