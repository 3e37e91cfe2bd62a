import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, patience, violations } from './browser.mjs';

/** A lesson in which something was typed, and which another window has saved meanwhile with a text of its own. */
async function conflict(t, look = {}) {
  const opened = await open(look);
  t.after(opened.close);
  const { page, go } = opened;
  await page.waitForSelector('.lesson-card');
  await page.evaluate(async () => {
    const headers = { 'Content-Type': 'application/json', 'X-XSRFToken': /_xsrf=([^;]*)/.exec(document.cookie)?.[1] ?? '' };
    await fetch('lab/api/lessons/05/reset', { method: 'POST', headers, body: '{}' });
  });
  await go('#/lesson/05');
  await page.waitForSelector('.kernel-state[data-state=ready]');
  await type(page, '// mine ');
  await page.waitForFunction(() => document.querySelector('.saved')?.textContent === 'Saved');
  const path = await page.evaluate(async () => {
    const headers = { 'Content-Type': 'application/json', 'X-XSRFToken': /_xsrf=([^;]*)/.exec(document.cookie)?.[1] ?? '' };
    const { path } = await (await fetch('lab/api/lessons/05/open', { method: 'POST', headers, body: '{}' })).json();
    const { content } = await (await fetch(`api/contents/${path}?content=1&type=notebook`)).json();
    const cell = content.cells.find(candidate => candidate.cell_type === 'code');
    cell.source = [cell.source].flat().join('').replace('// mine', '// theirs');
    await fetch(`api/contents/${path}`, { method: 'PUT', headers, body: JSON.stringify({ type: 'notebook', format: 'json', content }) });
    return path;
  });
  await type(page, '// later ');
  await page.getByRole('alert').filter({ hasText: 'changed on disk' }).waitFor();
  return { ...opened, path };
}

async function type(page, text) {
  await page.locator('.code-cell .cm-content').first().click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type(text);
}

const firstCell = (page, path) => page.evaluate(async at => {
  const { content } = await (await fetch(`api/contents/${at}?content=1&type=notebook`)).json();
  return [content.cells.find(cell => cell.cell_type === 'code').source].flat().join('');
}, path);

/** The path of the version that was kept, as the page says it. */
async function copyOf(page) {
  const words = page.locator('#announcer', { hasText: /kept as \S+\.ipynb/ });
  await words.waitFor({ state: 'attached' });
  return /kept as (\S+\.ipynb)/.exec(await words.textContent())[1];
}

test('a notebook that has changed on disk is not overwritten; keeping mine keeps the other as a copy', { timeout: patience * 3 }, async t => {
  const { page, path, errors } = await conflict(t);
  await type(page, '// still later ');
  await page.waitForTimeout(2500);
  assert.match(await firstCell(page, path), /^\/\/ theirs/, 'nothing is saved before the learner chooses');
  await page.getByRole('button', { name: 'Keep mine' }).click();
  const copy = await copyOf(page);
  assert.match(await firstCell(page, path), /^\/\/ still later \/\/ later \/\/ mine/);
  assert.match(await firstCell(page, copy), /^\/\/ theirs/);
  assert.equal(await page.getByRole('alert').filter({ hasText: 'changed on disk' }).count(), 0);
  await type(page, '// last ');
  await page.waitForFunction(() => document.querySelector('.saved')?.textContent === 'Saved');
  assert.match(await firstCell(page, path), /^\/\/ last/, 'saving goes on');
  assert.deepEqual(errors, []);
});

test('taking the version on disk shows it and keeps mine as a copy', { timeout: patience * 3 }, async t => {
  const { page, path, errors } = await conflict(t);
  await page.getByRole('button', { name: 'Take the one on disk' }).click();
  await page.locator('.code-cell .cm-content').first().filter({ hasText: '// theirs' }).waitFor();
  const copy = await copyOf(page);
  assert.match(await firstCell(page, path), /^\/\/ theirs/);
  assert.match(await firstCell(page, copy), /^\/\/ later \/\/ mine/);
  await type(page, '// on ');
  await page.waitForFunction(() => document.querySelector('.saved')?.textContent === 'Saved');
  assert.deepEqual(errors, []);
});

test('who leaves the lesson without choosing finds what was not saved as a copy', { timeout: patience * 3 }, async t => {
  const { page, path } = await conflict(t);
  const saved = page.waitForRequest(request => request.method() === 'PUT' && request.url().includes('-mine-'));
  await page.getByRole('link', { name: 'KubeLab' }).first().click();
  await (await saved).response();
  assert.match(await firstCell(page, path), /^\/\/ theirs/);
  assert.match(await firstCell(page, new URL((await saved).url()).pathname.replace(/^.*api\/contents\//, '')), /^\/\/ later \/\/ mine/);
});

for (const [name, look] of Object.entries({ light: {}, dark: { dark: true }, presenter: { presenter: true } })) {
  test(`axe finds nothing while the learner is asked, ${name}`, { timeout: patience * 3 }, async t => {
    const { page } = await conflict(t, look);
    if (process.env.SHOTS) {
      await page.screenshot({ path: `${process.env.SHOTS}/conflict-${name}.png` });
    }

    assert.deepEqual(await violations(page), []);
  });
}
