import type { Flights } from './flights.ts';
import { detailFor, type Detail } from './levelOfDetail.ts';
import type { ClusterModel, PodView, Resource } from './model.ts';
import { layoutNodes } from './nodeLayout.ts';
import { insideOf } from './painter.ts';
import { layoutPods } from './podLayout.ts';
import { contains, type Rect } from './rect.ts';
import type { Selection } from './selection.ts';

const gap = 5;

/** What a map's places depend on besides its cluster. */
export interface MapSize { readonly width: number; readonly height: number; readonly fontSize: number; readonly resource: Resource }

/** Where everything stands on the map: nodes, the pods inside them, and the strip below in which pods wait. Pods that change their place fly there. */
export class MapPlaces {
  readonly nodes = new Map<string, Rect>();
  tray: Rect = { x: 0, y: 0, w: 0, h: 0 };
  /** The pods that are shown in the tray. */
  waiting: string[] = [];
  detail: Detail = 'pods';
  private readonly pods = new Map<string, Rect>();
  private readonly podsOf = new Map<string, string[]>();
  /** Pods as they were seen last, so that they can fade after they are gone. */
  private readonly lastSeen = new Map<string, PodView>();
  private waitingVersion = '';

  constructor(private readonly flights: Flights) {
  }

  /** Another cluster is shown: nothing flies from one to the other. */
  clear(): void {
    this.flights.clear();
    this.pods.clear();
    this.podsOf.clear();
  }

  ofPod(key: string): Rect | undefined {
    return this.pods.get(key);
  }

  /** The pods of a node, or those that wait, in the order in which keys go through them. */
  keysOf(node: string | undefined): readonly string[] {
    return node === undefined ? this.waiting : this.podsOf.get(node) ?? [];
  }

  of(selection: Selection): Rect | undefined {
    return selection.pod !== undefined ? this.pods.get(selection.pod) : selection.node !== undefined ? this.nodes.get(selection.node) : undefined;
  }

  /** What lies under a point. */
  at(x: number, y: number): Selection | undefined {
    const isUnder = (key: string): boolean => contains(this.pods.get(key) ?? { x: 0, y: 0, w: 0, h: 0 }, x, y);
    if (contains(this.tray, x, y)) {
      const pod = this.waiting.find(isUnder);
      return pod ? { pod } : undefined;
    }

    for (const [name, rect] of this.nodes) {
      if (contains(rect, x, y)) {
        const pod = this.podsOf.get(name)?.find(isUnder);
        return pod ? { node: name, pod } : { node: name };
      }
    }

    return undefined;
  }

  /** Finds the places of nodes and tray. */
  layout(model: ClusterModel, { width, height, fontSize, resource }: MapSize): void {
    const detail = detailFor(model.nodes.size, model.pods.size);
    if (detail !== this.detail) {
      this.detail = detail;
      this.pods.clear();
      this.flights.clear();
    }

    const trayHeight = Math.max(34, Math.min(height * .2, fontSize * 4.4));
    this.tray = { x: 0, y: height - trayHeight, w: width, h: trayHeight };
    const boxes = [...model.nodes.values()].map(node => ({ name: node.name, weight: node.capacity[resource], isMaster: node.isMaster }));
    this.nodes.clear();
    layoutNodes(boxes, width - 2, height - trayHeight - gap, this.detail === 'cells' ? 2 : gap).forEach((rect, name) => this.nodes.set(name, rect));
    model.isReshaped = false;
    model.nodes.forEach((_, name) => model.dirty.add(name));
    this.waitingVersion = '';
  }

  /**
   * Places the pods of what changed, and lets them fly.
   * @param isCalm Whether nothing shall move: all of the map is new, or the reader wants it so.
   * @returns The nodes that must be painted anew, and whether the tray must.
   */
  update(model: ClusterModel, size: MapSize, now: number, isCalm: boolean): { changed: readonly string[]; isTrayChanged: boolean } {
    const isStill = isCalm || this.detail === 'cells';
    const changed = [...model.dirty];
    model.dirty.clear();
    const gone: string[] = [];
    let fresh = 0;
    for (const name of changed) {
      const node = model.nodes.get(name);
      const rect = this.nodes.get(name);
      const before = this.podsOf.get(name) ?? [];
      if (!node || !rect || this.detail === 'cells') {
        gone.push(...before);
        this.podsOf.delete(name);
        continue;
      }

      const allocatable = Math.max(node.allocatable[size.resource], 1e-9);
      const places = layoutPods([...node.pods].map(pod => ({ key: pod.key, share: pod.requested[size.resource] / allocatable })), insideOf(rect, size.fontSize), 7);
      for (const [key, place] of places) {
        fresh += this.move(model.pods.get(key), place, name, now, isStill || fresh > 300);
      }

      gone.push(...before.filter(key => !places.has(key)));
      this.podsOf.set(name, [...places.keys()]);
    }

    const isTrayChanged = this.updateTray(model, size, now, isStill, gone);
    for (const key of gone) {
      const rect = this.pods.get(key);
      if (rect && !model.pods.has(key)) {
        this.pods.delete(key);
        const last = this.lastSeen.get(key);
        if (last && !isStill) {
          this.flights.fade(last, rect, now);
        }

        this.lastSeen.delete(key);
      }
    }

    return { changed, isTrayChanged };
  }

  /** Sends a pod to its place. Returns 1 when it flies. */
  private move(pod: PodView | undefined, to: Rect, node: string | undefined, now: number, isStill: boolean): number {
    if (!pod) {
      return 0;
    }

    const from = this.pods.get(pod.key);
    this.pods.set(pod.key, to);
    this.lastSeen.set(pod.key, pod);
    if (isStill || (from && Math.abs(from.x - to.x) + Math.abs(from.y - to.y) + Math.abs(from.w - to.w) < 1)) {
      return 0;
    }

    const start = from ?? { x: to.x + to.w / 2, y: this.tray.y, w: 2, h: 2 };
    return this.flights.start(pod, start, to, node, now) ? 1 : 0;
  }

  private updateTray(model: ClusterModel, { width, fontSize }: MapSize, now: number, isStill: boolean, gone: string[]): boolean {
    const unplaced = [...model.unplaced];
    const version = unplaced.map(pod => pod.key + pod.status).join();
    if (version === this.waitingVersion) {
      return false;
    }

    this.waitingVersion = version;
    const before = this.waiting;
    const top = this.tray.y + fontSize + 10;
    const side = Math.max(6, Math.min(18, this.tray.y + this.tray.h - top - 3));
    const perRow = Math.floor(width / (side + 2));
    this.waiting = [];
    unplaced.slice(0, perRow * Math.max(1, Math.floor((this.tray.y + this.tray.h - top) / side))).forEach((pod, i) => {
      this.move(pod, { x: 2 + i % perRow * (side + 2), y: top + Math.floor(i / perRow) * (side + 1), w: side, h: side }, undefined, now, isStill);
      this.waiting.push(pod.key);
    });
    const kept = new Set(this.waiting);
    gone.push(...before.filter(key => !kept.has(key)));
    return true;
  }
}
