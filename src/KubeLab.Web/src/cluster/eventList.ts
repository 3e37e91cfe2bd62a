import { h, fill, setText } from '../shell/dom.ts';
import type { ClusterModel, EventView } from './model.ts';
import { timeWords } from './time.ts';

const shown = 80;

/** Events as they come, the newest first. */
export class EventList {
  readonly element: HTMLElement;
  private readonly list = h('ol', { role: 'list', reversed: true, class: 'event-list' });
  private readonly rows = new Map<string, { row: HTMLElement; event: EventView }>();
  private readonly only = h('input', { type: 'checkbox', change: () => { this.rows.clear(); this.last = ''; fill(this.list); this.show(this.model); } });
  private last = '';
  private model: ClusterModel = undefined!;

  constructor() {
    this.element = h('section', { class: 'events', 'aria-label': 'Events' },
      h('header', {}, h('h3', {}, 'Events'), h('label', {}, this.only, ' warnings only')),
      h('div', { class: 'event-scroll', tabindex: 0, role: 'log', 'aria-live': 'off', 'aria-label': 'Events, newest first' }, this.list));
  }

  show(model: ClusterModel): void {
    if (model !== this.model) {
      this.rows.clear();
      this.last = '';
      fill(this.list);
    }

    this.model = model;
    const events = [...model.events.values()].filter(event => !this.only.checked || event.isWarning);
    events.sort((a, b) => a.at < b.at ? -1 : a.at > b.at ? 1 : 0);
    const newest = events.slice(-shown).reverse();
    const version = newest.map(event => `${event.key}*${event.count}`).join();
    if (version === this.last) {
      return;
    }

    this.last = version;
    const rows = newest.map(event => this.rowOf(event));
    const keep = new Set(newest.map(event => event.key));
    [...this.rows.keys()].filter(key => !keep.has(key)).forEach(key => this.rows.delete(key));
    this.list.replaceChildren(...rows);
    if (rows.length === 0) {
      fill(this.list, h('li', { class: 'quiet' }, 'No events yet'));
    }
  }

  private rowOf(event: EventView): HTMLElement {
    const known = this.rows.get(event.key);
    if (known && known.event.count === event.count && known.event.at === event.at) {
      return known.row;
    }

    const row = h('li', { class: event.isWarning ? 'warning' : '' }, h('time', {}, timeWords(event.at)),
      h('span', { class: 'what' }, h('b', {}, event.isWarning && h('span', { class: 'flag' }, 'Warning '), event.reason), event.count > 1 && h('span', { class: 'times' }, ` ${event.count} times`), ` ${event.about}`),
      h('span', { class: 'message' }, event.message));
    this.rows.set(event.key, { row, event });
    setText(row.querySelector('time')!, timeWords(event.at));
    return row;
  }
}
