import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { parseRoute } from './router.ts';

test('an address names its view', () => {
  assert.deepEqual(parseRoute('#/lesson/05'), { name: 'lesson', id: '05' });
  assert.deepEqual(parseRoute('#/cluster/k1/my%20cluster'), { name: 'cluster', kernel: 'k1', cluster: 'my cluster' });
});

test('what is not known is the list of lessons', () => {
  for (const hash of ['', '#', '#/', '#/lesson', '#/elsewhere/3', '#main']) {
    assert.deepEqual(parseRoute(hash), { name: 'catalog' });
  }
});
