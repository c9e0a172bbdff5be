// The browser tests in Firefox and WebKitGTK, and the core's own tests there and in Chromium: `npm run test:engines`.
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import type { BrowserProviderOption } from 'vitest/node';
import { playgroundServer } from '../../playground/server/plugin.ts';
import { chromium, inBrowser, shared } from '../../vite.config.ts';
import { faultServer } from '../browser/fetch/server.ts';
import { downlevel } from '../downlevel.ts';
import { firefox, webkit } from './providers.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const browserTests = 'test/browser/**/*.test.{ts,tsx}';
// What needs no React and no DOM beyond events: as it runs in jsdom, many files in one page, it runs in each engine.
const core = 'test/unit/{operation,sources,flow,cancelable,registry,task}/**/*.test.ts';

type Browser = NonNullable<NonNullable<TestProjectInlineConfiguration['test']>['browser']>;

const project = (
  name: string,
  include: string,
  isolate: boolean,
  browser: Browser,
): TestProjectInlineConfiguration => ({
  ...shared,
  ...inBrowser,
  root,
  plugins: [react(), playgroundServer(), faultServer(), downlevel()],
  test: {
    name,
    include: [include],
    isolate,
    // What only Chromium has or can tell, its protocol and its heap; what needs Node beside the page.
    exclude: ['**/*.chromium.test.{ts,tsx}', '**/*.jsdom.test.ts'],
    setupFiles: ['test/setup.console.ts'],
    browser,
  },
});

const other = (name: string, provider: () => BrowserProviderOption): TestProjectInlineConfiguration[] => {
  const browser = (): Browser => ({
    enabled: true,
    headless: true,
    screenshotFailures: false,
    provider: provider(),
    // Vitest's types know its own engine names only.
    instances: [{ browser: name as never }],
  });
  return [project(name, browserTests, true, browser()), project(`${name}-core`, core, false, browser())];
};

export default defineConfig({
  root,
  test: {
    projects: [
      project('chromium-core', core, false, chromium()),
      ...other('firefox', firefox),
      ...other('webkit', webkit),
    ],
  },
});
