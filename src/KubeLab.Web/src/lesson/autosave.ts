import { ServerConnection } from '@jupyterlab/services';
import { labServer } from '../kernel/server.ts';
import { setText } from '../shell/dom.ts';
import { copyName } from './copyName.ts';
import { writeNotebook, type Notebook } from './notebook.ts';

/**
 * Saves the notebook a moment after the last change, and says so. What somebody else has saved since the page read it is not overwritten:
 * saving pauses until the learner has chosen which version goes on, and the other one stays beside it as a copy.
 */
export class Autosave {
  /** Called when the notebook has changed on disk, and when that is settled. */
  conflicted: (isConflicted: boolean) => void = () => undefined;
  private timer = 0;
  private isSaving = false;
  private isDirty = false;
  private isConflicted = false;

  /**
   * @param seen When the version that the page has read was written, as the server says it.
   * @param words Where it says whether all is saved.
   */
  constructor(private readonly path: string, private readonly notebook: Notebook, private seen: string, private readonly words: HTMLElement) {
  }

  /** Something changed. */
  touch(): void {
    this.isDirty = true;
    if (this.isConflicted) {
      return;
    }

    setText(this.words, 'Saving …');
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => { void this.flush(); }, 1200);
  }

  /** Writes what is not written yet. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    if (!this.isDirty || this.isSaving || this.isConflicted) {
      return;
    }

    this.isSaving = true;
    this.isDirty = false;
    try {
      await this.write();
    } catch (error) {
      this.isDirty = true;
      this.failed(error as Error);
    } finally {
      this.isSaving = false;
    }

    if (this.isDirty && !this.isConflicted) {
      this.timer = window.setTimeout(() => { void this.flush(); }, 3000);
    }
  }

  /**
   * Settles a change on disk: the page's version goes on, the other stays as a copy.
   * @returns The path of the copy, or null when the server's checkpoint is all that is kept because the file on disk is no notebook any more.
   * @throws The file has changed once more, or the server does not answer; nothing is overwritten then.
   */
  async keepMine(): Promise<string | null> {
    const copy = await this.keepCopy('other', async () => {
      const model = await labServer().contents.get(this.path, { type: 'notebook', content: true });
      // From here on the page has seen this version, and no later one.
      this.seen = model.last_modified;
      return model.content as Notebook;
    }).catch((error: unknown) => {
      if (statusOf(error) === 400 || statusOf(error) === 404) {
        return null;
      }

      throw error;
    });
    this.isDirty = false;
    try {
      await this.write();
    } catch (error) {
      this.isDirty = true;
      throw statusOf(error) === 409 ? new Error('the notebook has changed on disk once more. Choose again.') : error;
    }

    this.settle();
    if (this.isDirty) {
      this.touch();
    }

    return copy;
  }

  /**
   * Settles a change on disk: the version there goes on, the page's stays as a copy. The page must be loaded again.
   * @returns The path of the copy.
   * @throws The copy cannot be written; the conflict stays open then.
   */
  async keepOther(): Promise<string> {
    const copy = await this.keepCopy('mine', () => Promise.resolve(writeNotebook(this.notebook)));
    this.stop();
    return copy;
  }

  /** The page goes: what is not saved is saved, as a copy when nobody has chosen a version. */
  async leave(): Promise<void> {
    await (this.isConflicted ? this.keepOther().catch(() => undefined) : this.flush());
  }

  /** Forgets what waits, for a lesson that is reset. */
  stop(): void {
    clearTimeout(this.timer);
    this.isDirty = false;
    this.settle();
  }

  private async write(): Promise<void> {
    const saved = await labServer().contents.save(this.path, { type: 'notebook', format: 'json', content: writeNotebook(this.notebook), last_modified: this.seen });
    this.seen = saved.last_modified;
    setText(this.words, 'Saved');
  }

  private failed(error: Error): void {
    if (statusOf(error) === 409) {
      this.isConflicted = true;
      setText(this.words, 'Not saved: changed on disk');
      this.conflicted(true);
    } else {
      setText(this.words, `Not saved: ${error.message}`);
    }
  }

  private async keepCopy(whose: 'mine' | 'other', content: () => Promise<Notebook>): Promise<string> {
    const path = copyName(this.path, whose, new Date());
    await labServer().contents.save(path, { type: 'notebook', format: 'json', content: await content() });
    return path;
  }

  private settle(): void {
    if (this.isConflicted) {
      this.isConflicted = false;
      this.conflicted(false);
    }
  }
}

function statusOf(error: unknown): number | undefined {
  return error instanceof ServerConnection.ResponseError ? error.response.status : undefined;
}
