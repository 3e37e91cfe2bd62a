import { h, setText } from '../shell/dom.ts';
import { onLook } from '../shell/theme.ts';
import { Flights } from './flights.ts';
import { afterKey } from './mapKeys.ts';
import { MapPlaces, type MapSize } from './mapPlaces.ts';
import type { ClusterModel, NodeView, Resource } from './model.ts';
import { insideOf, paintCell, paintNode, paintPod, paintTray, usedShare } from './painter.ts';
import { readPalette, type Palette } from './palette.ts';
import type { Selection } from './selection.ts';

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
  private readonly places = new MapPlaces(this.flights);
  private width = 0;
  private height = 0;
  private fontSize = 11;
  private frame = 0;
  private isWhole = true;
  private drawnVersion = -1;
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
    this.places.clear();
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

  private get size(): MapSize {
    return { width: this.width, height: this.height, fontSize: this.fontSize, resource: this.resource };
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
      this.fontSize = Math.round(parseFloat(getComputedStyle(document.documentElement).fontSize) * .7);
      this.places.layout(model, this.size);
      this.base.getContext('2d')!.clearRect(0, 0, this.width, this.height);
    }

    if (this.isWhole || hasChanged || model.dirty.size > 0) {
      const { changed, isTrayChanged } = this.places.update(model, this.size, now, this.isWhole || this.calm.matches);
      changed.forEach(name => this.paint(name));
      if (isTrayChanged) {
        this.paintTray();
      }

      changed.forEach(name => model.faded.delete(name));

      setText(this.summary, `${model.nodes.size} nodes, ${model.pods.size} pods, ${model.unplaced.size} waiting for a node.`);
    }

    this.paintFaded();
    if (!this.flights.isEmpty || hasChanged || this.isWhole) {
      this.drawMoving(now);
    }

    this.drawnVersion = model.version;
    this.isWhole = false;
    this.frames.push(performance.now() - began);
    if (this.frames.length > 600) {
      this.frames.shift();
    }

    if (!this.flights.isEmpty || model.faded.size > 0) {
      this.schedule();
    }
  }

  /** What all pods use comes at once, and changes no place: a few nodes in each frame follow, so that none takes long. */
  private paintFaded(): void {
    const { faded } = this.model;
    if (this.places.detail === 'cells') {
      faded.clear();
      return;
    }

    let pods = 0;
    for (const name of faded) {
      faded.delete(name);
      this.paint(name);
      pods += this.model.nodes.get(name)?.pods.size ?? 0;
      if (pods >= 150) {
        return;
      }
    }
  }

  /** Paints one node with its pods that stand still. */
  private paint(name: string): void {
    const node = this.model.nodes.get(name);
    const rect = this.places.nodes.get(name);
    if (!node || !rect) {
      return;
    }

    const ctx = this.base.getContext('2d')!;
    ctx.clearRect(rect.x - 1, rect.y - 1, rect.w + 2, rect.h + 2);
    const price = this.prices[name];
    paintNode(ctx, node, rect, { price: price === undefined ? '' : `$${price.toFixed(3)}/h`, isLeader: this.leader === name, trouble: this.troubles.get(name), fontSize: this.fontSize }, this.palette);
    if (this.places.detail === 'cells') {
      paintCell(ctx, node, insideOf(rect, this.fontSize), this.resource, this.palette);
      return;
    }

    for (const pod of node.pods) {
      const place = this.places.ofPod(pod.key);
      if (place && !this.flights.isFlying(pod.key)) {
        paintPod(ctx, pod, place, usedShare(this.model, pod, this.resource), this.palette);
      }
    }
  }

  private paintTray(): void {
    const ctx = this.base.getContext('2d')!;
    paintTray(ctx, this.places.tray, this.model.unplaced.size, this.fontSize, this.palette);
    for (const key of this.places.waiting) {
      const pod = this.model.pods.get(key);
      const place = this.places.ofPod(key);
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
    const rect = selection && this.places.of(selection);
    if (rect) {
      ctx.strokeStyle = this.palette.ink;
      ctx.lineWidth = width;
      ctx.strokeRect(rect.x - 1, rect.y - 1, rect.w + 2, rect.h + 2);
    }
  }

  private onPoint(event: PointerEvent | undefined): void {
    const bounds = this.element.getBoundingClientRect();
    const found = event ? this.places.at(event.clientX - bounds.left, event.clientY - bounds.top) : undefined;
    if (found?.node !== this.hovered?.node || found?.pod !== this.hovered?.pod) {
      this.hovered = found;
      this.selected(found ?? this.pinned, false);
      this.drawnVersion = -1;
      this.schedule();
    }
  }

  private onClick(event: MouseEvent): void {
    const bounds = this.element.getBoundingClientRect();
    this.pin(this.places.at(event.clientX - bounds.left, event.clientY - bounds.top));
  }

  private onKey(event: KeyboardEvent): void {
    const next = afterKey(event.key, this.pinned, this.places);
    if (next === null) {
      return;
    }

    event.preventDefault();
    this.pin(next);
    setText(this.words, next ? this.describe(next) : 'Nothing is chosen.');
  }

  private describe(selection: Selection): string {
    const pod = selection.pod ? this.model.pods.get(selection.pod) : undefined;
    const node: NodeView | undefined = selection.node ? this.model.nodes.get(selection.node) : undefined;
    return pod ? `Pod ${pod.name}, ${pod.status}` : node ? `Node ${node.name}, ${[this.troubles.get(node.name), node.isReady ? 'ready' : 'not ready'].filter(word => word).join(', ')}${node.isCordoned ? ', cordoned' : ''}, ${node.pods.size} pods` : '';
  }
}
