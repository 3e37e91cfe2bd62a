import type { CodeCell } from '../cells/codeCell.ts';
import type { RunEnd } from '../kernel/kernel.ts';
import { announce } from '../shell/announcer.ts';
import type { PredictionPanel } from './predictionPanel.ts';

/** What the runner asks of its lesson. */
export interface RunnerHost {
  /** All code cells in reading order. */
  readonly cells: readonly CodeCell[];
  /** Predictions that must be made before this cell may run. */
  gatesOf(cell: CodeCell): PredictionPanel[];
  /** Locked predictions above the cell whose own cell did not run yet in this kernel. */
  unrunPredictionsAbove(cell: CodeCell): PredictionPanel[];
  ran(cell: CodeCell, end: RunEnd): void;
}

/** Runs cells one after the other, waits where a prediction is open, and stops at the first error. */
export class LessonRunner {
  /** Called when a run begins or ends. */
  changed: (isRunning: boolean) => void = () => undefined;
  isRunning = false;
  /** Counts the runs, so that it is known which of two cells ran later. */
  order = 0;
  private queue: CodeCell[] = [];
  private asking: PredictionPanel | undefined;
  private pump: Promise<void> = Promise.resolve();

  constructor(private readonly host: RunnerHost) {
  }

  async runAll(): Promise<void> {
    await this.run(this.host.cells);
    if (this.host.cells.every(cell => cell.hasRun)) {
      announce('The whole lesson has run.');
    }
  }

  runTo(cell: CodeCell): Promise<void> {
    return this.run(this.host.cells.slice(0, this.host.cells.indexOf(cell) + 1));
  }

  /** Adds cells to what waits, and returns when nothing waits any more. */
  run(cells: readonly CodeCell[]): Promise<void> {
    for (const cell of cells) {
      if (!this.queue.includes(cell)) {
        this.queue.push(cell);
        cell.queue();
      }
    }

    if (!this.isRunning) {
      this.pump = this.work();
    }

    return this.pump;
  }

  /** Forgets what waits; the cell that runs is not stopped by this. */
  stop(): void {
    this.queue.forEach(cell => cell.unqueue());
    this.queue = [];
    this.asking?.giveUp();
  }

  private async work(): Promise<void> {
    this.isRunning = true;
    this.changed(true);
    try {
      for (let cell = this.queue.shift(); cell; cell = this.queue.shift()) {
        if (!await this.pass(cell)) {
          cell.unqueue();
          this.stop();
          return;
        }

        for (const panel of this.host.unrunPredictionsAbove(cell)) {
          await this.execute(panel.cell);
        }

        const end = await this.execute(cell);
        if (end !== 'ok') {
          this.stop();
          announce(end === 'error' ? `Cell ${cell.number} failed.` : `Cell ${cell.number} was stopped.`);
          if (end === 'error') {
            cell.outputs.element.scrollIntoView({ block: 'nearest' });
          }
        }
      }
    } finally {
      // Also when a cell could not even be run: nothing may wait for a run that has ended.
      this.isRunning = false;
      this.stop();
      this.changed(false);
    }
  }

  /** Waits for the predictions that stand before the cell. */
  private async pass(cell: CodeCell): Promise<boolean> {
    for (const panel of this.host.gatesOf(cell)) {
      this.asking = panel;
      const mayRun = await panel.ask();
      this.asking = undefined;
      if (!mayRun) {
        return false;
      }

      if (panel.cell !== cell && panel.cell.ranSource === null) {
        await this.execute(panel.cell);
      }
    }

    return true;
  }

  private async execute(cell: CodeCell): Promise<RunEnd> {
    const end = await cell.run(++this.order);
    this.host.ran(cell, end);
    return end;
  }
}
