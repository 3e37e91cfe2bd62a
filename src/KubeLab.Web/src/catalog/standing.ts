import type { ProgressDocument } from './progress.ts';

/** How far a learner is in one lesson. */
export interface Standing {
  readonly state: 'new' | 'begun' | 'done';
  readonly share: number;
  readonly passed: number;
  readonly words: string;
}

/** Judges one lesson. It is done when all its cells ran; exercises are counted beside that. */
export function standingOf(id: string, progress: ProgressDocument): Standing {
  const cells = progress.cells[id];
  const passed = Object.entries(progress.exercises).filter(([check, result]) => check.startsWith(`E${id}.`) && result.passed).length;
  const share = cells && cells.of > 0 ? Math.min(1, cells.run / cells.of) : 0;
  const state = share >= 1 ? 'done' : share > 0 || passed > 0 ? 'begun' : 'new';
  const exercises = passed > 0 ? `, ${passed} ${passed === 1 ? 'exercise' : 'exercises'} passed` : '';
  const words = state === 'new' ? 'Not begun' : state === 'done' ? `Read to the end${exercises}` : `${Math.round(share * 100)} % run${exercises}`;
  return { state, share, passed, words };
}
