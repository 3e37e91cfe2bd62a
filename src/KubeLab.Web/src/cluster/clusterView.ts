import { iconButton } from '../shell/button.ts';
import { h, setText } from '../shell/dom.ts';
import { ClusterActions } from './actions.ts';
import { BillMeter } from './billMeter.ts';
import { ClockBar } from './clockBar.ts';
import { ClusterApi } from './clusterApi.ts';
import { DetailPanel } from './detailPanel.ts';
import { EventList } from './eventList.ts';
import { healthWords, troubleOf, type Health } from './health.ts';
import { LabApi, type Master } from './labApi.ts';
import { Legend } from './legend.ts';
import { MapView } from './mapView.ts';
import { ClusterModel, type Resource } from './model.ts';
import { NodesTable } from './nodesTable.ts';
import { PastBar } from './pastBar.ts';
import type { Selection } from './selection.ts';
import { timeWords } from './time.ts';
import { poll, watchCluster } from './watching.ts';

/** One cluster, alive: map, clock, bill, events, past, and ways to break it. */
export class ClusterView {
  readonly element: HTMLElement;
  readonly map: MapView;
  private readonly live = new ClusterModel();
  private readonly api: ClusterApi;
  private readonly lab: LabApi;
  private readonly clock: ClockBar;
  private readonly bill = new BillMeter();
  private readonly events = new EventList();
  private readonly legend = new Legend();
  private readonly past: PastBar;
  private readonly table = new NodesTable();
  private readonly detail: DetailPanel;
  private readonly state = h('p', { class: 'connection', role: 'status' });
  private readonly tableButton: HTMLButtonElement;
  private masters: Master[] = [];
  private selection: Selection | undefined;
  private shown: ClusterModel = this.live;
  private isSimulated = false;
  private isConnected = true;
  private health: Health = 'answers';
  private now = '';
  private lastHeard = '';
  private seen = -1;
  private timer = 0;
  private slow = 0;
  private end: (() => void) | undefined;
  private readonly onVisible = (): void => {
    // A hidden page gives its connections back: a browser has only six for one server.
    if (document.hidden) {
      this.pause();
    } else {
      this.resume();
    }
  };

  constructor(base: string, title: string, more?: HTMLElement) {
    this.api = new ClusterApi(base);
    this.lab = new LabApi(this.api);
    this.map = new MapView(this.live);
    this.clock = new ClockBar(this.lab, () => { void this.refresh(); });
    this.past = new PastBar(this.api, model => this.showModel(model ?? this.live));
    this.detail = new DetailPanel(this.lab, new ClusterActions(this.api, this.lab, () => { void this.refresh(); }));
    this.map.selected = (selection, isPinned) => {
      this.selection = selection;
      void isPinned;
      this.showDetail();
    };
    const resource = h('select', { 'aria-label': 'Boxes are sized by', change: () => {
      this.map.resource = resource.value as Resource;
      this.map.redraw();
    } }, h('option', { value: 'cpu' }, 'CPU'), h('option', { value: 'memory' }, 'Memory'));
    this.tableButton = iconButton('list', 'As a table', () => this.toggleTable(), { 'aria-pressed': 'false' });
    this.table.element.hidden = true;
    this.element = h('section', { class: 'cluster', 'aria-label': `Cluster ${title}` },
      h('header', {}, h('h2', {}, title), this.bill.element, h('span', { class: 'spring' }), resource, this.tableButton, more),
      this.clock.element, this.past.element, this.state,
      h('div', { class: 'cluster-map' }, this.map.element, this.table.element, this.legend.element),
      h('div', { class: 'cluster-side' }, this.detail.element, this.events.element));
    this.showDetail();
    document.addEventListener('visibilitychange', this.onVisible);
  }

  /** Begins to watch, if it does not already. */
  resume(): void {
    if (this.end || document.hidden) {
      return;
    }

    const stop = watchCluster(this.api, this.live, isConnected => {
      this.isConnected = isConnected;
      this.showHealth();
    });
    const asking = new AbortController();
    const { signal } = asking;
    void poll(1000, signal, async () => this.showClock(signal));
    void poll(2000, signal, async () => {
      const bill = await this.lab.bill(signal);
      this.bill.show(bill);
      this.setPrices(bill.nodes ?? {});
    });
    void poll(2000, signal, async () => {
      this.health = await this.api.health(signal);
      this.showHealth();
    });
    void poll(2000, signal, async () => this.setMasters(await this.lab.masters(signal)));
    void poll(3000, signal, async () => this.past.setRange(await this.lab.past(signal)));
    this.timer = window.setInterval(() => this.tick(), 50);
    this.end = () => {
      stop();
      asking.abort();
      clearInterval(this.timer);
    };
  }

  /** Ends the watches; what was seen stays on the page. */
  pause(): void {
    this.end?.();
    this.end = undefined;
  }

  /** Asks at once for what is otherwise asked for from time to time. */
  async refresh(): Promise<void> {
    if (this.end) {
      await this.showClock().catch(() => undefined);
      await this.lab.bill().then(bill => this.bill.show(bill)).catch(() => undefined);
    }
  }

  close(): void {
    this.pause();
    document.removeEventListener('visibilitychange', this.onVisible);
    this.map.close();
  }

  private async showClock(signal?: AbortSignal): Promise<void> {
    const clock = await this.lab.clock(signal);
    // The clock of a real cluster can be read, but nobody moves it.
    this.isSimulated = clock.canPause;
    this.now = clock.now;
    this.clock.show(clock);
  }

  /** Shows what changed since the last look. Watches may tell a thousand changes at once; lists and legend follow a few times a second. */
  private tick(): void {
    if (this.seen !== this.shown.version) {
      this.seen = this.shown.version;
      this.map.schedule();
      this.slow ||= window.setTimeout(() => {
        this.slow = 0;
        this.showLists();
      }, 200);
    }
  }

  private showLists(): void {
    this.legend.show(this.shown);
    this.events.show(this.shown);
    this.showDetail();
    if (!this.table.element.hidden) {
      this.table.show(this.shown, this.map.prices, this.map.leader, this.map.troubles);
    }
  }

  private showDetail(): void {
    this.detail.show(this.selection, { model: this.shown, isSimulated: this.isSimulated, isPast: this.past.isPast, prices: this.map.prices, masters: this.masters });
  }

  /** A cluster that does not answer is not shown as if it lived: the map turns grey, and words say of when it is. */
  private showHealth(): void {
    const health = this.health === 'answers' && !this.isConnected ? 'no server' : this.health;
    if (health === 'answers') {
      this.lastHeard = timeWords(this.now);
    }

    setText(this.state, healthWords(health, this.lastHeard));
    this.element.classList.toggle('unheard', health !== 'answers' && this.shown === this.live);
  }

  private showModel(model: ClusterModel): void {
    this.element.classList.toggle('in-the-past', model !== this.live);
    if (model !== this.shown) {
      this.shown = model;
      this.seen = -1;
      this.map.show(model);
    }

    this.showHealth();
    this.showLists();
  }

  private setPrices(prices: Record<string, number>): void {
    if (JSON.stringify(prices) !== JSON.stringify(this.map.prices)) {
      this.map.prices = prices;
      this.map.redraw();
    }
  }

  private setMasters(masters: Master[]): void {
    this.masters = masters;
    const leader = masters.find(master => master.leader && master.isUp)?.name;
    const troubles = new Map(masters.map(master => [master.name, troubleOf(master)] as const).filter((pair): pair is [string, string] => pair[1] !== undefined));
    if (leader !== this.map.leader || String([...troubles]) !== String([...this.map.troubles])) {
      this.map.leader = leader;
      this.map.troubles = troubles;
      this.map.redraw();
      this.showLists();
    }
  }

  private toggleTable(): void {
    this.table.element.hidden = !this.table.element.hidden;
    this.map.element.hidden = !this.table.element.hidden;
    this.tableButton.setAttribute('aria-pressed', String(!this.table.element.hidden));
    this.showLists();
  }
}
