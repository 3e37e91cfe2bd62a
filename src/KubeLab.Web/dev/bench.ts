// Measures the live view: a made-up cluster whose pods come and go, watched through the model as a real one is. `node dev/bench.mjs` runs it and prints the figures.
import '../src/styles/base.css';
import '../src/styles/cluster.css';
import { MapView } from '../src/cluster/mapView.ts';
import { ClusterModel } from '../src/cluster/model.ts';
import type { Node, Pod } from '../src/cluster/kubernetes.ts';

interface Figures { nodes: number; pods: number; changesPerSecond: number; frames: number; seconds: number; perSecond: number; paintMedian: number; paintP95: number; paintMost: number }

let seed = 11;
const random = (): number => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;

function node(i: number): Node {
  return { metadata: { name: `n-${i}`, uid: `n-${i}`, labels: i < 3 ? { 'node-role.kubernetes.io/control-plane': '' } : {} },
    status: { capacity: { cpu: String(4 * (1 + i % 3)), memory: '32Gi' }, allocatable: { cpu: String(4 * (1 + i % 3)), memory: '30Gi' }, conditions: [{ type: 'Ready', status: 'True' }] } };
}

function pod(i: number, nodes: number): Pod {
  return { metadata: { name: `p-${i}`, uid: `p-${i}`, namespace: 'default' },
    spec: { ...(random() < .97 ? { nodeName: `n-${3 + Math.floor(random() * (nodes - 3))}` } : {}), containers: [{ name: 'c', resources: { requests: { cpu: `${50 + Math.floor(random() * 200)}m`, memory: '128Mi' } } }] },
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] } };
}

async function measure(nodes: number, pods: number, changesPerSecond: number, seconds: number): Promise<Figures> {
  const model = new ClusterModel();
  const map = new MapView(model);
  map.element.style.cssText = 'position:absolute;inset:0;width:1280px;height:680px';
  document.body.replaceChildren(map.element);
  for (let i = 0; i < nodes; i++) {
    model.putNode(node(i));
  }

  for (let i = 0; i < pods; i++) {
    model.putPod(pod(i, nodes));
  }

  model.setUsage([...model.pods.values()].map(view => ({ metadata: { name: view.name, namespace: view.namespace }, containers: [{ usage: { cpu: `${Math.floor(view.requested.cpu * 1000 * random())}m`, memory: '50Mi' } }] })));
  map.schedule();
  await new Promise(resolve => setTimeout(resolve, 500));
  map.frames.length = 0;
  let next = pods;
  let oldest = 0;
  const step = Math.round(changesPerSecond / 20);
  const timer = setInterval(() => {
    for (let i = 0; i < step; i++) {
      model.removePod(`p-${oldest++}`);
      model.putPod(pod(next++, nodes));
    }
  }, 50);
  let frames = 0;
  const from = performance.now();
  const paints: number[] = [];
  await new Promise<void>(resolve => {
    const frame = (): void => {
      frames++;
      map.schedule();
      paints.push(...map.frames.splice(0));
      if (performance.now() - from < seconds * 1000) {
        requestAnimationFrame(frame);
      } else {
        resolve();
      }
    };
    requestAnimationFrame(frame);
  });
  clearInterval(timer);
  const spent = (performance.now() - from) / 1000;
  map.close();
  paints.sort((a, b) => a - b);
  const at = (share: number): number => Math.round((paints[Math.floor((paints.length - 1) * share)] ?? 0) * 100) / 100;
  return { nodes, pods, changesPerSecond, frames, seconds: Math.round(spent * 10) / 10, perSecond: Math.round(frames / spent * 10) / 10, paintMedian: at(.5), paintP95: at(.95), paintMost: at(1) };
}

Object.assign(globalThis, { measure });
