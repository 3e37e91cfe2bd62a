import { recall, remember } from '../shell/store.ts';

/** What ran in a kernel that may outlive the page: after a reload outputs are still known to be fresh. */
interface Remembered {
  kernel: string;
  runs: Record<string, { source: string; order: number }>;
}

/** Keeps the runs of one notebook in one kernel. */
export class RunMemory {
  private known: Remembered;

  constructor(private readonly path: string, kernel: string) {
    this.known = { kernel, runs: {} };
    try {
      const kept = JSON.parse(recall(`runs.${path}`) ?? 'null') as Remembered | null;
      if (kept?.kernel === kernel) {
        this.known = kept;
      }
    } catch {
      // What cannot be read is as good as nothing: the cells say that they are from an earlier session.
    }
  }

  /** The highest order so far. */
  get latest(): number {
    return Math.max(0, ...Object.values(this.known.runs).map(run => run.order));
  }

  of(cell: string): { source: string; order: number } | undefined {
    return this.known.runs[cell];
  }

  keep(cell: string, source: string, order: number): void {
    this.known.runs[cell] = { source, order };
    this.write();
  }

  forget(): void {
    this.known.runs = {};
    this.write();
  }

  private write(): void {
    remember(`runs.${this.path}`, JSON.stringify(this.known));
  }
}
