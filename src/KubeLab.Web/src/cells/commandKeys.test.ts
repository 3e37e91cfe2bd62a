import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { CommandKeys } from './commandKeys.ts';

const key = (name: string, more: object = {}) => ({ key: name, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more });

test('Enter edits, and with Shift, Ctrl or Alt runs', () => {
  const keys = new CommandKeys();
  assert.equal(keys.read(key('Enter')), 'edit');
  assert.equal(keys.read(key('Enter', { shiftKey: true })), 'run-next');
  assert.equal(keys.read(key('Enter', { ctrlKey: true })), 'run-stay');
  assert.equal(keys.read(key('Enter', { altKey: true })), 'run-insert');
});

test('d twice deletes; d once, or with another key between, does not', () => {
  const keys = new CommandKeys();
  assert.equal(keys.read(key('d')), null);
  assert.equal(keys.read(key('d')), 'delete');
  assert.equal(keys.read(key('d')), null);
  assert.equal(keys.read(key('j')), 'down');
  assert.equal(keys.read(key('d')), null);
});

test('keys of the browser stay with the browser', () => {
  assert.equal(new CommandKeys().read(key('a', { ctrlKey: true })), null);
});
