import { renderMarkdown } from '../outputs/markdown.ts';
import { announce } from '../shell/announcer.ts';
import { button } from '../shell/button.ts';
import { h, fill } from '../shell/dom.ts';
import { icon } from '../shell/icons.ts';
import { solutionCode, unfolded } from './blocks.ts';
import type { Cell } from './notebook.ts';

/** What an exercise asks of its lesson. */
export interface ExerciseHost {
  passed(check: string): boolean;
  /** Runs the exercise's cells, the check last. */
  check(panel: ExercisePanel): void;
  /** Puts the solution where the learner's own code would stand. */
  useSolution(panel: ExercisePanel, code: string): void;
}

/** An exercise: its text and cells, a check, hints one by one, and the solution behind a second thought. */
export class ExercisePanel {
  readonly element: HTMLElement;
  private readonly badge = h('span', { class: 'badge' });
  private shownHints = 0;
  private readonly hintPlace = h('div', { class: 'hints' });
  private readonly solutionPlace = h('div', { class: 'solution', hidden: true });
  private readonly hintButton: HTMLButtonElement | undefined;

  constructor(readonly id: string | undefined, title: string, content: HTMLElement, private readonly hints: readonly Cell[], solutions: readonly Cell[],
    private readonly path: string, private readonly host: ExerciseHost) {
    const name = id ?? title;
    const titleId = `exercise-${name.replace(/\W+/g, '-')}`;
    const row = h('div', { class: 'row actions' });
    if (id) {
      row.append(button('check', 'Check', () => host.check(this), { class: 'strong' }));
    }

    if (hints.length > 0) {
      this.hintButton = button('bulb', this.hintWords(), () => this.hint());
      row.append(this.hintButton);
    }

    if (solutions.length > 0) {
      const show = button('key', 'Solution', () => {
        this.solutionPlace.hidden = !this.solutionPlace.hidden;
        show.setAttribute('aria-expanded', String(!this.solutionPlace.hidden));
      }, { 'aria-expanded': 'false' });
      row.append(show);
      this.fillSolution(solutions);
    }

    this.element = h('section', { class: 'exercise', 'aria-labelledby': titleId },
      h('header', {}, h('h3', { id: titleId }, `Exercise${id ? ` ${id}` : ''}${title ? `: ${title}` : ''}`), this.badge),
      content, row, this.hintPlace, this.solutionPlace);
    this.show();
  }

  /** Shows whether the exercise is passed. */
  show(passedNow?: boolean): void {
    const passed = passedNow ?? (this.id !== undefined && this.host.passed(this.id));
    this.element.classList.toggle('passed', passed);
    fill(this.badge, icon(passed ? 'check' : 'circle'), passed ? 'passed' : passedNow === false ? 'not yet' : 'open');
  }

  private hint(): void {
    const hint = this.hints[this.shownHints];
    if (hint) {
      this.shownHints++;
      this.hintPlace.append(h('div', { class: 'hint prose' }, renderMarkdown(unfolded(hint.source), this.path)));
      announce('A hint is shown below.');
    } else {
      this.shownHints = 0;
      fill(this.hintPlace);
    }

    this.hintButton!.querySelector('.words')!.textContent = this.hintWords();
  }

  private hintWords(): string {
    const { length } = this.hints;
    return this.shownHints === length ? length > 1 ? 'Hide hints' : 'Hide hint' : length > 1 ? `Hint ${this.shownHints + 1} of ${length}` : 'Hint';
  }

  private fillSolution(solutions: readonly Cell[]): void {
    const code = solutionCode(solutions);
    const text = h('div', { class: 'prose' });
    solutions.forEach(cell => text.append(renderMarkdown(unfolded(cell.source), this.path)));
    fill(this.solutionPlace, text, code.length > 0 && button('plus', 'Put it into a cell', () => this.host.useSolution(this, code)));
  }
}
