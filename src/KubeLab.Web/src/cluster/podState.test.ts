import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { podState } from './podState.ts';
import type { Pod } from './kubernetes.ts';

const pod = (status: Pod['status'], more: Partial<Pod> = {}): Pod => ({ metadata: { name: 'p' }, spec: { nodeName: 'n' }, status, ...more });
const waits = (reason: string): Pod => pod({ phase: 'Pending', containerStatuses: [{ name: 'c', state: { waiting: { reason } } }] });

test('the words are those of kubectl', () => {
  const cases: [Pod, string, string][] = [
    [pod({ phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] }), 'running', 'Running'],
    [pod({ phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }] }), 'starting', 'Running, not ready'],
    [waits('ContainerCreating'), 'starting', 'ContainerCreating'],
    [waits('ImagePullBackOff'), 'failing', 'ImagePullBackOff'],
    [waits('CrashLoopBackOff'), 'failing', 'CrashLoopBackOff'],
    [pod({ phase: 'Pending' }, { spec: {} }), 'waiting', 'Pending'],
    [pod({ phase: 'Succeeded' }), 'succeeded', 'Completed'],
    [pod({ phase: 'Failed', reason: 'Evicted' }), 'failing', 'Evicted'],
    [pod({ phase: 'Running', containerStatuses: [{ name: 'c', state: { terminated: { reason: 'OOMKilled', exitCode: 137 } } }] }), 'failing', 'OOMKilled'],
  ];
  for (const [given, state, status] of cases) {
    assert.deepEqual(podState(given), { state, status });
  }
});

test('a pod on its way out is ending, whatever else it is', () => {
  assert.equal(podState(pod({ phase: 'Running' }, { metadata: { name: 'p', deletionTimestamp: '2026-01-01T00:00:00Z' } })).state, 'leaving');
});
