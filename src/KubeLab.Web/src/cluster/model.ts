import type { Event, Node, Pod } from './kubernetes.ts';
import { podState, withoutKubelet, type PodReport, type PodState } from './podState.ts';
import { quantity } from './quantity.ts';

/** What boxes are measured by. */
export type Resource = 'cpu' | 'memory';

/** An amount of both: cores and bytes. */
export type Amounts = Record<Resource, number>;

/** A node as it is drawn. */
export interface NodeView {
  readonly name: string;
  readonly isMaster: boolean;
  readonly isReady: boolean;
  readonly isCordoned: boolean;
  readonly capacity: Amounts;
  readonly allocatable: Amounts;
  readonly pods: Set<PodView>;
}

/** A pod as it is drawn. */
export interface PodView {
  readonly key: string;
  readonly name: string;
  readonly namespace: string;
  readonly node: string | undefined;
  readonly state: PodState;
  readonly status: string;
  /** What its kubelet said last; the same as state and status unless its node is silent. */
  readonly reported: PodReport;
  /** It has ended, well or badly, and will not run again. */
  readonly isOver: boolean;
  readonly requested: Amounts;
  readonly restarts: number;
  readonly created: string;
  readonly owner: string | undefined;
  /** Why it waits, in the scheduler's words. */
  readonly reason: string | undefined;
}

/** An event as the list shows it. */
export interface EventView {
  readonly key: string;
  readonly at: string;
  readonly isWarning: boolean;
  readonly reason: string;
  readonly message: string;
  readonly about: string;
  readonly count: number;
}

/** A cluster as the page sees it, kept up to date by watches. It remembers what changed, so that only that is drawn again. */
export class ClusterModel {
  readonly nodes = new Map<string, NodeView>();
  readonly pods = new Map<string, PodView>();
  readonly events = new Map<string, EventView>();
  /** CPU and memory in use, by namespace and name. */
  readonly usage = new Map<string, Amounts>();
  /** Nodes whose content changed since they were drawn last. */
  readonly dirty = new Set<string>();
  /** Nodes whose pods stand where they stood and use something else; they may be drawn again a few at a time. */
  readonly faded = new Set<string>();
  /** Nodes came, went, or changed their size. */
  isReshaped = true;
  /** Grows with every change. */
  version = 0;
  private readonly homeless = new Map<string, Set<PodView>>();

  /** Pods without a node. */
  readonly unplaced = new Set<PodView>();

  putNode(node: Node): void {
    const name = node.metadata.name;
    const known = this.nodes.get(name);
    const view = toNode(node, known?.pods ?? this.homeless.get(name) ?? new Set());
    this.homeless.delete(name);
    this.nodes.set(name, view);
    if (known?.isReady !== view.isReady) {
      this.judge(view.pods);
    }

    this.isReshaped ||= !known || known.isMaster !== view.isMaster || known.capacity.cpu !== view.capacity.cpu || known.capacity.memory !== view.capacity.memory;
    this.touch(name);
  }

  removeNode(name: string): void {
    const known = this.nodes.get(name);
    if (known) {
      this.nodes.delete(name);
      if (known.pods.size > 0) {
        this.homeless.set(name, known.pods);
        this.judge(known.pods);
      }

      this.isReshaped = true;
      this.touch(name);
    }
  }

  putPod(pod: Pod): void {
    const view = this.judged(toPod(pod));
    this.unhouse(view.key);
    this.pods.set(view.key, view);
    if (view.node === undefined) {
      this.unplaced.add(view);
    } else {
      this.house(view.node).add(view);
    }

    this.touch(view.node);
  }

  removePod(key: string): void {
    if (this.pods.has(key)) {
      this.unhouse(key);
      this.pods.delete(key);
    }
  }

  putEvent(event: Event): void {
    const view = toEvent(event);
    // A repeated event moves to the end, so that the newest are last.
    this.events.delete(view.key);
    this.events.set(view.key, view);
    if (this.events.size > 400) {
      this.events.delete(this.events.keys().next().value!);
    }

    this.version++;
  }

  setUsage(items: readonly { metadata: { name: string; namespace?: string }; containers?: { usage?: Record<string, string> }[] }[]): void {
    this.usage.clear();
    for (const item of items) {
      const usage = { cpu: 0, memory: 0 };
      for (const container of item.containers ?? []) {
        usage.cpu += quantity(container.usage?.['cpu']);
        usage.memory += quantity(container.usage?.['memory']);
      }

      this.usage.set(`${item.metadata.namespace ?? ''}/${item.metadata.name}`, usage);
    }

    this.nodes.forEach((_, name) => this.faded.add(name));
    this.version++;
  }

  usageOf(pod: PodView): Amounts | undefined {
    return this.usage.get(`${pod.namespace}/${pod.name}`);
  }

  /** What the pods on a node ask for together. */
  requestedOn(node: NodeView): Amounts {
    const sum = { cpu: 0, memory: 0 };
    for (const pod of node.pods) {
      if (pod.state !== 'succeeded') {
        sum.cpu += pod.requested.cpu;
        sum.memory += pod.requested.memory;
      }
    }

    return sum;
  }

  /** Judges pods anew whose node has fallen silent, has gone, or is back. */
  private judge(pods: Set<PodView>): void {
    for (const pod of [...pods]) {
      const judged = this.judged(pod);
      pods.delete(pod);
      pods.add(judged);
      this.pods.set(judged.key, judged);
    }
  }

  private judged(pod: PodView): PodView {
    const isHeard = pod.node === undefined || this.nodes.get(pod.node)?.isReady === true;
    return { ...pod, ...isHeard ? pod.reported : withoutKubelet(pod.reported, pod.isOver) };
  }

  private house(node: string): Set<PodView> {
    const view = this.nodes.get(node);
    if (view) {
      return view.pods;
    }

    // Watches of pods and nodes race: a pod may be known before its node.
    let pods = this.homeless.get(node);
    if (!pods) {
      this.homeless.set(node, pods = new Set());
    }

    return pods;
  }

  private unhouse(key: string): void {
    const known = this.pods.get(key);
    if (known?.node === undefined) {
      if (known) {
        this.unplaced.delete(known);
        this.version++;
      }
    } else {
      this.house(known.node).delete(known);
      this.touch(known.node);
    }
  }

  private touch(node: string | undefined): void {
    this.version++;
    if (node !== undefined) {
      this.dirty.add(node);
    }
  }
}

/** The key of an object in the model. */
export function keyOf(object: { metadata: { uid?: string; namespace?: string; name: string } }): string {
  return object.metadata.uid ?? `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}

function toNode(node: Node, pods: Set<PodView>): NodeView {
  const labels = node.metadata.labels ?? {};
  const { capacity = {}, allocatable = capacity, conditions = [] } = node.status ?? {};
  return {
    name: node.metadata.name, pods,
    isMaster: 'node-role.kubernetes.io/control-plane' in labels || 'node-role.kubernetes.io/master' in labels,
    isReady: conditions.some(condition => condition.type === 'Ready' && condition.status === 'True'),
    isCordoned: node.spec?.unschedulable === true,
    capacity: { cpu: quantity(capacity['cpu']), memory: quantity(capacity['memory']) },
    allocatable: { cpu: quantity(allocatable['cpu']), memory: quantity(allocatable['memory']) },
  };
}

function toPod(pod: Pod): PodView {
  const requested = { cpu: 0, memory: 0 };
  for (const container of pod.spec?.containers ?? []) {
    requested.cpu += quantity(container.resources?.requests?.['cpu']);
    requested.memory += quantity(container.resources?.requests?.['memory']);
  }

  for (const container of pod.spec?.initContainers ?? []) {
    requested.cpu = Math.max(requested.cpu, quantity(container.resources?.requests?.['cpu']));
    requested.memory = Math.max(requested.memory, quantity(container.resources?.requests?.['memory']));
  }

  const reported = podState(pod);
  const owner = pod.metadata.ownerReferences?.find(reference => reference.controller);
  return {
    key: keyOf(pod), name: pod.metadata.name, namespace: pod.metadata.namespace ?? '', node: pod.spec?.nodeName || undefined, requested,
    ...reported, reported, isOver: pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed',
    restarts: (pod.status?.containerStatuses ?? []).reduce((sum, container) => sum + (container.restartCount ?? 0), 0),
    created: pod.metadata.creationTimestamp ?? '', owner: owner ? `${owner.kind} ${owner.name}` : undefined,
    reason: pod.status?.conditions?.find(condition => condition.type === 'PodScheduled' && condition.status === 'False')?.message ?? pod.status?.message,
  };
}

function toEvent(event: Event): EventView {
  const about = event.involvedObject;
  return {
    key: keyOf(event), at: event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp ?? '',
    isWarning: event.type === 'Warning', reason: event.reason ?? '', message: event.message ?? '', count: event.series?.count ?? event.count ?? 1,
    about: `${(about?.kind ?? '').toLowerCase()}/${about?.name ?? ''}`,
  };
}
