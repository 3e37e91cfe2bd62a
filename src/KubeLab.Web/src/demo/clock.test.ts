import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { clockWords } from './clock.ts';

test('the clock shows minutes and seconds, and the time that was planned', () => {
  assert.equal(clockWords(0, 5), '0:00 of 5 min');
  assert.equal(clockWords(125_900, 5), '2:05 of 5 min');
  assert.equal(clockWords(3_600_000, null), '60:00');
  assert.equal(clockWords(-40, null), '0:00', 'clocks of two windows may differ a little');
});
