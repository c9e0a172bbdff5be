// Vitest browser providers for the browsers that a Linux distribution ships: Firefox over WebDriver BiDi, and WebKitGTK
// over classic WebDriver (WebKitWebDriver and MiniBrowser under Xvfb).
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { defineBrowserProvider } from '@vitest/browser';
import type { BrowserProviderOption } from 'vitest/node';
import { openFirefox } from './firefox.ts';
import { openWebKit } from './webkit.ts';

/** A browser that shows one page. */
export type OpenedPage = { close(): Promise<void> };

const locators = join(dirname(createRequire(import.meta.url).resolve('@vitest/browser-preview')), 'locators.js');

function provider(engine: string, open: (url: string) => Promise<OpenedPage>): BrowserProviderOption {
  const definition = {
    // The preview provider's page half: interactions are simulated by @testing-library/user-event.
    name: 'preview',
    supportedBrowser: [engine],
    options: {},
    providerFactory: () => {
      let page: OpenedPage | undefined;
      const close = async (): Promise<void> => {
        const closing = page;
        page = undefined;
        await closing?.close();
      };
      return {
        name: 'preview',
        supportsParallelism: false,
        initScripts: [locators],
        getCommandsContext: () => ({}),
        openPage: async (_session: string, url: string): Promise<void> => {
          await close();
          page = await open(url);
        },
        close,
      };
    },
  };
  // Vitest's types know its own engine and provider names only.
  return defineBrowserProvider(definition as never);
}

export const firefox = (): BrowserProviderOption => provider('firefox', openFirefox);
export const webkit = (): BrowserProviderOption => provider('webkit', openWebKit);
