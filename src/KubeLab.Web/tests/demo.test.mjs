import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isReal, open, patience, violations } from './browser.mjs';

/** The demos that are played to their ends on a real lab: all, or those that DEMO names (06,11). */
const demos = isReal ? (await withDemo()).filter(id => (process.env.DEMO ?? id).includes(id)) : [];
const step = page => page.locator('.demo-step:visible');
const titled = (page, title) => page.locator('.demo-step:visible h2', { hasText: title }).waitFor();
const counted = (page, words) => page.locator('.demo-counter', { hasText: words }).waitFor();
const ended = page => page.waitForFunction(() => [...document.querySelectorAll('.code-cell')].every(cell => ['done', 'failed'].includes(cell.dataset.state))
  && document.querySelector('.tools .strong .words')?.textContent !== 'Running …');

async function withDemo() {
  const url = new URL(process.env.PAGE_URL);
  const response = await fetch(new URL(`lab/api/episodes${url.search}`, url));
  return (await response.json()).episodes.filter(episode => episode.hasDemo).map(episode => episode.id);
}

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

for (const id of demos) {
  test(`demo ${id} asks first, runs and shows what it ran, from its first step to its last`, { timeout: patience * 2 }, async t => {
    const { page, errors, strangers, go, close } = await open({ presenter: true });
    t.after(close);
    await page.waitForSelector('.lesson-card');
    await go(`#/demo/${id}`);
    await step(page).waitFor();
    const steps = Number(/of (\d+)/.exec(await page.textContent('.demo-counter'))[1]);
    await page.locator('body').evaluate(() => document.activeElement?.blur());
    for (let at = 1; at <= steps; at++) {
      await counted(page, `Step ${at} of`);
      const title = await step(page).locator('h2').textContent();
      assert.equal(await step(page).locator('.code-cell').count(), 0, `${title}: the room is asked first`);
      if (await page.locator('.tools .strong .words').textContent() === 'Run it') {
        const begun = performance.now();
        await page.keyboard.press('Space');
        await step(page).locator('.code-cell').waitFor();
        await ended(page);
        t.diagnostic(`${at}. ${title}: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
        assert.equal(await step(page).locator('.code-cell[data-state=done]').count(), 1, await step(page).textContent());
        assert.ok(await inView(page), `${title}: the room sees what it showed`);
      }

      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${title}: nothing is wider than the page`);
      await pictures(page, `demo-${id}-${String(at).padStart(2, '0')}`);
      await page.keyboard.press('Space');
    }

    await page.getByRole('button', { name: 'The end' }).waitFor();
    assert.deepEqual(errors, []);
    assert.deepEqual(strangers, [], 'a request left the machine');
  });
}

/** Whether the room sees, at once or when the charts have grown, what a step showed: all of it, or as much as the window holds below its header. */
const inView = page => page.waitForFunction(() => {
  const { top, bottom } = document.querySelector('.demo-step:not([hidden]) .outputs').getBoundingClientRect();
  const above = document.querySelector('#header').offsetHeight;
  return Math.min(bottom, innerHeight) - Math.max(top, above) >= Math.min(bottom - top, innerHeight - above) * .75;
}, undefined, { timeout: 10_000 }).then(() => true, () => false);

/** What the room sees, light and dark, for whoever wants to look: SHOTS names the folder. */
async function pictures(page, name) {
  for (const colorScheme of process.env.SHOTS ? ['dark', 'light'] : []) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(600);
    await page.screenshot({ path: `${process.env.SHOTS}/${name}-${colorScheme}.png` });
  }
}
