import { announce } from '../shell/announcer.ts';
import { button } from '../shell/button.ts';
import { h, fill, setAttribute } from '../shell/dom.ts';
import type { Autosave } from './autosave.ts';

/** Says that the notebook has changed on disk, and lets the learner choose which version goes on. It stays in sight until that is done. */
export class SaveConflict {
  readonly element = h('div', { class: 'save-conflict', role: 'alert', hidden: true });
  private readonly problem = h('p', { class: 'problem' });
  private readonly choices: HTMLButtonElement[];
  private readonly onLeave = (event: BeforeUnloadEvent): void => event.preventDefault();

  /** @param reload Shows the version on disk; called when the learner has taken it. */
  constructor(save: Autosave, private readonly reload: () => void) {
    this.choices = [
      button('save', 'Keep mine', () => { void this.settle(() => save.keepMine(), 'Your version is saved.'); }, { class: 'strong' }),
      button('restart', 'Take the one on disk', () => { void this.settle(() => save.keepOther(), 'The version on disk is shown.', true); }),
    ];
    save.conflicted = isConflicted => this.show(isConflicted);
  }

  close(): void {
    removeEventListener('beforeunload', this.onLeave);
  }

  private show(isConflicted: boolean): void {
    this.element.hidden = !isConflicted;
    if (isConflicted) {
      addEventListener('beforeunload', this.onLeave);
      fill(this.problem);
      fill(this.element,
        h('p', {}, h('strong', {}, 'This notebook has changed on disk'), ', in another window or by another program. Nothing is saved from here until you choose which version goes on. The other one stays as a copy beside the notebook, with “mine” or “other” in its name.'),
        this.problem, h('div', { class: 'row' }, ...this.choices));
    } else {
      this.close();
      fill(this.element);
    }
  }

  private async settle(choose: () => Promise<string | null>, words: string, reloads = false): Promise<void> {
    this.choices.forEach(choice => setAttribute(choice, 'disabled', true));
    try {
      const copy = await choose();
      if (reloads) {
        this.reload();
      }

      announce(`${words} The other version is kept as ${copy ?? 'a checkpoint'}.`);
    } catch (error) {
      fill(this.problem, `That did not work: ${(error as Error).message}`);
    } finally {
      this.choices.forEach(choice => setAttribute(choice, 'disabled', false));
    }
  }
}
