import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { standingOf } from './standing.ts';

const empty = { cells: {}, exercises: {}, predictions: {} };

test('a lesson that was never opened is new', () => {
  assert.equal(standingOf('05', empty).state, 'new');
});

test('cells run give the share, and exercises of other lessons do not count', () => {
  const standing = standingOf('05', {
    ...empty,
    cells: { '05': { run: 5, of: 20 } },
    exercises: { 'E05.1': { passed: true, at: '' }, 'E05.2': { passed: false, at: '' }, 'E04.1': { passed: true, at: '' } },
  });
  assert.equal(standing.state, 'begun');
  assert.equal(standing.share, 0.25);
  assert.equal(standing.passed, 1);
  assert.equal(standing.words, '25 % run, 1 exercise passed');
});

test('a lesson whose cells all ran is done', () => {
  assert.equal(standingOf('05', { ...empty, cells: { '05': { run: 20, of: 20 } } }).state, 'done');
});
