import { getJson } from '../shell/http.ts';

/** One step of a demo: the title for the room, the notes (markdown) for the instructor, and the code that is run, if any. */
export interface DemoStep {
  readonly title: string;
  readonly notes: string;
  readonly code: string | null;
}

/** A lesson's demo; it has at least one step. */
export interface Demo {
  readonly id: string;
  readonly title: string;
  readonly minutes: number | null;
  readonly steps: readonly DemoStep[];
}

export function loadDemo(id: string): Promise<Demo> {
  return getJson<Demo>(`lab/api/demos/${encodeURIComponent(id)}`);
}
