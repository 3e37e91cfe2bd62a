import type { ContainerStatus, Pod } from './kubernetes.ts';

/** What a pod's colour, mark and place in the legend say. */
export type PodState = 'running' | 'starting' | 'waiting' | 'failing' | 'unknown' | 'succeeded' | 'leaving';

/** The states in the order of the legend. */
export const podStates: readonly PodState[] = ['running', 'starting', 'waiting', 'failing', 'unknown', 'succeeded', 'leaving'];

/** The legend's words. */
export const stateWords: Record<PodState, string> = {
  running: 'running', starting: 'starting', waiting: 'waits for a node', failing: 'failing', unknown: 'unknown: node not ready', succeeded: 'completed', leaving: 'ending',
};

/** The state of a pod, and kubectl's word for it. */
export interface PodReport { readonly state: PodState; readonly status: string }

/** What the API says of a pod, in the last words of its kubelet. */
export function podState(pod: Pod): PodReport {
  const status = pod.status ?? {};
  const containers = [...status.initContainerStatuses ?? [], ...status.containerStatuses ?? []];
  if (pod.metadata.deletionTimestamp) {
    return { state: 'leaving', status: 'Terminating' };
  }

  if (status.phase === 'Succeeded') {
    return { state: 'succeeded', status: 'Completed' };
  }

  if (status.phase === 'Failed') {
    return { state: 'failing', status: status.reason ?? ended(containers) ?? 'Error' };
  }

  const waiting = containers.map(container => container.state?.waiting?.reason).find(reason => reason !== undefined && isTrouble(reason));
  if (waiting) {
    return { state: 'failing', status: waiting };
  }

  const broken = ended(containers);
  if (broken) {
    return { state: 'failing', status: broken };
  }

  if (!pod.spec?.nodeName) {
    return { state: 'waiting', status: 'Pending' };
  }

  if (status.phase === 'Running') {
    const isReady = status.conditions?.some(condition => condition.type === 'Ready' && condition.status === 'True');
    return isReady ? { state: 'running', status: 'Running' } : { state: 'starting', status: 'Running, not ready' };
  }

  return { state: 'starting', status: containers.find(container => container.state?.waiting?.reason)?.state?.waiting?.reason ?? 'Pending' };
}

/**
 * What can be said of a pod while its node is silent: nobody knows whether its containers run, so it is neither running nor starting. What has ended stays ended, and what is asked to end stays so.
 * @param isOver Whether the pod's phase is a last one.
 */
export function withoutKubelet(last: PodReport, isOver: boolean): PodReport {
  return isOver || last.state === 'leaving' ? last : { state: 'unknown', status: `unknown: node not ready (last heard of: ${last.status})` };
}

/** Reasons to wait that are no part of an ordinary start. */
function isTrouble(reason: string): boolean {
  return reason !== 'ContainerCreating' && reason !== 'PodInitializing';
}

/** The reason of a container that ended badly. */
function ended(containers: readonly ContainerStatus[]): string | undefined {
  const bad = containers.find(container => container.state?.terminated && container.state.terminated.exitCode !== 0);
  return bad ? bad.state?.terminated?.reason ?? 'Error' : undefined;
}
