import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { copyName } from './copyName.ts';

test('a kept version stands beside the notebook and says whose it is and since when', () => {
  assert.equal(copyName('work/05-pods-and-kubectl.ipynb', 'mine', new Date('2026-01-02T08:09:10.123Z')), 'work/05-pods-and-kubectl-mine-2026-01-02-080910.ipynb');
});
