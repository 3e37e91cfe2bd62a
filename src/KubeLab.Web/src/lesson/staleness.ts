/** What is known of one code cell in this kernel's life. */
export interface CellRun {
  /** The source that was run last, or null when it did not run since the kernel started. */
  readonly ranSource: string | null;
  /** Counts runs over the whole lesson; 0 when it did not run. */
  readonly order: number;
  readonly source: string;
  readonly hasOutput: boolean;
}

/** Why an output may not be what the code above it would give now. */
export type Staleness = 'fresh' | 'edited' | 'above-changed' | 'earlier-session';

/**
 * Judges each cell in reading order. A cell is stale when its own text changed since it ran, when a cell above ran or was edited after it,
 * or when its output is from before the kernel started.
 */
export function staleness(cells: readonly CellRun[]): Staleness[] {
  let latestAbove = 0;
  let isEditedAbove = false;
  return cells.map(cell => {
    if (cell.ranSource === null) {
      return cell.hasOutput ? 'earlier-session' : 'fresh';
    }

    const isEdited = cell.ranSource !== cell.source;
    const result = isEdited ? 'edited' : isEditedAbove || cell.order < latestAbove ? 'above-changed' : 'fresh';
    latestAbove = Math.max(latestAbove, cell.order);
    isEditedAbove ||= isEdited;
    return result;
  });
}

/** The same in words for the mark beside the cell. */
export const staleWords: Record<Staleness, string> = {
  fresh: '',
  edited: 'Changed since it ran',
  'above-changed': 'Out of date: a cell above changed or ran later',
  'earlier-session': 'From an earlier session: run it again',
};
