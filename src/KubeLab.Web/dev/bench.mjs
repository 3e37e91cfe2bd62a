// Builds the bench page, runs it in Chromium and prints frames per second and what a frame costs. The page itself does not ship it.
import { createServer } from 'vite';
import { chromium } from 'playwright-core';
import { loadavg } from 'node:os';

const server = await createServer({ root: new URL('..', import.meta.url).pathname, server: { port: 0, host: '127.0.0.1', hmr: false }, logLevel: 'error' });
await server.listen();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  page.on('pageerror', error => process.stderr.write(`${error.stack}\n`));
  await page.goto(`http://127.0.0.1:${server.httpServer.address().port}/bench.html`);
  await page.waitForFunction(() => 'measure' in globalThis);
  for (const [nodes, pods, changes] of [[100, 3000, 0], [100, 3000, 20], [100, 3000, 100], [200, 5000, 100], [1000, 30000, 0], [1000, 30000, 100], [1000, 30000, 1000]]) {
    const figures = await page.evaluate(([n, p, c]) => measure(n, p, c, 4), [nodes, pods, changes]);
    process.stdout.write(`${JSON.stringify(figures)} load ${loadavg()[0].toFixed(1)}\n`);
  }
} finally {
  await browser.close();
  await server.close();
}
