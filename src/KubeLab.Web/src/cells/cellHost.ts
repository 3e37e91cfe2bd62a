import type { LabKernel } from '../kernel/kernel.ts';
import type { Output } from '../lesson/notebook.ts';
import type { CodeCell } from './codeCell.ts';

/** What a lesson does for its cells. */
export interface CellHost {
  /** The notebook's path. */
  readonly path: string;
  kernel(): LabKernel | undefined;
  edited(cell: CodeCell): void;
  run(cell: CodeCell, then: 'next' | 'stay' | 'insert'): void;
  runTo(cell: CodeCell): void;
  /** Goes to the neighbour; returns false at the ends. */
  move(cell: CodeCell, by: -1 | 1, isEditing: boolean): boolean;
  /** A key while the cell is selected as a whole. */
  key(cell: CodeCell, event: KeyboardEvent): void;
  remove(cell: CodeCell): void;
  wasReset(cell: CodeCell): void;
  updated(output: Output, displayId: string): void;
}
