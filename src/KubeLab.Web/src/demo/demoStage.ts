import type { CellHost } from '../cells/cellHost.ts';
import { CodeCell } from '../cells/codeCell.ts';
import type { LabKernel, RunEnd } from '../kernel/kernel.ts';
import type { Output } from '../lesson/notebook.ts';
import { h } from '../shell/dom.ts';
import type { Demo } from './demo.ts';

/** What the room sees of the steps: one at a time, its title, and below it the code that ran with what it showed. */
export class DemoStage implements CellHost {
  readonly element = h('div', { class: 'demo-steps' });
  /** Called after each run, also one that the instructor started in the cell itself. */
  ran: () => void = () => undefined;
  private readonly sections: HTMLElement[];
  private readonly cells = new Map<number, CodeCell>();
  /** Charts grow after the run, and the text is narrower once the cluster stands beside it. */
  private readonly watch = new ResizeObserver(() => this.look());
  private order = 0;
  private shown = 0;

  constructor(private readonly demo: Demo, readonly path: string, readonly kernel: () => LabKernel | undefined) {
    this.sections = demo.steps.map((step, index) => h('section', { class: 'demo-step', 'aria-labelledby': `step-${index + 1}`, hidden: true }, h('h2', { id: `step-${index + 1}` }, step.title)));
    this.element.append(...this.sections);
  }

  show(index: number): void {
    this.shown = index;
    this.sections.forEach((section, at) => { section.hidden = at !== index; });
  }

  /** Lets the code of a step appear, and returns how to run it. */
  reveal(index: number): () => Promise<RunEnd> {
    const source = this.demo.steps[index]!.code ?? '';
    const cell = new CodeCell({ id: `step-${index + 1}-code`, cell_type: 'code', source, metadata: {}, outputs: [], execution_count: null }, index + 1, source, this);
    this.cells.set(index, cell);
    this.sections[index]!.append(cell.element);
    this.watch.observe(cell.outputs.element);
    cell.queue();
    return () => this.execute(cell);
  }

  /** Everything as before the first press. */
  clear(): void {
    this.watch.disconnect();
    this.cells.forEach(cell => {
      cell.element.remove();
      cell.close();
    });
    this.cells.clear();
    this.order = 0;
  }

  close(): void {
    this.watch.disconnect();
    this.cells.forEach(cell => cell.close());
  }

  /** The instructor changed the cell, because the room wanted to see something else. */
  run(cell: CodeCell): void {
    void this.execute(cell);
  }

  runTo(cell: CodeCell): void {
    this.run(cell);
  }

  move(): boolean {
    return false;
  }

  updated(output: Output, displayId: string): void {
    this.cells.forEach(cell => cell.update(output, displayId));
  }

  edited(): void {
    // Nothing is kept of a demo.
  }

  key(): void {
    // The keys of a demo are the page's.
  }

  remove(): void {
    // A demo's cells are its steps.
  }

  wasReset(): void {
    // Nothing else depends on a cell's first text.
  }

  /** Scrolls to what the step showed: long code would keep below the window what the room waits for. */
  private look(): void {
    const outputs = this.cells.get(this.shown)?.outputs.element;
    if (outputs && outputs.childElementCount > 0) {
      outputs.scrollIntoView({ block: 'nearest' });
    }
  }

  private async execute(cell: CodeCell): Promise<RunEnd> {
    const end = await cell.run(++this.order);
    this.ran();
    return end;
  }
}
