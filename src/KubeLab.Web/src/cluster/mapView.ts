import { h, setText } from '../shell/dom.ts';
import { onLook } from '../shell/theme.ts';
import { neighbour } from './direction.ts';
import { Flights } from './flights.ts';
import { detailFor, type Detail } from './levelOfDetail.ts';
import type { ClusterModel, NodeView, PodView, Resource } from './model.ts';
import { layoutNodes } from './nodeLayout.ts';
import { insideOf, paintCell, paintNode, paintPod, paintTray, usedShare } from './painter.ts';
import { readPalette, type Palette } from './palette.ts';
import { layoutPods } from './podLayout.ts';
import { contains, type Rect } from './rect.ts';

/** What the learner points at. */
export interface Selection { readonly node?: string; readonly pod?: string }

const gap = 5;

/** The map: nodes as boxes, pods inside. Two canvases: one keeps what stands still and is painted anew only where something changed, one above it what moves. */
export class MapView {
  readonly element: HTMLElement;
  /** Prices per hour by node, the leader among the masters, and what is wrong with masters; set from outside. */
  prices: Record<string, number> = {};
  leader: string | undefined;
  troubles: ReadonlyMap<string, string> = new Map();
  resource: Resource = 'cpu';
  /** Called with what is pointed at; pinned when it was chosen by click or key. */
  selected: (selection: Selection | undefined, isPinned: boolean) => void = () => undefined;
  /** Milliseconds that the last frames took to paint; for measuring. */
  readonly frames: number[] = [];
  private model: ClusterModel;
  private readonly base = h('canvas', { 'aria-hidden': 'true' });
  private readonly above = h('canvas', { 'aria-hidden': 'true' });
  private readonly words = h('span', { class: 'unseen', role: 'status' });
  private readonly summary = h('span', { class: 'unseen', id: 'map-summary' });
  private readonly flights = new Flights();
  private readonly sizes: ResizeObserver;
  private readonly stopLook: () => void;
  private readonly calm = matchMedia('(prefers-reduced-motion: reduce)');
  private palette: Palette = readPalette();
  private rects = new Map<string, Rect>();
  private placed = new Map<string, Rect>();
  private readonly keysOf = new Map<string, string[]>();
  private tray: Rect = { x: 0, y: 0, w: 0, h: 0 };
  private trayKeys: string[] = [];
  /** Pods as they were seen last, so that they can fade after they are gone. */
  private readonly lastSeen = new Map<string, PodView>();
  private detail: Detail = 'pods';
  private width = 0;
  private height = 0;
  private fontSize = 11;
  private frame = 0;
  private isWhole = true;
  private drawnVersion = -1;
  private unplacedVersion = '';
  private pinned: Selection | undefined;
  private hovered: Selection | undefined;

  constructor(model: ClusterModel) {
    this.model = model;
    this.element = h('div', { class: 'map', tabindex: 0, role: 'application', 'aria-roledescription': 'map of the cluster', 'aria-label': 'Map of the cluster. Arrow keys go from node to node, Enter goes into a node\'s pods, Escape comes back.',
      'aria-describedby': 'map-summary',
      pointermove: (event: PointerEvent) => this.onPoint(event), pointerleave: () => this.onPoint(undefined),
      click: (event: MouseEvent) => this.onClick(event), keydown: (event: KeyboardEvent) => this.onKey(event) }, this.base, this.above, this.words, this.summary);
    this.sizes = new ResizeObserver(() => this.resize());
    this.sizes.observe(this.element);
    this.stopLook = onLook(() => {
      this.palette = readPalette();
      this.redraw();
    });
  }

  /** Shows another model, such as the cluster as it was. */
  show(model: ClusterModel): void {
    this.model = model;
    this.flights.clear();
    this.placed.clear();
    this.keysOf.clear();
    this.redraw();
  }

  /** Something may have changed; it is drawn with the next frame. */
  schedule(): void {
    this.frame ||= requestAnimationFrame(now => {
      this.frame = 0;
      this.draw(now);
    });
  }

  /** Draws everything anew. */
  redraw(): void {
    this.isWhole = true;
    this.schedule();
  }

  /** Chooses a node or pod, as if it had been clicked. */
  pin(selection: Selection | undefined): void {
    this.pinned = selection;
    this.selected(selection, true);
    this.drawnVersion = -1;
    this.schedule();
  }

  close(): void {
    cancelAnimationFrame(this.frame);
    this.sizes.disconnect();
    this.stopLook();
  }

  private resize(): void {
    const { clientWidth, clientHeight } = this.element;
    if (clientWidth === this.width && clientHeight === this.height) {
      return;
    }

    this.width = clientWidth;
    this.height = clientHeight;
    const ratio = Math.min(2, devicePixelRatio || 1);
    for (const canvas of [this.base, this.above]) {
      canvas.width = Math.round(clientWidth * ratio);
      canvas.height = Math.round(clientHeight * ratio);
      canvas.getContext('2d')!.setTransform(ratio, 0, 0, ratio, 0, 0);
    }

    this.redraw();
  }

  private draw(now: number): void {
    if (this.width === 0 || this.height === 0) {
      return;
    }

    const began = performance.now();
    const { model } = this;
    const hasChanged = this.drawnVersion !== model.version;
    if (this.isWhole || model.isReshaped) {
      this.layout();
    }

    if (this.isWhole || hasChanged || model.dirty.size > 0) {
      this.update(now);
    }

    if (!this.flights.isEmpty || hasChanged || this.isWhole) {
      this.drawMoving(now);
    }

    this.drawnVersion = model.version;
    this.isWhole = false;
    this.frames.push(performance.now() - began);
    if (this.frames.length > 600) {
      this.frames.shift();
    }

    if (!this.flights.isEmpty) {
      this.schedule();
    }
  }

  /** Finds the places of nodes and tray. */
  private layout(): void {
    const { model } = this;
    this.fontSize = Math.round(parseFloat(getComputedStyle(document.documentElement).fontSize) * .7);
    const detail = detailFor(model.nodes.size, model.pods.size);
    if (detail !== this.detail) {
      this.detail = detail;
      this.placed.clear();
      this.flights.clear();
    }

    const trayHeight = Math.max(34, Math.min(this.height * .2, this.fontSize * 4.4));
    this.tray = { x: 0, y: this.height - trayHeight, w: this.width, h: trayHeight };
    const boxes = [...model.nodes.values()].map(node => ({ name: node.name, weight: node.capacity[this.resource], isMaster: node.isMaster }));
    this.rects = layoutNodes(boxes, this.width - 2, this.height - trayHeight - gap, this.detail === 'cells' ? 2 : gap);
    this.base.getContext('2d')!.clearRect(0, 0, this.width, this.height);
    model.isReshaped = false;
    model.nodes.forEach((_, name) => model.dirty.add(name));
    this.unplacedVersion = '';
  }

  /** Places the pods of what changed, starts flights, and paints those nodes anew. */
  private update(now: number): void {
    const { model } = this;
    const isStill = this.isWhole || this.calm.matches || this.detail === 'cells';
    const changed = [...model.dirty];
    model.dirty.clear();
    const gone: string[] = [];
    let fresh = 0;
    for (const name of changed) {
      const node = model.nodes.get(name);
      const rect = this.rects.get(name);
      const before = this.keysOf.get(name) ?? [];
      if (!node || !rect || this.detail === 'cells') {
        gone.push(...before);
        this.keysOf.delete(name);
        continue;
      }

      const allocatable = Math.max(node.allocatable[this.resource], 1e-9);
      const places = layoutPods([...node.pods].map(pod => ({ key: pod.key, share: pod.requested[this.resource] / allocatable })), insideOf(rect, this.fontSize), 7);
      for (const [key, place] of places) {
        fresh += this.move(model.pods.get(key), place, name, now, isStill || fresh > 300);
      }

      gone.push(...before.filter(key => !places.has(key)));
      this.keysOf.set(name, [...places.keys()]);
    }

    const isTrayChanged = this.updateTray(now, isStill, gone);
    for (const key of gone) {
      const rect = this.placed.get(key);
      if (rect && !model.pods.has(key)) {
        this.placed.delete(key);
        const last = this.lastSeen.get(key);
        if (last && !isStill) {
          this.flights.fade(last, rect, now);
        }

        this.lastSeen.delete(key);
      }
    }

    changed.forEach(name => this.paint(name));
    if (isTrayChanged) {
      this.paintTray();
    }

    setText(this.summary, `${model.nodes.size} nodes, ${model.pods.size} pods, ${model.unplaced.size} waiting for a node.`);
  }

  /** Sends a pod to its place. Returns 1 when it flies. */
  private move(pod: PodView | undefined, to: Rect, node: string | undefined, now: number, isStill: boolean): number {
    if (!pod) {
      return 0;
    }

    const from = this.placed.get(pod.key);
    this.placed.set(pod.key, to);
    this.lastSeen.set(pod.key, pod);
    if (isStill || (from && Math.abs(from.x - to.x) + Math.abs(from.y - to.y) + Math.abs(from.w - to.w) < 1)) {
      return 0;
    }

    const start = from ?? { x: to.x + to.w / 2, y: this.tray.y, w: 2, h: 2 };
    return this.flights.start(pod, start, to, node, now) ? 1 : 0;
  }

  private updateTray(now: number, isStill: boolean, gone: string[]): boolean {
    const { model } = this;
    const waiting = [...model.unplaced];
    const version = waiting.map(pod => pod.key + pod.status).join();
    if (version === this.unplacedVersion) {
      return false;
    }

    this.unplacedVersion = version;
    const before = this.trayKeys;
    const top = this.tray.y + this.fontSize + 10;
    const side = Math.max(6, Math.min(18, this.tray.y + this.tray.h - top - 3));
    const perRow = Math.floor(this.width / (side + 2));
    this.trayKeys = [];
    waiting.slice(0, perRow * Math.max(1, Math.floor((this.tray.y + this.tray.h - top) / side))).forEach((pod, i) => {
      this.move(pod, { x: 2 + i % perRow * (side + 2), y: top + Math.floor(i / perRow) * (side + 1), w: side, h: side }, undefined, now, isStill);
      this.trayKeys.push(pod.key);
    });
    const now2 = new Set(this.trayKeys);
    gone.push(...before.filter(key => !now2.has(key)));
    return true;
  }

  /** Paints one node with its pods that stand still. */
  private paint(name: string): void {
    const node = this.model.nodes.get(name);
    const rect = this.rects.get(name);
    if (!node || !rect) {
      return;
    }

    const ctx = this.base.getContext('2d')!;
    ctx.clearRect(rect.x - 1, rect.y - 1, rect.w + 2, rect.h + 2);
    const price = this.prices[name];
    paintNode(ctx, node, rect, { price: price === undefined ? '' : `$${price.toFixed(3)}/h`, isLeader: this.leader === name, trouble: this.troubles.get(name), fontSize: this.fontSize }, this.palette);
    if (this.detail === 'cells') {
      paintCell(ctx, node, insideOf(rect, this.fontSize), this.resource, this.palette);
      return;
    }

    for (const pod of node.pods) {
      const place = this.placed.get(pod.key);
      if (place && !this.flights.isFlying(pod.key)) {
        paintPod(ctx, pod, place, usedShare(this.model, pod, this.resource), this.palette);
      }
    }
  }

  private paintTray(): void {
    const ctx = this.base.getContext('2d')!;
    paintTray(ctx, this.tray, this.model.unplaced.size, this.fontSize, this.palette);
    for (const key of this.trayKeys) {
      const pod = this.model.pods.get(key);
      const place = this.placed.get(key);
      if (pod && place && !this.flights.isFlying(key)) {
        paintPod(ctx, pod, place, undefined, this.palette);
      }
    }
  }

  private drawMoving(now: number): void {
    const ctx = this.above.getContext('2d')!;
    ctx.clearRect(0, 0, this.width, this.height);
    const landed = this.flights.step(now, (pod, rect, alpha) => {
      ctx.globalAlpha = alpha;
      paintPod(ctx, this.model.pods.get(pod.key) ?? pod, rect, usedShare(this.model, pod, this.resource), this.palette);
      ctx.globalAlpha = 1;
    });
    for (const node of landed) {
      if (node === undefined) {
        this.paintTray();
      } else {
        this.paint(node);
      }
    }

    this.outline(ctx, this.hovered, 1.5);
    this.outline(ctx, this.pinned, 3);
  }

  private outline(ctx: CanvasRenderingContext2D, selection: Selection | undefined, width: number): void {
    const rect = selection && (selection.pod ? this.placed.get(selection.pod) : selection.node ? this.rects.get(selection.node) : undefined);
    if (rect) {
      ctx.strokeStyle = this.palette.ink;
      ctx.lineWidth = width;
      ctx.strokeRect(rect.x - 1, rect.y - 1, rect.w + 2, rect.h + 2);
    }
  }

  /** What lies under a point. */
  private at(x: number, y: number): Selection | undefined {
    if (contains(this.tray, x, y)) {
      const pod = this.trayKeys.find(key => contains(this.placed.get(key) ?? { x: 0, y: 0, w: 0, h: 0 }, x, y));
      return pod ? { pod } : undefined;
    }

    for (const [name, rect] of this.rects) {
      if (contains(rect, x, y)) {
        const pod = this.keysOf.get(name)?.find(key => contains(this.placed.get(key) ?? { x: 0, y: 0, w: 0, h: 0 }, x, y));
        return pod ? { node: name, pod } : { node: name };
      }
    }

    return undefined;
  }

  private onPoint(event: PointerEvent | undefined): void {
    const bounds = this.element.getBoundingClientRect();
    const found = event ? this.at(event.clientX - bounds.left, event.clientY - bounds.top) : undefined;
    if (found?.node !== this.hovered?.node || found?.pod !== this.hovered?.pod) {
      this.hovered = found;
      this.selected(found ?? this.pinned, false);
      this.drawnVersion = -1;
      this.schedule();
    }
  }

  private onClick(event: MouseEvent): void {
    const bounds = this.element.getBoundingClientRect();
    this.pin(this.at(event.clientX - bounds.left, event.clientY - bounds.top));
  }

  private onKey(event: KeyboardEvent): void {
    const next = this.afterKey(event.key);
    if (next === null) {
      return;
    }

    event.preventDefault();
    this.pin(next);
    setText(this.words, next ? this.describe(next) : 'Nothing is chosen.');
  }

  /** What a key chooses; null leaves the key to the browser. */
  private afterKey(key: string): Selection | undefined | null {
    const { node, pod } = this.pinned ?? {};
    const pods = node === undefined ? this.trayKeys : this.keysOf.get(node) ?? [];
    if (key === 'Escape') {
      return pod === undefined ? this.pinned ? undefined : null : node === undefined ? undefined : { node };
    }

    if (key === 'Enter' && pod === undefined) {
      return pods[0] === undefined ? this.pinned ?? null : { ...(node ? { node } : {}), pod: pods[0] };
    }

    if (!key.startsWith('Arrow')) {
      return null;
    }

    if (pod !== undefined) {
      const by = key === 'ArrowRight' || key === 'ArrowDown' ? 1 : -1;
      const at = (pods.indexOf(pod) + by + pods.length) % pods.length;
      return { ...(node ? { node } : {}), pod: pods[at]! };
    }

    const found = neighbour(this.rects, node, key);
    return found === undefined ? this.pinned ?? null : { node: found };
  }

  private describe(selection: Selection): string {
    const pod = selection.pod ? this.model.pods.get(selection.pod) : undefined;
    const node: NodeView | undefined = selection.node ? this.model.nodes.get(selection.node) : undefined;
    return pod ? `Pod ${pod.name}, ${pod.status}` : node ? `Node ${node.name}, ${[this.troubles.get(node.name), node.isReady ? 'ready' : 'not ready'].filter(word => word).join(', ')}${node.isCordoned ? ', cordoned' : ''}, ${node.pods.size} pods` : '';
  }
}
