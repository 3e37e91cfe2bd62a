import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { cleanText, widest } from './text.ts';

test('the widest line counts, as a terminal would have left it', () => {
  assert.equal(widest(cleanText('NAME   READY\nweb-1  \u001b[32m1/1\u001b[0m\n')), 12);
  assert.equal(widest(''), 1);
});
