import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { ClusterModel } from './model.ts';
import type { Node, Pod } from './kubernetes.ts';

const node = (name: string, cpu = '4'): Node => ({ metadata: { name, uid: name }, status: { capacity: { cpu, memory: '8Gi' }, conditions: [{ type: 'Ready', status: 'True' }] } });
const pod = (name: string, on?: string, cpu = '500m'): Pod => ({
  metadata: { name, uid: name, namespace: 'default' }, spec: { ...(on ? { nodeName: on } : {}), containers: [{ name: 'c', resources: { requests: { cpu } } }] }, status: { phase: 'Running' },
});

test('a pod that is known before its node finds its place when the node comes', () => {
  const model = new ClusterModel();
  model.putPod(pod('a', 'n1'));
  model.putNode(node('n1'));
  assert.deepEqual([...model.nodes.get('n1')!.pods].map(p => p.name), ['a']);
});

test('a pod that is scheduled leaves the tray for its node', () => {
  const model = new ClusterModel();
  model.putNode(node('n1'));
  model.putPod(pod('a'));
  assert.equal(model.unplaced.size, 1);
  model.putPod(pod('a', 'n1'));
  assert.equal(model.unplaced.size, 0);
  assert.equal(model.requestedOn(model.nodes.get('n1')!).cpu, .5);
  model.removePod('a');
  assert.equal(model.nodes.get('n1')!.pods.size, 0);
});

test('only what changed is marked, and a new size reshapes all', () => {
  const model = new ClusterModel();
  model.putNode(node('n1'));
  model.putNode(node('n2'));
  model.dirty.clear();
  model.isReshaped = false;
  model.putPod(pod('a', 'n2'));
  assert.deepEqual([...model.dirty], ['n2']);
  assert.equal(model.isReshaped, false);
  model.putNode(node('n1', '8'));
  assert.equal(model.isReshaped, true);
});

test('of a pod whose node is silent or gone nobody knows whether it runs; when the node is back it is what it was', () => {
  const model = new ClusterModel();
  const silent = (status: string): Node => ({ ...node('n1'), status: { ...node('n1').status, conditions: [{ type: 'Ready', status }] } });
  const states = (): string[] => [...model.pods.values()].map(p => p.state).sort();
  model.putNode(node('n1'));
  model.putNode(node('n2'));
  model.putPod({ ...pod('a', 'n1'), status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] } });
  model.putPod({ ...pod('done', 'n1'), status: { phase: 'Succeeded' } });
  model.putPod({ ...pod('b', 'n2'), status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] } });
  model.putNode(silent('Unknown'));
  assert.deepEqual(states(), ['running', 'succeeded', 'unknown']);
  assert.match([...model.nodes.get('n1')!.pods].find(p => p.name === 'a')!.status, /unknown: node not ready/);
  // The node's controller marks such pods as not ready: that says nothing more of them.
  model.putPod({ ...pod('a', 'n1'), status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }] } });
  assert.deepEqual(states(), ['running', 'succeeded', 'unknown']);
  model.putNode(silent('True'));
  assert.deepEqual(states(), ['running', 'starting', 'succeeded']);
  model.removeNode('n2');
  assert.deepEqual(states(), ['starting', 'succeeded', 'unknown']);
});

test('use of resources is summed over the containers', () => {
  const model = new ClusterModel();
  model.putPod(pod('a', 'n1'));
  model.setUsage([{ metadata: { name: 'a', namespace: 'default' }, containers: [{ usage: { cpu: '100m', memory: '10Mi' } }, { usage: { cpu: '50m' } }] }]);
  assert.equal(Math.round(model.usageOf(model.pods.get('a')!)!.cpu * 1000), 150);
});

test('news of use places nothing anew', () => {
  const model = new ClusterModel();
  model.putNode(node('n1'));
  model.putPod(pod('a', 'n1'));
  model.dirty.clear();
  model.setUsage([{ metadata: { name: 'a', namespace: 'default' }, containers: [{ usage: { cpu: '100m' } }] }]);
  assert.deepEqual([[...model.dirty], [...model.faded]], [[], ['n1']]);
});
