import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { isReal, open, patience } from './browser.mjs';

const ready = page => page.waitForSelector('.kernel-state[data-state=ready]');
const idle = page => page.waitForFunction(() => document.querySelector('.kernel-state')?.dataset.state === 'ready'
  && document.querySelectorAll('.code-cell[data-state=queued], .code-cell[data-state=running]').length === 0);

test('a learner walks through a lesson: opens it, predicts, runs it, fails an exercise and passes it', { timeout: patience * 2 }, async t => {
  const { page, errors, strangers, close } = await open();
  t.after(close);
  await page.waitForSelector('.lesson-card');
  await page.getByRole('link', { name: /Lesson 05/ }).click();
  await page.waitForSelector('.code-cell');
  if (isReal) {
    // What earlier walks left behind: the lesson's copy, and predictions that are locked.
    await page.evaluate(async () => {
      const headers = { 'Content-Type': 'application/json', 'X-XSRFToken': /_xsrf=([^;]*)/.exec(document.cookie)?.[1] ?? '' };
      await fetch('lab/api/progress', { method: 'PUT', headers, body: '{}' });
      await fetch('lab/api/lessons/05/reset', { method: 'POST', headers, body: '{}' });
    });
    await page.reload();
  }

  await ready(page);
  await t.test('a run waits at an open prediction', async () => {
    await page.getByRole('button', { name: 'Run all', exact: true }).click();
    await page.waitForSelector('.prediction.asked');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'answer-P05-1');
  });
  await t.test('locking the prediction lets it go on, and what happened is laid over it', async () => {
    await page.fill('#answer-P05-1', 'unchanged');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.prediction .overlay.agrees');
    assert.equal(await page.isDisabled('#answer-P05-1'), true);
    for (const id of ['P05-2', 'P05-3']) {
      await page.waitForSelector(`.prediction.asked #answer-${id}`);
      await page.fill(`#answer-${id}`, '1');
      await page.keyboard.press('Enter');
    }

    await idle(page);
    assert.equal(await page.locator('.prediction .overlay').count(), 3);
    assert.deepEqual(await page.locator('.code-cell[data-state=failed]').evaluateAll(cells => cells.map(cell => cell.textContent)), []);
  });
  await t.test('tables and charts are shown', async () => {
    await page.locator('figure.chart').first().scrollIntoViewIfNeeded();
    await page.waitForSelector('.plot[data-drawn] svg');
    await page.getByText('Numbers of the chart').first().click();
    await page.locator('.outputs figure td').first().waitFor();
  });
  await t.test('an exercise fails with the template and passes with the solution', async () => {
    const exercise = page.locator('.exercise').filter({ hasText: 'E05.3' });
    await exercise.getByRole('button', { name: 'Check' }).click();
    await idle(page);
    await exercise.locator('.badge', { hasText: 'not yet' }).waitFor();
    await exercise.getByRole('button', { name: 'Hint' }).click();
    await exercise.locator('.hint').waitFor();
    await exercise.getByRole('button', { name: 'Solution' }).click();
    await exercise.getByRole('button', { name: 'Put it into a cell' }).click();
    await exercise.getByRole('button', { name: 'Check' }).click();
    await exercise.locator('.badge', { hasText: 'passed' }).waitFor();
  });
  await t.test('a solution that is a whole program gets a cell of its own', async () => {
    const exercise = page.locator('.exercise').filter({ hasText: 'E05.1' });
    const before = await exercise.locator('.code-cell').count();
    await exercise.getByRole('button', { name: 'Solution' }).click();
    await exercise.getByRole('button', { name: 'Put it into a cell' }).click();
    assert.equal(await exercise.locator('.code-cell').count(), before + 1);
    await exercise.getByRole('button', { name: 'Check' }).click();
    await exercise.locator('.badge', { hasText: 'passed' }).waitFor();
  });
  await t.test('an edit marks the cells below as out of date', async () => {
    await page.locator('.code-cell .cm-content').nth(1).click();
    await page.keyboard.type('// ');
    await page.waitForFunction(() => document.querySelectorAll('.code-cell.stale').length > 5);
    await page.keyboard.press('Control+z');
  });
  await t.test('what was done is saved, and a reload finds it', async () => {
    await page.waitForFunction(() => document.querySelector('.saved')?.textContent === 'Saved');
    await page.waitForTimeout(900);
    await page.reload();
    await ready(page);
    assert.equal(await page.inputValue('#answer-P05-1'), 'unchanged');
    assert.equal(await page.locator('.exercise.passed').filter({ hasText: 'E05.3' }).count(), 1);
    assert.ok(await page.locator('.outputs:not(:empty)').count() > 10);
    assert.equal(await page.locator('.mark', { hasText: 'earlier session' }).count(), 0);
  });
  await t.test('the lesson is exported as one file without scripts', async () => {
    const download = page.waitForEvent('download');
    await page.getByLabel('More').click();
    await page.getByRole('button', { name: 'Export as HTML' }).click();
    const html = await readFile(await (await download).path(), 'utf8');
    assert.ok(html.includes('Pods and kubectl') && html.replace(/<[^>]*>/g, '').includes('cluster.Kubectl('));
    assert.equal(/<script|<button| src="(?!data:)/.test(html), false);
  });
  await t.test('the list shows how far the learner is', async () => {
    await page.getByRole('link', { name: 'KubeLab' }).first().click();
    await page.locator('.lesson-card').filter({ hasText: 'Pods and kubectl' }).locator('.standing-words', { hasText: /2 exercises passed/ }).waitFor();
  });
  assert.deepEqual(errors, []);
  assert.deepEqual(strangers, [], 'a request left the machine');
});

test('a lesson is read and run with the keyboard alone', { timeout: patience * 2 }, async t => {
  const { page, close } = await open();
  t.after(close);
  await page.waitForSelector('.lesson-card');
  const base = page.url().replace(/[?#].*$/, '');
  await page.goto(`${base}#/lesson/05`);
  await page.waitForSelector('.code-cell');
  await ready(page);
  const focus = () => page.evaluate(() => document.activeElement?.closest('.code-cell')?.getAttribute('aria-label')?.replace(/,.*/, '') ?? document.activeElement?.tagName);
  const isEditing = () => page.evaluate(() => document.activeElement?.classList.contains('cm-content') === true);
  await page.locator('.code-cell').first().focus();
  await page.keyboard.press('Enter');
  assert.equal(await isEditing(), true, 'Enter edits');
  await page.keyboard.press('Escape');
  assert.equal(await isEditing(), false, 'Escape leaves the text');
  await page.keyboard.press('Control+Enter');
  await idle(page);
  assert.equal(await focus(), 'Code cell 1', 'Ctrl+Enter stays');
  await page.keyboard.press('Shift+Enter');
  assert.equal(await focus(), 'Code cell 2', 'Shift+Enter goes on');
  await idle(page);
  await page.keyboard.press('ArrowDown');
  assert.equal(await focus(), 'Code cell 3');
  await page.keyboard.press('ArrowUp');
  const own = await page.locator('.code-cell.own').count();
  await page.keyboard.press('b');
  assert.equal(await page.locator('.code-cell.own').count(), own + 1, 'b adds a cell below');
  await page.keyboard.press('Enter');
  await page.keyboard.type('cluster.');
  await page.waitForSelector('.cm-tooltip-autocomplete li');
  await page.keyboard.press('Escape');
  assert.equal(await isEditing(), true, 'Escape closes the list first');
  await page.keyboard.press('Escape');
  await page.keyboard.press('d');
  await page.keyboard.press('d');
  assert.equal(await page.locator('.code-cell.own').count(), own, 'd twice deletes an own cell');
  await page.keyboard.press('d');
  await page.keyboard.press('d');
  assert.equal(await focus(), 'Code cell 2', 'cells of the lesson stay');
});
