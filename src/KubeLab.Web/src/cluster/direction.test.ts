import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { neighbour } from './direction.ts';

const rects = new Map([['a', { x: 0, y: 0, w: 10, h: 10 }], ['b', { x: 20, y: 0, w: 10, h: 10 }], ['c', { x: 0, y: 20, w: 10, h: 10 }]]);

test('arrows go to the box that lies that way', () => {
  assert.equal(neighbour(rects, 'a', 'ArrowRight'), 'b');
  assert.equal(neighbour(rects, 'a', 'ArrowDown'), 'c');
  assert.equal(neighbour(rects, 'a', 'ArrowUp'), undefined);
  assert.equal(neighbour(rects, undefined, 'ArrowUp'), 'a');
});
