// The browser tests in Firefox and WebKitGTK: `npm run test:engines`.
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import type { BrowserProviderOption } from 'vitest/node';
import { playgroundServer } from '../../playground/server/plugin.ts';
import { inBrowser, shared } from '../../vite.config.ts';
import { firefox, webkit } from './providers.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const project = (browser: string, provider: BrowserProviderOption): TestProjectInlineConfiguration => ({
  ...shared,
  ...inBrowser,
  root,
  plugins: [react(), playgroundServer()],
  test: {
    name: browser,
    include: ['test/browser/**/*.test.{ts,tsx}'],
    // What only Chromium has or can tell: its protocol, its heap.
    exclude: ['**/*.chromium.test.{ts,tsx}'],
    setupFiles: ['test/setup.console.ts'],
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider,
      // Vitest's types know its own engine names only.
      instances: [{ browser: browser as never }],
    },
  },
});

export default defineConfig({ root, test: { projects: [project('firefox', firefox()), project('webkit', webkit())] } });
