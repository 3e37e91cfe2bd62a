import type { ClusterApi } from './clusterApi.ts';
import type { Event, Node, Pod } from './kubernetes.ts';
import { keyOf, type ClusterModel } from './model.ts';

interface PodMetricsList { items: { metadata: { name: string; namespace?: string }; containers?: { usage?: Record<string, string> }[] }[] }

/** Keeps a model up to date by watches of nodes, pods and events, and by asking for what pods use. */
export function watchCluster(api: ClusterApi, model: ClusterModel, connected: (isConnected: boolean) => void): () => void {
  const end = new AbortController();
  const { signal } = end;
  void api.watch<Node>('api/v1/nodes', {
    listed: items => {
      const names = new Set(items.map(item => item.metadata.name));
      [...model.nodes.keys()].filter(name => !names.has(name)).forEach(name => model.removeNode(name));
      items.forEach(item => model.putNode(item));
    },
    changed: (type, item) => type === 'DELETED' ? model.removeNode(item.metadata.name) : model.putNode(item),
    connected,
  }, signal);
  void api.watch<Pod>('api/v1/pods', {
    listed: items => {
      const keys = new Set(items.map(keyOf));
      [...model.pods.keys()].filter(key => !keys.has(key)).forEach(key => model.removePod(key));
      items.forEach(item => model.putPod(item));
    },
    changed: (type, item) => type === 'DELETED' ? model.removePod(keyOf(item)) : model.putPod(item),
    connected: () => undefined,
  }, signal);
  void api.watch<Event>('api/v1/events', {
    listed: items => items.slice(-400).forEach(item => model.putEvent(item)),
    // Events that expire stay in the list: the learner may still read them.
    changed: (type, item) => { if (type !== 'DELETED') { model.putEvent(item); } },
    connected: () => undefined,
  }, signal);
  void poll(5000, signal, async () => {
    model.setUsage((await api.get<PodMetricsList>('apis/metrics.k8s.io/v1beta1/pods', signal)).items ?? []);
    // Of very many pods the map shows no use, and reading it takes a while: it is asked for as rarely as most clusters measure it.
    await new Promise(resolve => setTimeout(resolve, model.pods.size > 5000 ? 25_000 : 0));
  });
  return () => end.abort();
}

/** Asks again and again, never twice at once. What fails is asked for more rarely: a cluster may have no metrics. */
export async function poll(milliseconds: number, signal: AbortSignal, ask: () => Promise<void>): Promise<void> {
  let pause = milliseconds;
  while (!signal.aborted) {
    try {
      await ask();
      pause = milliseconds;
    } catch {
      pause = Math.min(pause * 2, 30_000);
    }

    await new Promise(resolve => setTimeout(resolve, pause));
  }
}
