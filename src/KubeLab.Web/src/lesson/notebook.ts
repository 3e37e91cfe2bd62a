/** A value by MIME type, as in nbformat: texts may be lists of lines. */
export type MimeBundle = Record<string, unknown>;

/** What a cell showed, as nbformat 4.5 writes it. */
export type Output =
  | { output_type: 'stream'; name: string; text: string | string[] }
  | { output_type: 'display_data'; data: MimeBundle; metadata: Record<string, unknown> }
  | { output_type: 'execute_result'; data: MimeBundle; metadata: Record<string, unknown>; execution_count: number | null }
  | { output_type: 'error'; ename: string; evalue: string; traceback: string[] };

/** What the lab adds to a cell; other front ends ignore it. */
export interface LabMetadata {
  check?: string;
  prediction?: string;
  output?: string;
  only?: string;
  /** A cell that the learner added. */
  own?: boolean;
}

/** The metadata of a cell. */
export interface CellMetadata {
  tags?: string[];
  kubelab?: LabMetadata;
  [key: string]: unknown;
}

/** A cell. Its source is one text here; nbformat's list of lines is joined when it is read. */
export interface Cell {
  id: string;
  cell_type: 'code' | 'markdown' | 'raw';
  source: string;
  metadata: CellMetadata;
  outputs?: Output[];
  execution_count?: number | null;
}

/** A notebook of nbformat 4.5. */
export interface Notebook {
  cells: Cell[];
  metadata: { kubelab?: { episode?: string; targets?: string[]; instructor?: string[] }; [key: string]: unknown };
  nbformat: number;
  nbformat_minor: number;
}

/** Joins what nbformat may write as a list of lines. */
export function joined(text: unknown): string {
  return Array.isArray(text) ? text.join('') : typeof text === 'string' ? text : '';
}

/** Reads a notebook; cells without id get one, so that a page can name them. */
export function readNotebook(content: unknown): Notebook {
  const raw = content as Notebook;
  if (!raw || !Array.isArray(raw.cells)) {
    throw new Error('this file is not a notebook: it has no cells');
  }

  const cells = raw.cells.map((cell, index): Cell => ({
    ...cell,
    id: cell.id ?? `cell-${index + 1}`,
    source: joined(cell.source),
    metadata: cell.metadata ?? {},
    ...(cell.cell_type === 'code' ? { outputs: cell.outputs ?? [], execution_count: cell.execution_count ?? null } : {}),
  }));
  return { ...raw, cells, nbformat: 4, nbformat_minor: 5 };
}

/** Writes a notebook as the server keeps it. */
export function writeNotebook(notebook: Notebook): Notebook {
  return { ...notebook, cells: notebook.cells.map(({ ...cell }) => cell) };
}

export function hasTag(cell: Cell, tag: string): boolean {
  return cell.metadata.tags?.includes(tag) === true;
}
