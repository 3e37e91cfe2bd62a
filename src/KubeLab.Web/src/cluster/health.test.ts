import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { healthOf, healthWords, troubleOf } from './health.ts';

test('a server without its store, no server, and a server that does not tell are told apart', () => {
  assert.equal(healthOf(500, '[+]ping ok\n[-]etcd failed: reason withheld\nreadyz check failed\n'), 'no store');
  assert.equal(healthOf(502, 'the door does not answer'), 'no server');
  for (const status of [401, 403, 404, 504]) {
    assert.equal(healthOf(status, 'etcd'), 'answers', String(status));
  }
});

test('an old picture is never shown without saying of when it is', () => {
  assert.equal(healthWords('answers', '08:00:10'), '');
  assert.match(healthWords('no store', '08:00:10'), /no majority.*at 08:00:10/);
  assert.match(healthWords('no server', ''), /the last that it told\.$/);
});

test('a master without power, without its etcd, and without the others are three things', () => {
  const master = (isUp: boolean, etcd: string, hasQuorum: boolean) => ({ name: 'm', leader: false, isUp, hasQuorum, components: [{ name: 'etcd', state: etcd }] });
  assert.equal(troubleOf(master(false, 'down', false)), 'no power');
  assert.equal(troubleOf(master(true, 'down', false)), 'etcd is down');
  assert.equal(troubleOf(master(true, 'no quorum', false)), 'no majority');
  assert.equal(troubleOf(master(true, 'follows', true)), undefined);
});
