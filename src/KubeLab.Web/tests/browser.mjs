// A browser on the page: the real lab when PAGE_URL names one (its address with the token), the stand-in otherwise.
import { chromium } from 'playwright-core';
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { start } from '../dev/standin.mjs';

export const isReal = Boolean(process.env.PAGE_URL);
/** Real cells build clusters and let hours pass. */
export const patience = isReal ? 240_000 : 20_000;

export async function open({ dark = false, presenter = false, width = 1280, height = 720, ...cluster } = {}) {
  const standin = isReal ? undefined : await start(cluster);
  const url = process.env.PAGE_URL ?? standin.url;
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light', acceptDownloads: true });
  const page = await context.newPage();
  page.setDefaultTimeout(isReal ? patience : 8000);
  const errors = [];
  const strangers = [];
  page.on('pageerror', error => errors.push(error.message));
  page.on('request', request => {
    const to = new URL(request.url());
    if (/^(http|ws)s?:/.test(to.protocol) && to.host !== new URL(url).host) {
      strangers.push(request.url());
    }
  });
  if (presenter) {
    await page.addInitScript(() => localStorage.setItem('kubelab.size', 'presenter'));
  }

  // The first address carries the token; after it the cookie is enough.
  await page.goto(url);
  const base = new URL('./', page.url()).href.replace(/\?.*$/, '');
  return {
    page, errors, strangers,
    go: async hash => {
      await page.goto(`${base}${hash}`);
    },
    close: async () => {
      await browser.close();
      standin?.close();
    },
  };
}

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds on the page as it is now, in one line each. */
export async function violations(page) {
  // The page's own policy keeps foreign scripts out; the test's is handed over through the debugger.
  await page.evaluate(axe);
  const { violations: found } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  return found.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(' ')} ${node.any[0]?.message ?? node.none[0]?.message ?? ''}`));
}
