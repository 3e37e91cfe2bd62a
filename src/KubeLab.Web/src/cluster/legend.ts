import { h, setText } from '../shell/dom.ts';
import type { ClusterModel } from './model.ts';
import { stateMarks } from './painter.ts';
import { podStates, stateWords, type PodState } from './podState.ts';

/** What colours and marks mean, with how many pods there are of each. */
export class Legend {
  readonly element = h('ul', { class: 'legend', role: 'list', 'aria-label': 'Pods by state' });
  private readonly counts = new Map<PodState, HTMLElement>();

  constructor() {
    for (const state of podStates) {
      const count = h('b', {}, '0');
      this.counts.set(state, count);
      this.element.append(h('li', {}, h('span', { class: `swatch ${state}`, 'aria-hidden': 'true' }, stateMarks[state]), count, ` ${stateWords[state]}`));
    }

    this.element.append(h('li', { class: 'how' }, 'Boxes are as large as their CPU or memory; a pod is as large as its request, and filled as far as it is used.'));
  }

  show(model: ClusterModel): void {
    const counts = new Map<PodState, number>();
    model.pods.forEach(pod => counts.set(pod.state, (counts.get(pod.state) ?? 0) + 1));
    this.counts.forEach((element, state) => {
      setText(element, String(counts.get(state) ?? 0));
      element.parentElement!.classList.toggle('none', !counts.get(state));
    });
  }
}
