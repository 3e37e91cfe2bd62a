import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { cpuWords, memoryWords, quantity } from './quantity.ts';

test('quantities are read with their suffixes', () => {
  for (const [text, value] of [['250m', .25], ['4', 4], ['0.5', .5], ['64Mi', 64 * 2 ** 20], ['2Gi', 2 ** 31], ['128M', 128e6], ['1e3', 1000], ['12E', 12e18], ['1500000n', .0015]] as const) {
    assert.ok(Math.abs(quantity(text) - value) <= value * 1e-12, text);
  }
});

test('what is no quantity counts nothing', () => {
  assert.equal(quantity('much'), 0);
  assert.equal(quantity(undefined), 0);
});

test('quantities are written as people say them', () => {
  assert.equal(cpuWords(.25), '250m');
  assert.equal(cpuWords(3.92), '3.92');
  assert.equal(memoryWords(64 * 2 ** 20), '64 Mi');
  assert.equal(memoryWords(1.5 * 2 ** 30), '1.5 Gi');
});
