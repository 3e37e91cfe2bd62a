import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { parseRoute } from './router.ts';

test('an address names its view', () => {
  assert.deepEqual(parseRoute('#/lesson/05'), { name: 'lesson', id: '05' });
  assert.deepEqual(parseRoute('#/cluster/k1/my%20cluster'), { name: 'cluster', kernel: 'k1', cluster: 'my cluster' });
  assert.deepEqual(parseRoute('#/demo/03'), { name: 'demo', id: '03' });
  assert.deepEqual(parseRoute('#/demo/03/notes'), { name: 'notes', id: '03' });
});

test('what is not known is the list of lessons', () => {
  for (const hash of ['', '#', '#/', '#/lesson', '#/demo', '#/elsewhere/3', '#main']) {
    assert.deepEqual(parseRoute(hash), { name: 'catalog' });
  }
});
