import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { staleness, type CellRun } from './staleness.ts';

const ran = (order: number, source = 'x', ranSource: string | null = source): CellRun => ({ ranSource, order, source, hasOutput: true });

test('cells that ran in order are fresh', () => {
  assert.deepEqual(staleness([ran(1), ran(2), ran(3)]), ['fresh', 'fresh', 'fresh']);
});

test('an edit marks the cell and those below it that ran', () => {
  assert.deepEqual(staleness([ran(1), ran(2, 'new', 'old'), ran(3)]), ['fresh', 'edited', 'above-changed']);
});

test('running a cell again makes those below out of date, not those above', () => {
  assert.deepEqual(staleness([ran(1), ran(4), ran(3)]), ['fresh', 'fresh', 'above-changed']);
});

test('after a restart old outputs are from an earlier session', () => {
  assert.deepEqual(staleness([{ ranSource: null, order: 0, source: 'x', hasOutput: true }, { ranSource: null, order: 0, source: 'y', hasOutput: false }]),
    ['earlier-session', 'fresh']);
});
