import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { afterKey } from './mapKeys.ts';

const rect = (x: number) => ({ x, y: 0, w: 10, h: 10 });
const pods: Record<string, string[]> = { '': ['w'], n1: ['a', 'b'], n2: [] };
const places = { nodes: new Map([['n1', rect(0)], ['n2', rect(20)]]), keysOf: (node: string | undefined) => pods[node ?? '']! };

test('arrows go from node to node, Enter goes into a node and Escape comes back', () => {
  assert.deepEqual(afterKey('ArrowRight', undefined, places), { node: 'n1' });
  assert.deepEqual(afterKey('ArrowRight', { node: 'n1' }, places), { node: 'n2' });
  assert.deepEqual(afterKey('Enter', { node: 'n1' }, places), { node: 'n1', pod: 'a' });
  assert.deepEqual(afterKey('ArrowLeft', { node: 'n1', pod: 'a' }, places), { node: 'n1', pod: 'b' });
  assert.deepEqual(afterKey('Escape', { node: 'n1', pod: 'b' }, places), { node: 'n1' });
  assert.equal(afterKey('Escape', { node: 'n1' }, places), undefined);
});

test('pods that wait are gone into while no node is chosen', () => {
  assert.deepEqual(afterKey('Enter', undefined, places), { pod: 'w' });
  assert.equal(afterKey('Escape', { pod: 'w' }, places), undefined);
});

test('a key without meaning is left to the browser, and a node without pods keeps the choice', () => {
  assert.equal(afterKey('x', { node: 'n1' }, places), null);
  assert.equal(afterKey('Escape', undefined, places), null);
  assert.deepEqual(afterKey('Enter', { node: 'n2' }, places), { node: 'n2' });
});
