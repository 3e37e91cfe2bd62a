import { getJson, sendJson } from '../shell/http.ts';

/** A prediction as it was locked, and what happened once that is known. */
export interface PredictionRecord {
  readonly value: string;
  readonly at: string;
  readonly happened?: string;
  readonly agrees?: boolean;
}

/** The learner's way so far, kept by the server beside the lessons. */
export interface ProgressDocument {
  /** Cells that ran without an error, by lesson. */
  cells: Record<string, { run: number; of: number }>;
  /** Exercises by check, for example `E05.1`. */
  exercises: Record<string, { passed: boolean; at: string }>;
  /** Predictions by id, for example `P05.1`. */
  predictions: Record<string, PredictionRecord>;
}

/** Reads the progress once and writes it back a moment after it changed. */
export class Progress {
  readonly document: ProgressDocument;
  private timer = 0;

  private constructor(known: Partial<ProgressDocument> | null) {
    this.document = { ...known, cells: known?.cells ?? {}, exercises: known?.exercises ?? {}, predictions: known?.predictions ?? {} };
  }

  /** A server without a progress file, or with a broken one, starts an empty one. */
  static async load(): Promise<Progress> {
    return new Progress(await getJson<Partial<ProgressDocument>>('lab/api/progress').catch(() => null));
  }

  passed(check: string): boolean {
    return this.document.exercises[check]?.passed === true;
  }

  /** An exercise once passed stays passed; trying again later takes nothing away. */
  setExercise(check: string, passed: boolean): void {
    if (passed || !this.passed(check)) {
      this.document.exercises[check] = { passed, at: new Date().toISOString() };
      this.changed();
    }
  }

  setPrediction(id: string, record: PredictionRecord | null): void {
    if (record) {
      this.document.predictions[id] = record;
    } else {
      delete this.document.predictions[id];
    }

    this.changed();
  }

  setCells(lesson: string, run: number, of: number): void {
    const known = this.document.cells[lesson];
    if (known?.run !== run || known.of !== of) {
      this.document.cells[lesson] = { run, of };
      this.changed();
    }
  }

  /** Writes now what waits to be written. */
  async flush(): Promise<void> {
    if (this.timer) {
      clearTimeout(this.timer);
      this.timer = 0;
      await sendJson('PUT', 'lab/api/progress', this.document).catch(() => null);
    }
  }

  private changed(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => { void this.flush(); }, 600);
  }
}
