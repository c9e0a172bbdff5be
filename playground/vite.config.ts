import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { playgroundServer } from './server/plugin.ts';

const library = (path: string): string => fileURLToPath(new URL(`../src/${path}`, import.meta.url));
const isCompiled = process.env['PLAYGROUND_COMPILER'] === '1';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [
    // PLAYGROUND_COMPILER=1 compiles the pages with the React Compiler. The library stays as it is published.
    isCompiled ? react({ compiler: true, exclude: [/\/node_modules\//, library('**')] }) : react(),
    playgroundServer(),
  ],
  resolve: {
    // The library's own source stands in for the installed package, so that a change in it shows at once.
    alias: [
      { find: /^use-cancelable$/, replacement: library('index.ts') },
      { find: /^use-cancelable\/(core|fetch|worker)$/, replacement: library('$1.ts') },
    ],
  },
  oxc: { target: 'es2022' },
  worker: { format: 'es' },
  build: { target: 'es2022', outDir: 'dist', emptyOutDir: true },
});
