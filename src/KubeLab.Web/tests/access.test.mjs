import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isReal, open, patience, violations } from './browser.mjs';

for (const [name, look] of Object.entries({ light: {}, dark: { dark: true }, presenter: { presenter: true } })) {
  test(`axe finds nothing, ${name}`, { timeout: patience * 3 }, async t => {
    const { page, go, close } = await open({ ...look, nodes: 5, pods: 40, churn: 0 });
    t.after(close);
    await page.waitForSelector('.lesson-card');
    assert.deepEqual(await violations(page), [], 'the list');
    await go('#/lesson/05');
    await page.waitForSelector('.code-cell');
    await page.waitForSelector('.kernel-state[data-state=ready]');
    assert.deepEqual(await violations(page), [], 'a lesson before it runs');
    for (const [id, answer] of [['P05-1', 'unchanged'], ['P05-2', '1'], ['P05-3', '4']]) {
      if (await page.isEnabled(`#answer-${id}`)) {
        await page.fill(`#answer-${id}`, answer);
        await page.keyboard.press('Enter');
      }
    }

    await page.getByRole('button', { name: 'Run all', exact: true }).click();
    await page.waitForFunction(() => [...document.querySelectorAll('.code-cell')].every(cell => ['done', 'failed'].includes(cell.dataset.state)));
    for (const button of await page.locator('.exercise .actions button:not(.strong)').all()) {
      await button.click();
    }

    await page.locator('figure.chart').first().scrollIntoViewIfNeeded();
    await page.waitForSelector('.plot[data-drawn]');
    if (!isReal || await page.isEnabled('.cluster-toggle')) {
      await page.locator('.side .map').waitFor();
    }

    assert.deepEqual(await violations(page), [], 'a lesson that has run, with its cluster');
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing is wider than the page');
    if (!isReal) {
      await go('#/cluster/fake/cluster');
      await page.locator('.legend li', { hasText: /[1-9]\d* running/ }).waitFor();
      await page.locator('.map').focus();
      await page.keyboard.press('ArrowRight');
      assert.deepEqual(await violations(page), [], 'the cluster');
      await page.getByRole('button', { name: 'As a table' }).click();
      assert.deepEqual(await violations(page), [], 'the cluster as a table');
    }
  });
}
