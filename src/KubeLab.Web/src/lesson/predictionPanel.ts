import type { PredictionRecord } from '../catalog/progress.ts';
import type { CodeCell } from '../cells/codeCell.ts';
import { renderMarkdown } from '../outputs/markdown.ts';
import { announce } from '../shell/announcer.ts';
import { button } from '../shell/button.ts';
import { h, fill, setText } from '../shell/dom.ts';
import { icon } from '../shell/icons.ts';
import type { Cell } from './notebook.ts';
import { overlay } from './overlay.ts';
import { findPredict, withAnswer } from './predictionCode.ts';

/** What a prediction asks of its lesson. */
export interface PredictionHost {
  record(id: string): PredictionRecord | undefined;
  keep(id: string, record: PredictionRecord): void;
  locked(panel: PredictionPanel): void;
}

/** A question to answer before the run. Once locked the answer stays, and later stands beside what happened. */
export class PredictionPanel {
  readonly element: HTMLElement;
  /** The learner chose to run on without predicting. */
  isSkipped = false;
  private readonly input: HTMLInputElement;
  private readonly form: HTMLFormElement;
  private readonly state = h('span', { class: 'badge' });
  private readonly result = h('div', { class: 'prediction-result' });
  private readonly gate = h('p', { class: 'gate', role: 'status' });
  private waiting: ((mayRun: boolean) => void) | undefined;

  constructor(readonly id: string, question: readonly Cell[], readonly cell: CodeCell, path: string, private readonly host: PredictionHost) {
    const call = findPredict(cell.source);
    const name = id.replace(/\W+/g, '-');
    const inputId = `answer-${name}`;
    this.input = h('input', { id: inputId, type: 'text', autocomplete: 'off', required: true, inputmode: call?.isNumber ? 'decimal' : 'text',
      placeholder: call?.isNumber ? 'a number' : `for example ${call?.example ?? ''}` });
    this.form = h('form', { class: 'row', submit: (event: Event) => { event.preventDefault(); this.lock(); } },
      h('label', { for: inputId }, 'Your prediction'), this.input, h('button', { type: 'submit', class: 'strong' }, icon('lock'), h('span', {}, 'Lock it in')));
    const text = h('div', { class: 'prose' });
    question.forEach(part => text.append(renderMarkdown(unquoted(part.source), path)));
    this.element = h('section', { class: 'prediction', 'aria-labelledby': `title-${name}`, tabindex: -1 },
      h('header', {}, h('h3', { id: `title-${name}` }, icon('bulb'), `Predict ${id}`), this.state),
      text, this.form, this.gate, this.result,
      h('details', { class: 'behind' }, h('summary', {}, 'The cell behind it'), cell.element));
    this.show();
  }

  get isLocked(): boolean {
    return this.host.record(this.id) !== undefined;
  }

  /** Waits until the prediction is locked or passed over. Resolves with false when the run is given up. */
  ask(): Promise<boolean> {
    return new Promise(resolve => {
      this.waiting?.(false);
      this.waiting = resolve;
      fill(this.gate, 'Predict first, then it runs. ', button('forward', 'Run without predicting', () => this.skip(), { class: 'small' }));
      this.element.classList.add('asked');
      this.element.scrollIntoView({ block: 'center' });
      this.input.focus({ preventScroll: true });
      announce('The run waits for your prediction.');
    });
  }

  /** Ends the waiting without an answer. */
  giveUp(): void {
    this.settle(false);
  }

  /** Lays what happened over what was predicted. */
  compare(predicted: string, happened: string, agrees: boolean): void {
    const known = this.host.record(this.id);
    if (known) {
      this.host.keep(this.id, { ...known, happened, agrees });
      this.show();
    } else {
      fill(this.result, overlay(predicted, happened, agrees));
    }
  }

  /** Opens the prediction again, for a lesson begun anew. */
  show(): void {
    const record = this.host.record(this.id);
    const isLocked = record !== undefined;
    this.element.classList.toggle('is-locked', isLocked);
    this.input.disabled = isLocked;
    this.form.querySelector('button')!.hidden = isLocked;
    this.cell.lock(isLocked);
    if (record) {
      this.input.value = record.value;
    }

    const agrees = record?.agrees;
    fill(this.state, icon(record ? 'lock' : 'circle'), record?.happened === undefined ? record ? 'locked' : 'open' : agrees ? 'as predicted' : 'a surprise');
    fill(this.result, record?.happened === undefined ? null : overlay(record.value, record.happened, agrees === true));
  }

  private lock(): void {
    const value = this.input.value.trim();
    if (value.length === 0) {
      this.input.focus();
      return;
    }

    this.cell.source = withAnswer(this.cell.source, value);
    this.host.keep(this.id, { value, at: new Date().toISOString() });
    this.show();
    announce(`Prediction ${this.id} is locked.`);
    this.host.locked(this);
    this.settle(true);
  }

  private skip(): void {
    this.isSkipped = true;
    this.settle(true);
  }

  private settle(mayRun: boolean): void {
    setText(this.gate, '');
    this.element.classList.remove('asked');
    this.waiting?.(mayRun);
    this.waiting = undefined;
  }
}

/** The question stands as a quotation with its own heading in other front ends; here the panel is both. */
function unquoted(source: string): string {
  return source.replace(/^> ?/gm, '').replace(/^\*\*Prediction(?:: *([^*]*))?\*\*\s*/, '');
}
