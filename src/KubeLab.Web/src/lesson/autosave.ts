import { setText } from '../shell/dom.ts';
import { labServer } from '../kernel/server.ts';
import { writeNotebook, type Notebook } from './notebook.ts';

/** Saves the notebook a moment after the last change, and says so. */
export class Autosave {
  private timer = 0;
  private isSaving = false;
  private isDirty = false;

  constructor(private readonly path: string, private readonly notebook: Notebook, private readonly words: HTMLElement) {
  }

  /** Something changed. */
  touch(): void {
    this.isDirty = true;
    setText(this.words, 'Saving …');
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => { void this.flush(); }, 1200);
  }

  /** Writes what is not written yet. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    if (!this.isDirty || this.isSaving) {
      return;
    }

    this.isSaving = true;
    this.isDirty = false;
    try {
      await labServer().contents.save(this.path, { type: 'notebook', format: 'json', content: writeNotebook(this.notebook) });
      setText(this.words, 'Saved');
    } catch (error) {
      this.isDirty = true;
      setText(this.words, `Not saved: ${(error as Error).message}`);
    } finally {
      this.isSaving = false;
    }

    if (this.isDirty) {
      this.timer = window.setTimeout(() => { void this.flush(); }, 3000);
    }
  }

  /** Forgets what waits, for a lesson that is reset. */
  stop(): void {
    clearTimeout(this.timer);
    this.isDirty = false;
  }
}
