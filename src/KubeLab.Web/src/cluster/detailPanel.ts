import { button } from '../shell/button.ts';
import { h, fill, setText, type Child } from '../shell/dom.ts';
import type { ClusterActions } from './actions.ts';
import { money } from './billMeter.ts';
import { troubleOf } from './health.ts';
import type { LabApi, Master } from './labApi.ts';
import type { ClusterModel, NodeView, PodView } from './model.ts';
import { cpuWords, memoryWords } from './quantity.ts';
import type { Selection } from './selection.ts';

/** What surrounds a selection. */
export interface DetailSource {
  readonly model: ClusterModel;
  readonly isSimulated: boolean;
  /** Looking back in time: nothing can be broken there. */
  readonly isPast: boolean;
  readonly prices: Record<string, number>;
  readonly masters: readonly Master[];
}

/** About the node or pod that is pointed at: numbers, why a pod waits, and buttons to break things. */
export class DetailPanel {
  readonly element = h('section', { class: 'detail', 'aria-label': 'About what is chosen' });
  private shown = '';
  private asked = '';
  private readonly why = h('p', { class: 'why' });

  constructor(private readonly lab: LabApi, private readonly actions: ClusterActions) {
  }

  show(selection: Selection | undefined, source: DetailSource): void {
    const pod = selection?.pod ? source.model.pods.get(selection.pod) : undefined;
    const node = selection?.node ? source.model.nodes.get(selection.node) : undefined;
    // Buttons keep their focus while nothing about them changed.
    const key = JSON.stringify([selection, pod, node && [node.isReady, node.isCordoned, node.pods.size, source.model.requestedOn(node)], pod && source.model.usageOf(pod), source.isPast, source.isSimulated,
      node && source.masters.find(master => master.name === node.name)]);
    if (key === this.shown) {
      return;
    }

    const focused = this.element.contains(document.activeElement) ? (document.activeElement as HTMLElement).textContent : undefined;
    this.shown = key;
    if (pod) {
      this.showPod(pod, source);
    } else if (node) {
      this.showNode(node, source);
    } else {
      fill(this.element, h('p', { class: 'quiet' }, 'Point at a node or a pod, or go there with the keys.'));
    }

    if (focused) {
      [...this.element.querySelectorAll('button')].find(candidate => candidate.textContent === focused)?.focus();
    }
  }

  private showPod(pod: PodView, source: DetailSource): void {
    // What it used before its node fell silent is no news.
    const used = pod.state === 'unknown' ? undefined : source.model.usageOf(pod);
    fill(this.element, h('h3', {}, h('span', { class: `swatch ${pod.state}`, 'aria-hidden': 'true' }), `pod ${pod.name}`, h('span', { class: 'status' }, pod.status)),
      facts([
        ['Namespace', pod.namespace], ['Node', pod.node ?? 'none yet'], ['Owner', pod.owner ?? 'none: a bare pod'], ['Restarts', String(pod.restarts)],
        ['CPU', `${cpuWords(pod.requested.cpu)} requested${used ? `, ${cpuWords(used.cpu)} used` : ''}`],
        ['Memory', `${memoryWords(pod.requested.memory)} requested${used ? `, ${memoryWords(used.memory)} used` : ''}`],
      ]), this.why);
    const isWaiting = pod.state === 'waiting' || (pod.state === 'starting' && pod.reason !== undefined);
    if (!isWaiting) {
      setText(this.why, pod.reason ?? '');
      return;
    }

    setText(this.why, pod.reason ?? '');
    const asked = pod.key;
    this.asked = asked;
    if (source.isSimulated && !source.isPast) {
      this.lab.why(pod.namespace, pod.name).then(words => {
        if (this.asked === asked) {
          setText(this.why, words.trim());
        }
      }, () => undefined);
    }
  }

  private showNode(node: NodeView, source: DetailSource): void {
    this.asked = '';
    const { actions } = this;
    const requested = source.model.requestedOn(node);
    const master = source.masters.find(candidate => candidate.name === node.name);
    const price = source.prices[node.name];
    const state = [master && !source.isPast ? troubleOf(master) : '', node.isReady ? 'Ready' : 'NotReady', node.isCordoned ? 'cordoned' : ''].filter(word => word).join(', ');
    fill(this.element, h('h3', {}, `${node.isMaster ? 'master' : 'node'} ${node.name}`, h('span', { class: 'status' }, state)),
      facts([
        ['CPU', `${cpuWords(requested.cpu)} of ${cpuWords(node.allocatable.cpu)} requested`],
        ['Memory', `${memoryWords(requested.memory)} of ${memoryWords(node.allocatable.memory)} requested`],
        ['Pods', String(node.pods.size)], ...(price === undefined ? [] : [['Price', `${money(price, 'USD', 4)} an hour`] as [string, string]]),
        ...(master ? [['etcd', `${master.leader ? 'leader' : troubleOf(master) ?? 'follower'}${master.term === undefined || master.term === null ? '' : `, term ${master.term}`}`] as [string, string]] : []),
        ...(master?.components.length ? [['Runs', master.components.map(component => `${component.name} ${component.state}`).join(', ')] as [string, string]] : []),
      ]),
      !source.isPast && h('div', { class: 'row break' },
        source.isSimulated && button('break', 'Kill', () => actions.kill(node.name), { class: 'small' }),
        source.isSimulated && button('restart', 'Restore', () => actions.restore(node.name), { class: 'small' }),
        node.isCordoned ? button('plus', 'Uncordon', () => { void actions.cordon(node.name, false); }, { class: 'small' }) : button('minus', 'Cordon', () => { void actions.cordon(node.name, true); }, { class: 'small' }),
        button('forward', 'Drain', () => { void actions.drain(node.name, source.model); }, { class: 'small' }),
        source.isSimulated && button('cross', 'Cut off', () => actions.partition(node.name), { class: 'small' }),
        source.isSimulated && button('check', 'Reconnect', () => actions.heal(node.name), { class: 'small' })));
  }
}

function facts(rows: readonly (readonly [string, string])[]): Child {
  return h('dl', {}, ...rows.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))));
}
