import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { pressOf, type Place } from './keys.ts';
import type { Press } from './standing.ts';

const key = (name: string, more: object = {}) => ({ key: name, repeat: false, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...more });

test('keys and remote controls go on, back and to the start', () => {
  const rows: [string, Press | null][] = [[' ', 'next'], ['Enter', 'next'], ['ArrowRight', 'next'], ['PageDown', 'next'], ['ArrowLeft', 'back'], ['PageUp', 'back'],
    ['Home', 'restart'], ['ArrowDown', null], ['a', null], ['Tab', null], ['Escape', null]];
  for (const [name, press] of rows) {
    assert.equal(pressOf(key(name), 'page'), press, name);
  }
});

test('a button keeps Space and Enter, text keeps everything', () => {
  const rows: [string, Place, Press | null][] = [[' ', 'button', null], ['Enter', 'button', null], ['ArrowRight', 'button', 'next'], [' ', 'text', null], ['Home', 'text', null], ['ArrowLeft', 'text', null]];
  for (const [name, place, press] of rows) {
    assert.equal(pressOf(key(name), place), press, `${name} in ${place}`);
  }
});

test('a key held down counts once, and shortcuts of the browser are left alone', () => {
  for (const more of [{ repeat: true }, { shiftKey: true }, { ctrlKey: true }, { altKey: true }, { metaKey: true }]) {
    assert.equal(pressOf(key('ArrowRight', more), 'page'), null);
  }
});
