import type { Plugin, PreviewServer, ViteDevServer } from 'vite';

import { createBackEnd } from './backEnd.ts';

/** Runs the playground's back end inside Vite's dev server and its preview server. Each server has a log of its own. */
export function playgroundServer(): Plugin {
  return { name: 'playground-server', configureServer: mount, configurePreviewServer: mount };
}

function mount({ config, middlewares }: ViteDevServer | PreviewServer): void {
  const onError = (error: unknown) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    config.logger.error(`playground-server: ${text}`, { timestamp: true });
  };
  middlewares.use(createBackEnd({ onError }).middleware);
}
