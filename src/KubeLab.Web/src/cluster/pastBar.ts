import { button } from '../shell/button.ts';
import { h, fill, setText } from '../shell/dom.ts';
import { ClusterModel } from './model.ts';
import type { ClusterApi } from './clusterApi.ts';
import type { Event, Node, Pod } from './kubernetes.ts';
import { clockWords } from './time.ts';

/** A scrubber to look back: the cluster as it was, read through the same Kubernetes API as it answered then. */
export class PastBar {
  readonly element: HTMLElement;
  isPast = false;
  private readonly slider: HTMLInputElement;
  private readonly words = h('output', {}, 'now');
  private readonly back: HTMLElement;
  private from = 0;
  private to = 0;
  private asked = 0;

  constructor(private readonly api: ClusterApi, private readonly show: (model: ClusterModel | undefined) => void) {
    this.slider = h('input', { type: 'range', min: 0, max: 1000, value: 1000, 'aria-label': 'Look back in time', input: () => { void this.look(); } });
    this.back = h('span', {});
    this.element = h('div', { class: 'past-bar', hidden: true }, h('span', { class: 'quiet', 'aria-hidden': 'true' }, 'Past'), this.slider, this.words, this.back);
  }

  /** What time span can be looked at. */
  setRange(range: { from: string; to: string } | undefined): void {
    this.element.hidden = range === undefined;
    if (range && !this.isPast) {
      this.from = Date.parse(range.from);
      this.to = Date.parse(range.to);
      this.slider.disabled = !(this.to > this.from);
    }
  }

  now(): void {
    this.asked++;
    this.isPast = false;
    this.slider.value = '1000';
    this.slider.removeAttribute('aria-valuetext');
    setText(this.words, 'now');
    fill(this.back);
    this.show(undefined);
  }

  private async look(): Promise<void> {
    const share = Number(this.slider.value) / 1000;
    if (share >= 1) {
      this.now();
      return;
    }

    const iso = new Date(this.from + share * (this.to - this.from)).toISOString().replace(/\.\d+Z$/, 'Z');
    setText(this.words, clockWords(iso));
    this.slider.setAttribute('aria-valuetext', clockWords(iso));
    if (!this.isPast) {
      this.isPast = true;
      fill(this.back, button('forward', 'Back to now', () => this.now(), { class: 'small' }));
    }

    // While the slider moves only its last place is asked for.
    const asked = ++this.asked;
    await new Promise(resolve => setTimeout(resolve, 120));
    if (asked !== this.asked) {
      return;
    }

    try {
      const base = `lab/past/${encodeURIComponent(iso)}/api/v1/`;
      const [nodes, pods, events] = await Promise.all([this.api.list<Node>(`${base}nodes`), this.api.list<Pod>(`${base}pods`), this.api.list<Event>(`${base}events`).catch(() => ({ items: [] }))]);
      if (asked === this.asked) {
        const model = new ClusterModel();
        nodes.items.forEach(item => model.putNode(item));
        pods.items.forEach(item => model.putPod(item));
        events.items.slice(-400).forEach(item => model.putEvent(item));
        this.show(model);
      }
    } catch (error) {
      setText(this.words, `${clockWords(iso)}: ${(error as Error).message}`);
    }
  }
}
