import { h, fill } from '../shell/dom.ts';
import { icon } from '../shell/icons.ts';
import { apiOf, listClusters, type ClusterEntry } from './clusters.ts';
import { ClusterView } from './clusterView.ts';

/** The cluster beside a lesson: the newest that the lesson's kernel has opened, or the one that is chosen. */
export class ClusterPanel {
  readonly element = h('div', { class: 'cluster-panel' });
  /** Called when a cluster came or went. */
  appeared: () => void = () => undefined;
  private entries: ClusterEntry[] = [];
  private current: string | undefined;
  private view: ClusterView | undefined;
  private isShown = false;
  private timer: number;

  constructor(private readonly kernel: string, changed: (isThere: boolean) => void) {
    changed(false);
    this.timer = window.setInterval(() => { void this.refresh(); }, 5000);
    void this.refresh();
  }

  get isThere(): boolean {
    return this.current !== undefined;
  }

  /** Looks which clusters there are; called after each cell that ran. */
  async refresh(): Promise<void> {
    if (document.hidden) {
      return;
    }

    const entries = await listClusters().then(all => all.filter(entry => entry.kernel === this.kernel), () => undefined);
    if (!entries) {
      return;
    }

    const names = entries.map(entry => entry.name).join();
    if (names === this.entries.map(entry => entry.name).join()) {
      void this.view?.refresh();
      return;
    }

    // A cluster that was opened just now is the one the learner works on.
    const isNew = entries.find(entry => !this.entries.some(known => known.name === entry.name));
    this.entries = entries;
    this.choose(isNew?.name ?? (entries.some(entry => entry.name === this.current) ? this.current : entries.at(-1)?.name));
  }

  setShown(isShown: boolean): void {
    this.isShown = isShown;
    if (isShown) {
      this.view?.resume();
    } else {
      this.view?.pause();
    }
  }

  close(): void {
    clearInterval(this.timer);
    this.view?.close();
  }

  private choose(name: string | undefined): void {
    const wasThere = this.isThere;
    const entry = this.entries.find(candidate => candidate.name === name);
    this.view?.close();
    this.current = entry?.name;
    this.view = entry && new ClusterView(apiOf(entry.kernel, entry.name), entry.title || entry.name, this.links(entry));
    if (this.isShown) {
      this.view?.resume();
    }

    fill(this.element, this.view?.element);
    if (wasThere !== this.isThere) {
      this.appeared();
    }
  }

  /** To the other clusters of the lesson, and to the whole page. */
  private links(entry: ClusterEntry): HTMLElement {
    const others = this.entries.length > 1 && h('select', { 'aria-label': 'Which cluster', change: (event: Event) => this.choose((event.target as HTMLSelectElement).value) },
      ...this.entries.map(candidate => h('option', { value: candidate.name, selected: candidate === entry }, candidate.title || candidate.name)));
    return h('span', { class: 'row' }, others, h('a', { class: 'whole', href: `#/cluster/${encodeURIComponent(entry.kernel)}/${encodeURIComponent(entry.name)}`, title: 'On the whole page', 'aria-label': 'On the whole page' }, icon('cluster')));
  }
}
