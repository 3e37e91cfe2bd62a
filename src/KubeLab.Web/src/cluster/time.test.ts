import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { clockWords, spanWords, timeWords } from './time.ts';

test('spans are written as kubectl does', () => {
  for (const [seconds, words] of [[0, '0s'], [59, '59s'], [60, '1m'], [270, '4m30s'], [7500, '2h5m'], [273600, '3d4h']] as const) {
    assert.equal(spanWords(seconds), words);
  }
});

test('instants keep the cluster\'s own time, wherever the reader is', () => {
  assert.equal(clockWords('2026-01-01T08:00:01.5Z'), '2026-01-01 08:00:01');
  assert.equal(timeWords('2026-01-01T08:00:01Z'), '08:00:01');
  assert.equal(timeWords(''), '');
});
