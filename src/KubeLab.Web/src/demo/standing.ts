import type { DemoStep } from './demo.ts';

/** What the instructor asks for, by key or by button. */
export type Press = 'next' | 'back' | 'restart';

/** How far a demo is. */
export interface Standing {
  /** The step that is shown, counted from 0. */
  readonly at: number;
  /** How many steps are over: their code has run, or they had none. */
  readonly done: number;
  /** Whether the code of step `done` runs now. */
  readonly isRunning: boolean;
  /** When the first key was pressed, in milliseconds since 1970; null before. */
  readonly startedAt: number | null;
}

/** Where a demo stands after a press, and what has to be done for it. */
export interface Move {
  readonly standing: Standing;
  readonly effect: 'run' | 'restart' | null;
}

export const atStart: Standing = { at: 0, done: 0, isRunning: false, startedAt: null };

/** A step shows its title first, so that the room can be asked; the next press runs its code, and the one after goes on. What ran once is only shown again. */
export function pressed(standing: Standing, press: Press, steps: readonly DemoStep[], now: number): Move {
  switch (press) {
    case 'restart': return { standing: atStart, effect: 'restart' };
    case 'back': return { standing: { ...standing, at: Math.max(0, standing.at - 1) }, effect: null };
    case 'next': return next({ ...standing, startedAt: standing.startedAt ?? now }, steps);
  }
}

/** The code that ran has come to its end, well or not. */
export function finished(standing: Standing): Standing {
  return standing.isRunning ? { ...standing, isRunning: false, done: standing.done + 1 } : standing;
}

/** Nothing is left to run or to show. */
export function isOver(standing: Standing, steps: readonly DemoStep[]): boolean {
  return standing.done === steps.length && standing.at === steps.length - 1;
}

export function stepWords(standing: Standing, steps: readonly DemoStep[]): string {
  return `Step ${standing.at + 1} of ${steps.length}`;
}

/** What the next press does, in the words of its button. */
export function nextWords(standing: Standing, steps: readonly DemoStep[]): string {
  return isOver(standing, steps) ? 'The end' : standing.at < standing.done || steps[standing.at]!.code === null ? 'Next step' : standing.isRunning ? 'Running …' : 'Run it';
}

function next(standing: Standing, steps: readonly DemoStep[]): Move {
  const after = Math.min(standing.at + 1, steps.length - 1);
  if (standing.at < standing.done) {
    return { standing: { ...standing, at: after }, effect: null };
  }

  if (standing.isRunning) {
    return { standing, effect: null };
  }

  return steps[standing.at]!.code === null
    ? { standing: { ...standing, at: after, done: standing.done + 1 }, effect: null }
    : { standing: { ...standing, isRunning: true }, effect: 'run' };
}
