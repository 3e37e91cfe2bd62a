import { announce } from '../shell/announcer.ts';
import type { ClusterApi } from './clusterApi.ts';
import type { LabApi } from './labApi.ts';
import type { ClusterModel } from './model.ts';

/** Breaks things and mends them. Cordon and drain go through the Kubernetes API as kubectl does; the rest only a simulated cluster can. */
export class ClusterActions {
  constructor(private readonly api: ClusterApi, private readonly lab: LabApi, private readonly done: () => void) {
  }

  kill(node: string): void {
    this.tell(this.lab.act('kill', node), `${node} is dead: its power is off.`);
  }

  restore(node: string): void {
    this.tell(this.lab.act('restore', node), `${node} has its power back.`);
  }

  partition(node: string): void {
    this.tell(this.lab.act('partition', node), `${node} is cut off from the network.`);
  }

  heal(node: string): void {
    this.tell(this.lab.act('heal', node), `${node} is connected again.`);
  }

  cordon(node: string, isCordoned: boolean): Promise<void> {
    return this.tell(this.api.patch(`api/v1/nodes/${encodeURIComponent(node)}`, { spec: { unschedulable: isCordoned ? true : null } }), isCordoned ? `${node} takes no new pods.` : `${node} takes pods again.`);
  }

  /** Cordons, then evicts all pods but those that belong to the node itself. A budget may refuse an eviction; that is said, and not forced. */
  async drain(node: string, model: ClusterModel): Promise<void> {
    await this.cordon(node, true);
    const pods = [...model.nodes.get(node)?.pods ?? []].filter(pod => !/^(DaemonSet|Node) /.test(pod.owner ?? ''));
    let refused = 0;
    for (const pod of pods) {
      await this.api.post(`api/v1/namespaces/${encodeURIComponent(pod.namespace)}/pods/${encodeURIComponent(pod.name)}/eviction`,
        { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: pod.name, namespace: pod.namespace } }).catch(() => { refused++; });
    }

    announce(refused > 0 ? `${pods.length - refused} pods leave ${node}; ${refused} evictions were refused, for example by a disruption budget.` : `${pods.length} pods leave ${node}.`);
    this.done();
  }

  private async tell(asked: Promise<unknown>, words: string): Promise<void> {
    try {
      await asked;
      announce(words);
    } catch (error) {
      announce(`That did not work: ${(error as Error).message}`);
    }

    this.done();
  }
}
