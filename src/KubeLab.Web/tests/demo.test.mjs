import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isReal, open, patience, violations } from './browser.mjs';

const step = page => page.locator('.demo-step:visible');
const titled = (page, title) => page.locator('.demo-step:visible h2', { hasText: title }).waitFor();
const counted = (page, words) => page.locator('.demo-counter', { hasText: words }).waitFor();
const ended = page => page.waitForFunction(() => [...document.querySelectorAll('.code-cell')].every(cell => ['done', 'failed'].includes(cell.dataset.state))
  && document.querySelector('.tools .strong .words')?.textContent !== 'Running …');

test('an instructor plays a demo with the keyboard alone, and the notes follow in a second window', { timeout: patience * 2 }, async t => {
  const { page, errors, strangers, go, close } = await open();
  t.after(close);
  await page.waitForSelector('.lesson-card');
  await go('#/demo/03');
  await titled(page, 'Who feels safer');
  const steps = Number(/of (\d+)/.exec(await page.textContent('.demo-counter'))[1]);
  const opened = page.context().waitForEvent('page');
  await page.getByRole('link', { name: 'Notes' }).click();
  const notes = await opened;
  notes.on('pageerror', error => errors.push(error.message));
  notes.setDefaultTimeout(patience);
  await notes.locator('.notes-step.now h2', { hasText: 'Who feels safer' }).waitFor();
  await notes.locator('.notes-alone').waitFor({ state: 'detached' });
  assert.match(await notes.textContent('.notes-step.later h2'), /Two masters/);
  assert.match(await notes.textContent('.demo-clock'), /^0:00 of 5 min$/);
  await page.bringToFront();
  await page.locator('body').evaluate(() => document.activeElement?.blur());

  await t.test('a key lets the code appear and run, the next one goes on', async () => {
    assert.equal(await step(page).locator('.code-cell').count(), 0, 'the room is asked first');
    await page.keyboard.press('Space');
    await step(page).locator('.code-cell').waitFor();
    await ended(page);
    assert.equal(await step(page).locator('.code-cell[data-state=done]').count(), 1, await step(page).textContent());
    assert.match(await step(page).locator('.outputs').textContent(), /NAME/);
    await page.locator('.side .map').waitFor();
    await page.keyboard.press('ArrowRight');
    await titled(page, 'Two masters');
    await notes.locator('.notes-step.now h2', { hasText: 'Two masters' }).waitFor();
  });
  await t.test('back shows what was there and runs nothing', async () => {
    await page.keyboard.press('ArrowLeft');
    await titled(page, 'Who feels safer');
    assert.equal(await step(page).locator('.count').textContent(), '1');
    assert.match(await step(page).locator('.outputs').textContent(), /NAME/);
    await page.keyboard.press('Enter');
    await titled(page, 'Two masters');
    assert.equal(await step(page).locator('.code-cell').count(), 0);
  });
  await t.test('the keys of the notes drive the demo, and their clock runs', async () => {
    await notes.bringToFront();
    await notes.locator('body').evaluate(() => document.activeElement?.blur());
    await notes.keyboard.press('PageDown');
    await step(page).locator('.code-cell').waitFor();
    await ended(page);
    assert.equal(await step(page).locator('.code-cell[data-state=done]').count(), 1, await step(page).textContent());
    await notes.waitForFunction(() => /^\d+:(?!00)\d\d of 5 min$/.test(document.querySelector('.demo-clock').textContent));
    await notes.keyboard.press('PageDown');
    await counted(notes, 'Step 3 of');
    await counted(page, 'Step 3 of');
  });
  await t.test('both windows are as axe wants them, light and dark', async () => {
    await page.bringToFront();
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await notes.emulateMedia({ colorScheme });
      assert.deepEqual(await violations(page), [], `the demo, ${colorScheme}`);
      assert.deepEqual(await violations(notes), [], `the notes, ${colorScheme}`);
    }

    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing is wider than the page');
  });
  await t.test('it goes to its end, and every step runs once', async () => {
    for (let at = 2; at < steps; at++) {
      await page.keyboard.press('Space');
      await step(page).locator('.code-cell').waitFor();
      await ended(page);
      await page.keyboard.press('Space');
      await counted(page, `Step ${Math.min(at + 2, steps)} of`);
    }

    assert.equal(await page.locator('.code-cell').count(), steps);
    assert.deepEqual(await page.locator('.code-cell[data-state=failed]').evaluateAll(cells => cells.map(cell => cell.textContent)), []);
    assert.deepEqual(await page.locator('.code-cell .count').allTextContents(), Array.from({ length: steps }, (_, index) => String(index + 1)));
    await page.getByRole('button', { name: 'The end' }).waitFor();
    await notes.getByText('This is the last step.').waitFor();
  });
  await t.test('Home begins anew in a fresh kernel', async () => {
    await page.keyboard.press('Home');
    await titled(page, 'Who feels safer');
    assert.equal(await page.locator('.code-cell').count(), 0);
    await notes.waitForFunction(() => document.querySelector('.demo-clock').textContent.startsWith('0:00'));
    await page.keyboard.press('Space');
    await step(page).locator('.code-cell').waitFor();
    await ended(page);
    assert.equal(await step(page).locator('.count').textContent(), '1');
    assert.equal(await step(page).locator('.code-cell[data-state=done]').count(), 1, await step(page).textContent());
  });
  await t.test('who closes the demo sees it in the notes', async () => {
    await go('#/');
    await notes.locator('.notes-alone').waitFor();
  });
  assert.deepEqual(errors, []);
  assert.deepEqual(strangers, [], 'a request left the machine');
});

test('a lesson without a demo says so and names those that have one', { timeout: patience }, async t => {
  const { page, go, close } = await open();
  t.after(close);
  await page.waitForSelector('.lesson-card');
  for (const address of ['#/demo/77', '#/demo/77/notes']) {
    await go(address);
    const words = await page.locator('[role=alert]').textContent();
    assert.match(words, isReal ? /There is no lesson '77'/ : /no lesson/);
  }
});
