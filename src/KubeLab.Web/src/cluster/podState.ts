import type { ContainerStatus, Pod } from './kubernetes.ts';

/** What a pod's colour, mark and place in the legend say. */
export type PodState = 'running' | 'starting' | 'waiting' | 'failing' | 'succeeded' | 'leaving';

/** The states in the order of the legend. */
export const podStates: readonly PodState[] = ['running', 'starting', 'waiting', 'failing', 'succeeded', 'leaving'];

/** The legend's words. */
export const stateWords: Record<PodState, string> = {
  running: 'running', starting: 'starting', waiting: 'waits for a node', failing: 'failing', succeeded: 'completed', leaving: 'ending',
};

/** The state of a pod, and kubectl's word for it. */
export function podState(pod: Pod): { state: PodState; status: string } {
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

/** Reasons to wait that are no part of an ordinary start. */
function isTrouble(reason: string): boolean {
  return reason !== 'ContainerCreating' && reason !== 'PodInitializing';
}

/** The reason of a container that ended badly. */
function ended(containers: readonly ContainerStatus[]): string | undefined {
  const bad = containers.find(container => container.state?.terminated && container.state.terminated.exitCode !== 0);
  return bad ? bad.state?.terminated?.reason ?? 'Error' : undefined;
}
