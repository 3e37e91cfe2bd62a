import { h, fill } from '../shell/dom.ts';
import type { ClusterModel } from './model.ts';
import { compareNames } from './nodeLayout.ts';
import { cpuWords, memoryWords } from './quantity.ts';

/** The map in words and numbers: the same cluster for those who do not see it, or want to read it. */
export class NodesTable {
  readonly element: HTMLElement;
  private readonly body = h('tbody');

  constructor() {
    this.element = h('div', { class: 'nodes-table', tabindex: 0, role: 'region', 'aria-label': 'Nodes as a table' },
      h('table', {}, h('thead', {}, h('tr', {}, ...['Node', 'State', 'Pods', 'CPU requested', 'Memory requested', '$ an hour'].map(head => h('th', { scope: 'col' }, head)))), this.body));
  }

  show(model: ClusterModel, prices: Record<string, number>, leader: string | undefined, troubles: ReadonlyMap<string, string>): void {
    const rows = [...model.nodes.values()].sort((a, b) => Number(b.isMaster) - Number(a.isMaster) || compareNames(a.name, b.name)).map(node => {
      const requested = model.requestedOn(node);
      const [failing, unknown] = (['failing', 'unknown'] as const).map(state => [...node.pods].filter(pod => pod.state === state).length);
      return h('tr', {}, h('th', { scope: 'row' }, node.name), h('td', {}, [troubles.get(node.name), node.isReady ? 'Ready' : 'NotReady', node.isCordoned ? 'cordoned' : '', node.isMaster ? 'master' : '', leader === node.name ? 'leader' : ''].filter(w => w).join(', ')),
        h('td', {}, `${node.pods.size}${failing ? `, ${failing} failing` : ''}${unknown ? `, ${unknown} unknown` : ''}`), h('td', {}, `${cpuWords(requested.cpu)} of ${cpuWords(node.allocatable.cpu)}`),
        h('td', {}, `${memoryWords(requested.memory)} of ${memoryWords(node.allocatable.memory)}`), h('td', {}, prices[node.name]?.toFixed(3) ?? ''));
    });
    if (model.unplaced.size > 0) {
      rows.push(h('tr', {}, h('th', { scope: 'row' }, 'no node'), h('td', {}, 'waiting'), h('td', {}, String(model.unplaced.size)), h('td'), h('td'), h('td')));
    }

    fill(this.body, ...rows);
  }
}
