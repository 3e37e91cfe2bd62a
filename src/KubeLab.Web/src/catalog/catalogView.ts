import { h, fill } from '../shell/dom.ts';
import { icon } from '../shell/icons.ts';
import type { View } from '../shell/view.ts';
import { listClusters } from '../cluster/clusters.ts';
import { listEpisodes, type Episode } from './episode.ts';
import { Progress } from './progress.ts';
import { standingOf } from './standing.ts';

/** The list of lessons, with time, progress and what comes before; below it the clusters that live now. */
export class CatalogView implements View {
  readonly title = 'Lessons';
  readonly element = h('div', { class: 'catalog' });
  private readonly clusters = h('section', { class: 'clusters', 'aria-labelledby': 'clusters-title' });

  constructor() {
    fill(this.element, h('p', { class: 'quiet', role: 'status' }, 'Reading the list of lessons …'));
    void this.load();
  }

  close(): void {
    // Nothing runs behind the list.
  }

  private async load(): Promise<void> {
    try {
      const [episodes, progress] = await Promise.all([listEpisodes(), Progress.load()]);
      const titles = new Map(episodes.map(episode => [episode.id, episode.title]));
      const minutes = episodes.reduce((sum, e) => sum + (e.teaching ?? 0) + (e.exercises ?? 0), 0);
      fill(this.element,
        h('header', { class: 'opening' },
          h('h1', {}, 'KubeLab'),
          h('p', { class: 'lead' }, 'Learn Kubernetes on clusters of your own: build them, break them, watch them heal, and see what it costs. '
            + 'All of it happens on this machine.'),
          h('p', { class: 'quiet' }, `${episodes.length} lessons, ${hours(minutes)} in all`)),
        h('ol', { class: 'lessons', role: 'list' }, ...episodes.map(episode => card(episode, progress, titles))),
        this.clusters);
    } catch (error) {
      fill(this.element, h('h1', {}, 'KubeLab'), h('p', { class: 'alarm', role: 'alert' },
        `The list of lessons cannot be read: ${(error as Error).message}. Is the lab still running?`));
      return;
    }

    const clusters = await listClusters().catch(() => []);
    if (clusters.length > 0) {
      fill(this.clusters, h('h2', { id: 'clusters-title' }, 'Clusters alive now'), h('ul', { class: 'plain-list' }, ...clusters.map(cluster =>
        h('li', {}, h('a', { href: `#/cluster/${encodeURIComponent(cluster.kernel)}/${encodeURIComponent(cluster.name)}` }, cluster.title || cluster.name)))));
    }
  }
}

function card(episode: Episode, progress: Progress, titles: Map<string, string>): HTMLElement {
  const standing = standingOf(episode.id, progress.document);
  const before = episode.prerequisites.map(id => {
    const isDone = standingOf(id, progress.document).state === 'done';
    return h('li', { class: isDone ? 'met' : '' }, isDone && icon('check'), `${id} ${titles.get(id) ?? ''}`.trim(), isDone && h('span', { class: 'unseen' }, ', done'));
  });
  const action = standing.state === 'new' ? 'Begin' : standing.state === 'done' ? 'Read again' : 'Go on';
  return h('li', { class: `lesson-card ${standing.state}` },
    h('span', { class: 'lesson-number', 'aria-hidden': 'true' }, episode.id),
    h('div', { class: 'lesson-about' },
      h('h2', {}, h('a', { href: `#/lesson/${encodeURIComponent(episode.id)}` }, h('span', { class: 'unseen' }, `Lesson ${episode.id}: `), episode.title)),
      h('p', { class: 'facts' }, times(episode)),
      before.length > 0 && h('div', { class: 'before' }, h('span', {}, 'Comes after'), h('ul', {}, ...before))),
    h('div', { class: 'lesson-standing' },
      h('span', { class: 'bar', 'aria-hidden': 'true' }, h('span', { style: `width:${Math.round(standing.share * 100)}%` })),
      h('span', { class: 'standing-words' }, standing.state === 'done' && icon('check'), standing.words),
      h('span', { class: 'go', 'aria-hidden': 'true' }, action)));
}

function times(episode: Episode): string {
  const parts = [];
  if (episode.teaching) {
    parts.push(`${episode.teaching} min to read and run`);
  }

  if (episode.exercises) {
    parts.push(`${episode.exercises} min of exercises`);
  }

  return parts.join(' · ');
}

function hours(minutes: number): string {
  return minutes < 90 ? `${minutes} minutes` : `${(minutes / 60).toFixed(1).replace('.0', '')} hours`;
}
