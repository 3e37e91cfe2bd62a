/** The parts of Kubernetes' objects that the page reads. */
export interface Meta {
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  ownerReferences?: { kind: string; name: string; controller?: boolean }[];
  annotations?: Record<string, string>;
}

export interface Condition { type: string; status: string; reason?: string; message?: string }

export interface Node {
  metadata: Meta;
  spec?: { unschedulable?: boolean; taints?: { key: string; effect: string }[] };
  status?: { capacity?: Record<string, string>; allocatable?: Record<string, string>; conditions?: Condition[] };
}

export interface ContainerState {
  waiting?: { reason?: string; message?: string };
  running?: object;
  terminated?: { reason?: string; exitCode?: number };
}

export interface ContainerStatus { name: string; ready?: boolean; restartCount?: number; state?: ContainerState; lastState?: ContainerState }

export interface Container { name: string; image?: string; resources?: { requests?: Record<string, string>; limits?: Record<string, string> } }

export interface Pod {
  metadata: Meta;
  spec?: { nodeName?: string; containers?: Container[]; initContainers?: Container[] };
  status?: { phase?: string; reason?: string; message?: string; conditions?: Condition[]; containerStatuses?: ContainerStatus[]; initContainerStatuses?: ContainerStatus[] };
}

export interface Event {
  metadata: Meta;
  type?: string;
  reason?: string;
  message?: string;
  count?: number;
  lastTimestamp?: string | null;
  eventTime?: string | null;
  series?: { count: number; lastObservedTime: string };
  involvedObject?: { kind?: string; name?: string; namespace?: string };
}

export interface List<T> { metadata?: { resourceVersion?: string; continue?: string }; items: T[] | null }
