// Jupyter's classic Notebook with the lab as its gateway, driven in a browser: a notebook opens, a cell runs, the kernel is interrupted.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [baseUrl, token] = process.argv.slice(2);
const limit = 120_000;
const folder = mkdtempSync(join(tmpdir(), 'kubelab-classic-'));
const code = (source) => ({ cell_type: 'code', metadata: {}, execution_count: null, outputs: [], source });
writeFileSync(join(folder, 'lesson.ipynb'), JSON.stringify({
  nbformat: 4, nbformat_minor: 4,
  metadata: { kernelspec: { name: '.net-csharp', display_name: 'C#', language: 'C#' } },
  cells: [code('Console.WriteLine("printed"); var x = 6;'), code('x * 7'), code('Console.WriteLine("go"); while (true) { }')],
}));

const probe = createServer().listen(0, '127.0.0.1');
await once(probe, 'listening');
const { port } = probe.address();
probe.close();
const jupyter = spawn('/usr/bin/jupyter-notebook', [
  '--no-browser', '--allow-root', '--ip=127.0.0.1', `--port=${port}`, '--NotebookApp.token=', `--notebook-dir=${folder}`, `--gateway-url=${baseUrl.replace(/\/$/, '')}`,
], { env: { ...process.env, JUPYTER_GATEWAY_AUTH_TOKEN: token, HOME: folder, JUPYTER_CONFIG_DIR: folder, JUPYTER_DATA_DIR: folder, JUPYTER_RUNTIME_DIR: folder }, stdio: ['ignore', 'ignore', 'inherit'] });
let browser;
let failed = 0;
try {
  const address = `http://127.0.0.1:${port}`;
  for (const end = Date.now() + limit; ;) {
    const up = await fetch(`${address}/api`).then((answer) => answer.ok, () => false);
    if (up) {
      break;
    }
    if (Date.now() > end || jupyter.exitCode !== null) {
      throw new Error('the classic Notebook does not start');
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }

  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  const page = await browser.newPage();
  page.setDefaultTimeout(limit);
  await page.goto(`${address}/notebooks/lesson.ipynb`);
  await page.waitForFunction(() => globalThis.Jupyter?.notebook?.kernel?.is_connected?.());
  await page.evaluate(() => Jupyter.notebook.execute_all_cells());
  const output = (cell, text) => page.waitForFunction(
    ([i, t]) => JSON.stringify(Jupyter.notebook.get_cell(i).output_area.toJSON()).includes(t), [cell, text]);
  await output(0, 'printed');
  await output(1, '42');
  await output(2, 'go');
  await page.evaluate(() => Jupyter.notebook.kernel.interrupt());
  await output(2, 'Interrupted');
  await page.screenshot({ path: process.env.KUBELAB_PICTURE ?? join(folder, 'classic.png') });
  console.log('all ok');
} catch (error) {
  failed = 1;
  console.error(error.stack ?? error);
} finally {
  await browser?.close();
  jupyter.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failed);
