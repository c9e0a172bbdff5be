import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { playgroundServer } from './playground/server/plugin.ts';
import { faultServer } from './test/browser/fetch/server.ts';
import { downlevel } from './test/downlevel.ts';

const fromRoot = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const doors = {
  index: 'src/index.ts',
  core: 'src/core.ts',
  fetch: 'src/fetch.ts',
  worker: 'src/worker.ts',
};

/** What the library, its tests and the engines' tests have in common. */
export const shared = {
  // Tests and the playground say `use-cancelable`, as a user does, and get the source.
  resolve: {
    alias: [
      { find: /^use-cancelable$/, replacement: fromRoot('src/index.ts') },
      { find: /^use-cancelable\/(core|fetch|worker)$/, replacement: fromRoot('src/$1.ts') },
    ],
  },
  // Lowers `using` and `await using`, which WebKit does not have.
  oxc: { target: 'es2022' as const },
};

export const inBrowser = {
  // Named here, so that none is discovered in the middle of a run: that reloads the page.
  optimizeDeps: {
    include: [
      'react',
      'react-dom',
      'react-dom/client',
      'react/jsx-runtime',
      'react/jsx-dev-runtime',
      'react/compiler-runtime',
      'vitest-browser-react',
      'fast-check',
      '@noble/hashes/sha2.js',
      '@noble/hashes/utils.js',
      'axe-core',
      'react-router',
      '@tanstack/react-query',
      'swr',
      'axios',
      'p-retry',
      'ky',
      'openapi-fetch',
      'comlink',
    ],
  },
};

// Left there by scripts/chromium.mjs; without it Playwright looks for a browser of its own.
const foundChromium = fromRoot('node_modules/.cache/chromium-path');
const executablePath =
  process.env['CHROME_PATH'] ?? (existsSync(foundChromium) ? readFileSync(foundChromium, 'utf8') : undefined);

/** A new object each time: Vitest writes into it. */
export const chromium = (): NonNullable<NonNullable<TestProjectInlineConfiguration['test']>['browser']> => ({
  enabled: true,
  headless: true,
  screenshotFailures: false,
  provider: playwright({
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        '--disable-dev-shm-usage',
        '--enable-precise-memory-info',
        '--js-flags=--expose-gc',
        // Chromium refuses to run its sandbox for root.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    },
  }),
  instances: [{ browser: 'chromium' as const }],
});

const setupFiles = [fromRoot('test/setup.console.ts')];

const borders = ['test/browser/{fetch,worker}/**/*.test.{ts,tsx}'];

const projects: TestProjectInlineConfiguration[] = [
  {
    ...shared,
    plugins: [react()],
    test: {
      name: 'jsdom',
      environment: 'jsdom',
      // One page for many files, as in an application: a page for each takes ten times as long as the tests.
      isolate: false,
      include: ['test/unit/**/*.test.{ts,tsx}'],
      setupFiles: [...setupFiles, fromRoot('test/setup.jsdom.ts')],
    },
  },
  {
    ...shared,
    plugins: [react()],
    test: { name: 'node', environment: 'node', include: ['test/node/**/*.test.{ts,tsx}'], setupFiles },
  },
  {
    ...shared,
    ...inBrowser,
    plugins: [react(), playgroundServer(), faultServer(), downlevel()],
    test: {
      name: 'chromium',
      include: ['test/browser/**/*.test.{ts,tsx}'],
      exclude: borders,
      setupFiles,
      browser: chromium(),
    },
  },
  {
    ...shared,
    ...inBrowser,
    plugins: [faultServer()],
    // In a browser of their own, at the same time: they wait more than they compute.
    test: { name: 'borders', include: borders, setupFiles, browser: chromium() },
  },
  {
    ...shared,
    ...inBrowser,
    // The library itself stays as it is published: compilers leave node_modules alone.
    plugins: [react({ compiler: true, exclude: [/\/node_modules\//, fromRoot('src/**')] }), playgroundServer()],
    // Every test with JSX once more, its components compiled by the React Compiler; but for the longest one, whose work takes
    // a minute by itself: the other pages of the playground are made of the same pieces.
    test: {
      name: 'compiler',
      include: ['test/browser/**/*.test.tsx'],
      exclude: ['test/browser/playground.chromium.test.tsx'],
      setupFiles,
      browser: chromium(),
    },
  },
];

// Once more with React 18, which scripts/up.mjs installs there: as the root of a project, the folder is where all of its
// files find `react`.
const withReact18 = {
  root: fromRoot('test/react18'),
  resolve: {
    dedupe: ['react', 'react-dom'],
    alias: [
      ...shared.resolve.alias,
      // Its CommonJS would be required by Node, which finds the React 19 beside it.
      {
        find: /^@testing-library\/react$/,
        replacement: fromRoot('node_modules/@testing-library/react/dist/@testing-library/react.esm.js'),
      },
    ],
  },
  oxc: shared.oxc,
};
const inReact18 = (...paths: string[]): { include: string[]; exclude: string[] } => ({
  include: ['test/react18.test.ts', ...paths].map(fromRoot),
  // What only React 19 has.
  exclude: [fromRoot('test/**/*.react19.{test,chromium.test}.{ts,tsx}')],
});

projects.push(
  {
    ...withReact18,
    plugins: [react()],
    test: {
      name: 'react18',
      environment: 'jsdom',
      isolate: false,
      ...inReact18('test/unit/react/**/*.test.{ts,tsx}', 'test/unit/readme/**/*.test.tsx'),
      setupFiles: [...setupFiles, fromRoot('test/setup.jsdom.ts')],
    },
  },
  {
    ...withReact18,
    plugins: [react()],
    test: {
      name: 'react18-node',
      environment: 'node',
      ...inReact18('test/node/serverRendering.test.tsx'),
      setupFiles,
    },
  },
  {
    ...withReact18,
    optimizeDeps: { include: inBrowser.optimizeDeps.include.filter((name) => name !== 'react/compiler-runtime') },
    server: { fs: { allow: [fromRoot('.')] } },
    plugins: [react(), playgroundServer(), downlevel()],
    test: {
      name: 'react18-chromium',
      ...inReact18('test/browser/react/**/*.test.{ts,tsx}', 'test/browser/unmount.chromium.test.tsx'),
      setupFiles,
      browser: chromium(),
    },
  },
);

const hasStories =
  existsSync(fromRoot('stories')) &&
  readdirSync(fromRoot('stories'), { recursive: true, encoding: 'utf8' }).some((file) => /\.stories\.tsx?$/.test(file));

if (hasStories) {
  projects.push({
    ...shared,
    ...inBrowser,
    plugins: [storybookTest({ configDir: fromRoot('.storybook') })],
    test: { name: 'stories', setupFiles, browser: chromium() },
  });
}

export default defineConfig({
  ...shared,
  plugins: [react()],
  build: {
    target: 'es2022',
    minify: false,
    sourcemap: true,
    lib: { formats: ['es'], entry: doors },
    rolldownOptions: {
      external: [/^react(\/|$)/, /^react-dom(\/|$)/],
      // One file per source file: a bundler drops what is not used by whole files, and 'use client' stays with its door.
      output: { preserveModules: true, preserveModulesRoot: 'src', entryFileNames: '[name].js' },
    },
  },
  test: { projects },
});
