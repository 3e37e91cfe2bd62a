import { h } from '../shell/dom.ts';
import type { View } from '../shell/view.ts';
import { apiOf, listClusters } from './clusters.ts';
import { ClusterView } from './clusterView.ts';

/** A cluster on the whole page. */
export class ClusterPage implements View {
  readonly title: string;
  readonly element: HTMLElement;
  private readonly view: ClusterView;

  constructor(kernel: string, name: string) {
    this.title = `Cluster ${name}`;
    this.view = new ClusterView(apiOf(kernel, name), name);
    this.element = h('div', { class: 'cluster-page' }, h('h1', { class: 'unseen' }, this.title), this.view.element);
    this.view.resume();
    void listClusters().then(clusters => {
      const title = clusters.find(cluster => cluster.kernel === kernel && cluster.name === name)?.title;
      if (title) {
        this.element.querySelector('h2')!.textContent = title;
      }
    }, () => undefined);
  }

  close(): void {
    this.view.close();
  }
}
