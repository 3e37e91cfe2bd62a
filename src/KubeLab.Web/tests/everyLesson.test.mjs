// Every lesson of the lab, as a learner alone walks it: predict, run all, fail the exercises as they are handed out, solve them by their solutions.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isReal, open, patience } from './browser.mjs';

const lessons = isReal ? (await ids()).filter(id => (process.env.LESSONS ?? id).includes(id)) : [];

async function ids() {
  const url = new URL(process.env.PAGE_URL);
  const response = await fetch(new URL(`lab/api/episodes${url.search}`, url));
  return (await response.json()).episodes.map(episode => episode.id);
}

test('every lesson is walked on the lab itself', { skip: isReal ? false : 'needs PAGE_URL, the address of a lab' }, () => assert.ok(lessons.length > 0));

for (const id of lessons) {
  test(`lesson ${id} is predicted, run and solved`, { timeout: patience * 3 }, async t => {
    const { page, errors, strangers, close } = await open();
    t.after(close);
    await page.waitForSelector('.lesson-card');
    await afresh(page, id);
    const base = page.url().replace(/[?#].*$/, '');
    await page.goto(`${base}#/lesson/${id}`);
    await page.waitForSelector('.code-cell');
    await page.waitForSelector('.kernel-state[data-state=ready]');

    await runAll(page);
    assert.deepEqual(await failures(page), []);
    assert.equal(await page.locator('.prediction').count(), await page.locator('.prediction input:disabled').count(), 'every prediction is locked');
    const exercises = page.locator('.exercise');
    const count = await exercises.count();
    assert.ok(count > 0);
    assert.equal(await page.locator('.exercise.passed').count(), 0, 'nothing passes untouched');
    await picture(page, `${id}-run`);

    for (let i = 0; i < count; i++) {
      await exercises.nth(i).getByRole('button', { name: 'Solution' }).click();
      await exercises.nth(i).getByRole('button', { name: 'Put it into a cell' }).first().click();
    }

    await page.getByRole('button', { name: 'Restart the kernel' }).click();
    await page.locator('dialog').getByRole('button', { name: 'Restart', exact: true }).click();
    await page.locator('.mark', { hasText: 'earlier session' }).first().waitFor({ state: 'attached' });
    await page.waitForSelector('.kernel-state[data-state=ready]');
    await runAll(page);
    assert.deepEqual(await failures(page), []);
    assert.equal(await page.locator('.exercise.passed').count(), count, 'every solution passes');
    assert.deepEqual(errors, []);
    assert.deepEqual(strangers, [], 'a request left the machine');
  });
}

/** Forgets what earlier walks left behind: the lesson's copy, and predictions that are locked. */
async function afresh(page, id) {
  await page.evaluate(async lesson => {
    const headers = { 'Content-Type': 'application/json', 'X-XSRFToken': /_xsrf=([^;]*)/.exec(document.cookie)?.[1] ?? '' };
    await fetch('lab/api/progress', { method: 'PUT', headers, body: '{}' });
    await fetch(`lab/api/lessons/${lesson}/reset`, { method: 'POST', headers, body: '{}' });
  }, id);
}

/** Runs all, and answers each prediction that the run waits for. */
async function runAll(page) {
  await page.getByRole('button', { name: 'Run all', exact: true }).click();
  for (;;) {
    const state = await (await page.waitForFunction(() => {
      if (document.querySelector('.prediction.asked')) {
        return 'asked';
      }

      const busy = document.querySelectorAll('.code-cell[data-state=queued], .code-cell[data-state=running]').length > 0;
      return !busy && document.querySelector('.kernel-state')?.dataset.state === 'ready' ? 'done' : false;
    }, undefined, { polling: 200 }).catch(async error => { throw new Error(`${error.message} ${await standing(page)}`); })).jsonValue();
    if (state === 'done') {
      return;
    }

    // The next one may be asked at once: what is waited for is this one's lock.
    const answer = page.locator('.prediction.asked input').first();
    const id = await answer.getAttribute('id');
    await answer.fill('1');
    await answer.press('Enter');
    await page.waitForSelector(`#${id}:disabled`);
  }
}

/** What a run that does not end stands at: the kernel, each cell that waits or runs, and what an interrupt brings to light. */
async function standing(page) {
  const look = () => page.evaluate(() => [`The kernel is ${document.querySelector('.kernel-state')?.dataset.state}.`,
    ...[...document.querySelectorAll('.code-cell[data-state=queued], .code-cell[data-state=running], .code-cell[data-state=failed]')]
      .map(cell => `${cell.dataset.state}: ${cell.textContent.slice(0, 300)}`)].join('\n'));
  const before = await look();
  await page.getByRole('button', { name: 'Interrupt the run' }).click();
  await page.waitForTimeout(5000);
  return `${before}\nAfter an interrupt: ${await look()}`;
}

/** The cells that failed, in their own words. */
const failures = page => page.locator('.code-cell[data-state=failed]').evaluateAll(cells => cells.map(cell => cell.textContent.slice(-600)));

/** Pictures of the whole page for whoever wants to look, light and dark: SHOTS names the folder. A chart is drawn when it comes into sight, so all are gone to first. */
async function picture(page, name) {
  if (process.env.SHOTS) {
    for (const colorScheme of ['dark', 'light']) {
      await page.emulateMedia({ colorScheme });
      for (const chart of await page.locator('.plot').all()) {
        await chart.scrollIntoViewIfNeeded();
        await chart.locator('svg').first().waitFor();
      }

      await page.screenshot({ path: `${process.env.SHOTS}/${name}-${colorScheme}.png`, fullPage: true });
    }
  }
}
