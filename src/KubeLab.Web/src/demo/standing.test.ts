import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { atStart, finished, isOver, nextWords, pressed, stepWords, type Press, type Standing } from './standing.ts';

const step = (code: string | null) => ({ title: 'A', notes: '', code });
const steps = [step('1'), step(null), step('3')];

/** Presses one after the other; code that was started ends at once. Returns where it ends and what was done. */
function play(presses: Press[], from: Standing = atStart): { standing: Standing; effects: string[] } {
  const effects: string[] = [];
  let standing = from;
  for (const press of presses) {
    const move = pressed(standing, press, steps, 1000);
    standing = move.effect === 'run' ? finished(move.standing) : move.standing;
    if (move.effect) {
      effects.push(`${move.effect} ${standing.at}`);
    }
  }

  return { standing, effects };
}

test('a step runs at the first press and gives way at the second', () => {
  assert.deepEqual(play(['next']).standing, { at: 0, done: 1, isRunning: false, startedAt: 1000 });
  assert.deepEqual(play(['next', 'next']).standing.at, 1);
});

test('a step without code gives way at the first press', () => {
  assert.deepEqual(play(['next', 'next', 'next']).standing, { at: 2, done: 2, isRunning: false, startedAt: 1000 });
});

test('the whole demo runs each code once, and more presses change nothing', () => {
  const { standing, effects } = play(Array<Press>(20).fill('next'));
  assert.deepEqual(effects, ['run 0', 'run 2']);
  assert.equal(isOver(standing, steps), true);
  assert.equal(nextWords(standing, steps), 'The end');
});

test('back shows what was, and going forward again runs nothing twice', () => {
  const { standing, effects } = play(['next', 'next', 'next', 'next', 'back', 'back', 'back', 'next', 'next', 'next']);
  assert.deepEqual(effects, ['run 0', 'run 2']);
  assert.equal(standing.at, 2);
});

test('while code runs next waits, and back looks', () => {
  const running = pressed(atStart, 'next', steps, 5).standing;
  assert.equal(nextWords(running, steps), 'Running …');
  assert.deepEqual(pressed(running, 'next', steps, 9), { standing: running, effect: null });
  const second = { at: 2, done: 2, isRunning: true, startedAt: 5 };
  const back = pressed(second, 'back', steps, 9).standing;
  assert.deepEqual(finished(back), { at: 1, done: 3, isRunning: false, startedAt: 5 });
});

test('a restart begins anew, also in the middle of a run', () => {
  const running = pressed(atStart, 'next', steps, 5).standing;
  assert.deepEqual(pressed(running, 'restart', steps, 9), { standing: atStart, effect: 'restart' });
  assert.deepEqual(finished(atStart), atStart, 'the end of a run of the life before counts for nothing');
});

test('the time starts with the first press and goes on', () => {
  const first = pressed(atStart, 'next', steps, 5).standing;
  assert.equal(pressed(finished(first), 'next', steps, 70).standing.startedAt, 5);
});

test('words say where the demo is and what the key does', () => {
  assert.equal(stepWords({ ...atStart, at: 1 }, steps), 'Step 2 of 3');
  assert.equal(nextWords(atStart, steps), 'Run it');
  assert.equal(nextWords(play(['next']).standing, steps), 'Next step');
  assert.equal(nextWords(play(['next', 'next']).standing, steps), 'Next step');
});
