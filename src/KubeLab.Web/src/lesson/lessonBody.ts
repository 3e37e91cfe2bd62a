import type { PredictionRecord, Progress } from '../catalog/progress.ts';
import { CommandKeys } from '../cells/commandKeys.ts';
import { CodeCell } from '../cells/codeCell.ts';
import type { CellHost } from '../cells/cellHost.ts';
import type { LabKernel, RunEnd } from '../kernel/kernel.ts';
import { renderMarkdown } from '../outputs/markdown.ts';
import { announce } from '../shell/announcer.ts';
import { h } from '../shell/dom.ts';
import type { Autosave } from './autosave.ts';
import { toBlocks, type Block } from './blocks.ts';
import { ExercisePanel } from './exercisePanel.ts';
import { findingsIn } from './findings.ts';
import { LessonRunner } from './lessonRunner.ts';
import type { Cell, Notebook, Output } from './notebook.ts';
import { comparedIn } from './predictionCode.ts';
import { PredictionPanel } from './predictionPanel.ts';
import type { RunMemory } from './runMemory.ts';
import { staleness } from './staleness.ts';

/** The readable page of a lesson: texts, cells, predictions and exercises, and what ties them together. */
export class LessonBody implements CellHost {
  readonly element = h('div', { class: 'lesson-body' });
  readonly cells: CodeCell[] = [];
  readonly runner: LessonRunner;
  /** Called after each run. */
  ran: () => void = () => undefined;
  private readonly predictions: PredictionPanel[] = [];
  private readonly exercises: ExercisePanel[] = [];
  private readonly keys = new CommandKeys();
  private memory: RunMemory | undefined;
  private frame = 0;

  constructor(private readonly id: string, readonly path: string, private readonly notebook: Notebook, private readonly progress: Progress,
    readonly kernel: () => LabKernel | undefined, private readonly save: Autosave) {
    this.runner = new LessonRunner({
      cells: this.cells,
      gatesOf: cell => this.gatesOf(cell),
      unrunPredictionsAbove: cell => this.unrunPredictionsAbove(cell),
      ran: (cell, end) => this.afterRun(cell, end),
    });
    toBlocks(notebook.cells).forEach(block => this.element.append(this.render(block)));
    this.showStaleness();
  }

  close(): void {
    this.runner.stop();
    this.cells.forEach(cell => cell.close());
  }

  /** Learns what ran in the kernel before the page was loaded. */
  remember(memory: RunMemory): void {
    this.memory = memory;
    this.runner.order = memory.latest;
    for (const cell of this.cells) {
      const run = memory.of(cell.cell.id);
      if (run) {
        cell.ranSource = run.source;
        cell.order = run.order;
      }
    }

    this.showStaleness();
  }

  /** The texts that the lesson came with, for resetting a cell. */
  setOriginals(originals: readonly Cell[]): void {
    const byId = new Map(originals.map(cell => [cell.id, cell.source]));
    this.cells.forEach(cell => { cell.original = byId.get(cell.cell.id) ?? cell.original; });
  }

  restarted(): void {
    this.memory?.forget();
    this.predictions.forEach(panel => { panel.isSkipped = false; });
    this.cells.forEach(cell => {
      cell.ranSource = null;
      cell.order = 0;
    });
    this.showStaleness();
  }

  clearOutputs(): void {
    this.cells.forEach(cell => cell.clear());
    this.save.touch();
    this.showStaleness();
  }

  forgetPredictions(): void {
    this.predictions.forEach(panel => this.progress.setPrediction(panel.id, null));
  }

  edited(cell: CodeCell): void {
    void cell;
    this.save.touch();
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.showStaleness());
  }

  run(cell: CodeCell, then: 'next' | 'stay' | 'insert'): void {
    void this.runner.run([cell]);
    if (then === 'insert' || (then === 'next' && this.cells.at(-1) === cell)) {
      this.insert(cell, 1).edit();
    } else if (then === 'next') {
      this.move(cell, 1, false);
    }
  }

  runTo(cell: CodeCell): void {
    void this.runner.runTo(cell);
  }

  move(cell: CodeCell, by: -1 | 1, isEditing: boolean): boolean {
    const next = this.cells[this.cells.indexOf(cell) + by];
    if (!next) {
      return false;
    }

    this.reveal(next);
    if (isEditing) {
      next.edit(by < 0);
    } else {
      next.select();
    }

    return true;
  }

  key(cell: CodeCell, event: KeyboardEvent): void {
    if (event.target !== cell.element) {
      return;
    }

    const command = this.keys.read(event);
    if (!command) {
      return;
    }

    event.preventDefault();
    switch (command) {
      case 'edit': cell.edit(); break;
      case 'up': this.move(cell, -1, false); break;
      case 'down': this.move(cell, 1, false); break;
      case 'first': this.cells[0]?.select(); break;
      case 'last': this.cells.at(-1)?.select(); break;
      case 'run-next': this.run(cell, 'next'); break;
      case 'run-stay': this.run(cell, 'stay'); break;
      case 'run-insert': this.run(cell, 'insert'); break;
      case 'insert-above': this.insert(cell, 0).select(); break;
      case 'insert-below': this.insert(cell, 1).select(); break;
      case 'delete': this.remove(cell); break;
      case 'interrupt':
        this.runner.stop();
        void this.kernel()?.interrupt().catch(() => undefined);
        break;
    }
  }

  /** Only cells that the learner added can be deleted; the lesson's own can be reset. */
  remove(cell: CodeCell): void {
    if (cell.cell.metadata.kubelab?.own !== true) {
      announce('Cells of the lesson cannot be deleted. Reset brings their first text back.');
      return;
    }

    if (!this.move(cell, -1, false)) {
      this.move(cell, 1, false);
    }

    cell.element.remove();
    cell.close();
    this.cells.splice(this.cells.indexOf(cell), 1);
    this.notebook.cells.splice(this.notebook.cells.indexOf(cell.cell), 1);
    this.save.touch();
    this.showStaleness();
  }

  wasReset(cell: CodeCell): void {
    const panel = this.predictions.find(candidate => candidate.cell === cell);
    if (panel) {
      this.progress.setPrediction(panel.id, null);
      panel.show();
    }
  }

  updated(output: Output, displayId: string): void {
    this.cells.forEach(cell => cell.update(output, displayId));
  }

  private render(block: Block): HTMLElement {
    switch (block.kind) {
      case 'text':
        return h('div', { class: 'cell text-cell prose' }, renderMarkdown(block.cell.source, this.path));
      case 'code':
        return this.addCell(block.cell).element;
      case 'prediction': {
        const panel = new PredictionPanel(block.id, block.question, this.addCell(block.cell), this.path, {
          record: id => this.progress.document.predictions[id],
          keep: (id: string, record: PredictionRecord) => this.progress.setPrediction(id, record),
          locked: locked => this.onLocked(locked),
        });
        this.predictions.push(panel);
        return panel.element;
      }

      case 'exercise': {
        const content = h('div', { class: 'exercise-content' });
        for (const [index, part] of block.parts.entries()) {
          // The first text's heading is the panel's own title.
          const shown = index === 0 && part.kind === 'text'
            ? { ...part, cell: { ...part.cell, source: part.cell.source.replace(/^### Exercise.*\n*/, '') } } : part;
          content.append(this.render(shown));
        }

        const panel = new ExercisePanel(block.id, block.title, content, block.hints, block.solutions, this.path, {
          passed: check => this.progress.passed(check),
          check: exercise => { void this.check(exercise); },
          useSolution: (exercise, code) => this.useSolution(exercise, code),
        });
        this.exercises.push(panel);
        return panel.element;
      }
    }
  }

  private addCell(cell: Cell, at = this.cells.length): CodeCell {
    const number = Math.max(0, ...this.cells.map(known => known.number)) + 1;
    const made = new CodeCell(cell, number, cell.metadata.kubelab?.own === true ? undefined : cell.source, this);
    this.cells.splice(at, 0, made);
    return made;
  }

  /** Adds an empty cell of the learner's own, above (0) or below (1) another. */
  private insert(beside: CodeCell, offset: 0 | 1, source = ''): CodeCell {
    const cell: Cell = { id: `own-${Date.now().toString(36)}-${this.cells.length}`, cell_type: 'code', source, outputs: [], execution_count: null,
      metadata: { dotnet_interactive: { language: 'csharp' }, polyglot_notebook: { kernelName: 'csharp' }, kubelab: { own: true } } };
    this.notebook.cells.splice(this.notebook.cells.indexOf(beside.cell) + offset, 0, cell);
    const made = this.addCell(cell, this.cells.indexOf(beside) + offset);
    const place = this.predictions.find(panel => panel.cell === beside)?.element ?? beside.element;
    place[offset === 0 ? 'before' : 'after'](made.element);
    this.save.touch();
    return made;
  }

  private cellsOf(exercise: ExercisePanel): CodeCell[] {
    return this.cells.filter(cell => exercise.element.contains(cell.element));
  }

  /** The cell whose value is the exercise's check. */
  private checkCell(exercise: ExercisePanel): CodeCell | undefined {
    return this.cellsOf(exercise).find(cell => cell.source.includes(`lesson.Check("${exercise.id}"`))
      ?? this.cellsOf(exercise).findLast(cell => cell.cell.metadata.kubelab?.check === exercise.id);
  }

  /** Runs what of the exercise has not run yet or has changed, and then its check. */
  private async check(exercise: ExercisePanel): Promise<void> {
    const check = this.checkCell(exercise);
    if (check) {
      const before = this.cellsOf(exercise).filter(cell => this.cells.indexOf(cell) < this.cells.indexOf(check) && cell.ranSource !== cell.source);
      await this.runner.run([...before, check]);
    }
  }

  /** A solution that ends in the check replaces the check's cell; other code gets a cell of its own above it. */
  private useSolution(exercise: ExercisePanel, code: string): void {
    const check = this.checkCell(exercise);
    if (!check) {
      return;
    }

    if (code.includes(`lesson.Check("${exercise.id}"`)) {
      check.source = code;
      check.select();
    } else {
      this.insert(check, 0, code).select();
    }

    announce('The solution stands in a cell. Press Check to run it.');
  }

  private onLocked(panel: PredictionPanel): void {
    this.save.touch();
    const above = this.cells.slice(0, this.cells.indexOf(panel.cell));
    if (!this.runner.isRunning && this.kernel()?.state === 'ready' && above.every(cell => cell.ranSource !== null)) {
      void this.runner.run([panel.cell]);
    }
  }

  private gatesOf(cell: CodeCell): PredictionPanel[] {
    const index = this.cells.indexOf(cell);
    return this.predictions.filter(panel => {
      if (panel.isLocked || panel.isSkipped) {
        return false;
      }

      const from = this.cells.indexOf(panel.cell);
      const to = this.cells.findIndex((candidate, at) => at > from && comparedIn(candidate.source) === panel.id);
      return index >= from && index <= Math.max(from, to);
    });
  }

  private unrunPredictionsAbove(cell: CodeCell): PredictionPanel[] {
    const index = this.cells.indexOf(cell);
    const hasBegun = this.cells.some(candidate => candidate.ranSource !== null);
    return hasBegun ? this.predictions.filter(panel => (panel.isLocked || panel.isSkipped) && panel.cell !== cell
      && panel.cell.ranSource === null && this.cells.indexOf(panel.cell) < index) : [];
  }

  private afterRun(cell: CodeCell, end: RunEnd): void {
    if (end !== 'aborted') {
      this.memory?.keep(cell.cell.id, cell.ranSource ?? cell.source, cell.order);
    }

    const { checks, comparisons } = findingsIn(cell.outputs.element);
    for (const { id, passed } of checks) {
      this.progress.setExercise(id, passed);
      this.exercises.find(panel => panel.id === id)?.show(passed);
      announce(`Exercise ${id}: ${passed ? 'passed' : 'not yet'}.`);
    }

    for (const { id, predicted, happened, agrees } of comparisons) {
      this.predictions.find(panel => panel.id === id)?.compare(predicted, happened, agrees);
    }

    const own = this.cells.filter(candidate => candidate.cell.metadata.kubelab?.own !== true);
    this.progress.setCells(this.id, own.filter(candidate => candidate.hasRun).length, own.length);
    this.save.touch();
    this.showStaleness();
    this.ran();
  }

  private showStaleness(): void {
    const states = staleness(this.cells.map(cell => ({
      ranSource: cell.ranSource, order: cell.order, source: cell.source, hasOutput: cell.outputs.outputs.length > 0,
    })));
    this.cells.forEach((cell, index) => cell.showStaleness(states[index]!));
  }

  /** A cell inside a folded part is unfolded before it is gone to. */
  private reveal(cell: CodeCell): void {
    const fold = cell.element.closest('details');
    if (fold) {
      fold.open = true;
    }
  }
}
