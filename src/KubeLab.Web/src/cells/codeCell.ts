import type { EditorView } from '@codemirror/view';
import type { RunEnd, RunListener } from '../kernel/kernel.ts';
import type { Cell, Output } from '../lesson/notebook.ts';
import { staleWords, type Staleness } from '../lesson/staleness.ts';
import { OutputArea } from '../outputs/outputArea.ts';
import { iconButton } from '../shell/button.ts';
import { h, fill, setText } from '../shell/dom.ts';
import { createEditor, setSource } from './editor.ts';
import { InspectPanel } from './inspectPanel.ts';
import { askForLine } from './inputLine.ts';
import { completeAt } from './completion.ts';
import type { CellHost } from './cellHost.ts';

/** A code cell: its text, its runs, and what they showed. */
export class CodeCell {
  readonly element: HTMLElement;
  readonly outputs: OutputArea;
  /** What ran last in this kernel's life, and when in the order of runs. */
  ranSource: string | null = null;
  order = 0;
  private readonly editor: EditorView;
  private readonly count = h('span', { class: 'count', 'aria-hidden': 'true' });
  private readonly mark = h('span', { class: 'mark' });
  private readonly runButton: HTMLButtonElement;
  private readonly inspected = new InspectPanel();
  private readonly asking = h('div', { class: 'asking' });

  constructor(readonly cell: Cell, readonly number: number, public original: string | undefined, private readonly host: CellHost) {
    const name = `Code cell ${number}`;
    this.outputs = new OutputArea(`Output of cell ${number}`, host.path);
    this.editor = createEditor(cell.source, {
      label: name,
      changed: source => { cell.source = source; host.edited(this); },
      run: then => host.run(this, then),
      leave: () => this.select(),
      move: by => host.move(this, by, true),
      complete: context => completeAt(context, host.kernel()),
      inspect: cursor => { void this.inspected.show(host.kernel(), cell.source, cursor); },
    });
    this.runButton = iconButton('play', `Run cell ${number}`, () => host.run(this, 'stay'));
    this.runButton.classList.add('run');
    const tools = h('div', { class: 'cell-tools' },
      iconButton('forward', `Run all cells down to cell ${number}`, () => host.runTo(this)),
      iconButton('restart', `Reset cell ${number} to its first text`, () => this.reset(), { class: 'plain reset' }),
      cell.metadata.kubelab?.own === true && iconButton('trash', `Delete cell ${number}`, () => host.remove(this)));
    this.element = h('section', { class: 'cell code-cell', tabindex: 0, 'aria-label': name, 'data-cell': cell.id, keydown: (event: KeyboardEvent) => host.key(this, event) },
      h('div', { class: 'gutter' }, this.runButton, this.count),
      h('div', { class: 'cell-body' }, h('div', { class: 'editor' }, this.editor.dom), tools),
      this.mark, this.inspected.element, this.asking, this.outputs.element);
    this.element.classList.toggle('own', cell.metadata.kubelab?.own === true);
    this.outputs.show(cell.outputs ?? []);
    this.outputs.changed = () => { cell.outputs = this.outputs.outputs; };
    this.showCount();
    this.showState('idle');
  }

  /** Whether the cell has run without an error, now or when the notebook was saved. */
  get hasRun(): boolean {
    return typeof this.cell.execution_count === 'number' && !this.outputs.outputs.some(output => output.output_type === 'error');
  }

  set source(text: string) {
    setSource(this.editor, text);
  }

  get source(): string {
    return this.cell.source;
  }

  /** Puts the cursor into the text. */
  edit(atEnd = false): void {
    this.editor.focus();
    if (atEnd) {
      this.editor.dispatch({ selection: { anchor: this.editor.state.doc.length } });
    }
  }

  /** Selects the cell as a whole, for the keys that move between cells. */
  select(): void {
    this.element.focus({ preventScroll: true });
    this.element.scrollIntoView({ block: 'nearest' });
  }

  /** A locked text can be read and not changed. */
  lock(isLocked: boolean): void {
    this.editor.contentDOM.contentEditable = isLocked ? 'false' : 'true';
    this.element.classList.toggle('locked', isLocked);
  }

  reset(): void {
    this.outputs.clear();
    this.cell.execution_count = null;
    this.ranSource = null;
    if (this.original !== undefined && this.original !== this.source) {
      this.source = this.original;
    }

    this.showCount();
    this.showState('idle');
    this.host.edited(this);
    this.host.wasReset(this);
  }

  clear(): void {
    this.outputs.clear();
    this.cell.execution_count = null;
    this.showCount();
    this.showState('idle');
  }

  queue(): void {
    this.showState('queued');
  }

  unqueue(): void {
    if (this.element.dataset['state'] === 'queued') {
      this.showState('idle');
    }
  }

  /** Runs the cell; `order` counts the runs of the lesson. */
  async run(order: number): Promise<RunEnd> {
    const kernel = this.host.kernel();
    if (!kernel) {
      return this.cannotRun('the kernel is not connected yet; wait a moment, or restart it');
    }

    const source = this.source;
    this.inspected.hide();
    this.outputs.clear();
    this.showState('running');
    let end: RunEnd;
    try {
      end = await kernel.run(source, this.listener());
    } catch (error) {
      return this.cannotRun((error as Error).message);
    } finally {
      fill(this.asking);
    }

    if (end === 'ok' || end === 'error') {
      this.ranSource = source;
      this.order = order;
    }

    this.showCount();
    this.showState(end === 'ok' ? 'done' : end === 'error' ? 'failed' : 'idle');
    return end;
  }

  /** Marks the cell's output as out of date, in words and with a line. */
  showStaleness(state: Staleness): void {
    setText(this.mark, staleWords[state]);
    this.element.classList.toggle('stale', state !== 'fresh');
  }

  update(output: Output, displayId: string): boolean {
    return this.outputs.update(output, displayId);
  }

  close(): void {
    this.editor.destroy();
  }

  private cannotRun(why: string): RunEnd {
    this.outputs.show([{ output_type: 'error', ename: 'KernelError', evalue: why, traceback: [] }]);
    this.showState('failed');
    return 'error';
  }

  private listener(): RunListener {
    return {
      began: count => {
        this.cell.execution_count = count;
        this.showCount();
      },
      output: (output, displayId) => this.outputs.add(output, displayId),
      updated: (output, displayId) => this.host.updated(output, displayId),
      clear: wait => this.outputs.clear(wait),
      asked: (prompt, isSecret) => askForLine(this.asking, prompt, isSecret),
    };
  }

  private showCount(): void {
    setText(this.count, typeof this.cell.execution_count === 'number' ? String(this.cell.execution_count) : '');
  }

  private showState(state: 'idle' | 'queued' | 'running' | 'done' | 'failed'): void {
    this.element.dataset['state'] = state;
    this.element.setAttribute('aria-busy', String(state === 'running'));
    const words = { idle: '', queued: ', waits', running: ', runs', done: ', done', failed: ', failed' }[state];
    this.element.setAttribute('aria-label', `Code cell ${this.number}${words}`);
  }
}
