import { launch } from 'puppeteer-core';
import { findOnPath } from '../../scripts/system.mjs';
import type { OpenedPage } from './providers.ts';

export async function openFirefox(url: string): Promise<OpenedPage> {
  const executablePath = process.env['FIREFOX_PATH'] ?? findOnPath('firefox-esr', 'firefox');
  if (executablePath === undefined) throw new Error('No Firefox found: install it, or set FIREFOX_PATH.');
  const browser = await launch({ browser: 'firefox', executablePath, headless: true });
  const page = await browser.newPage();
  await page.goto(url, { waitUntil: 'domcontentloaded' });
  return { close: () => browser.close() };
}
