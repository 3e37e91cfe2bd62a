// A made-up cluster behind the Kubernetes paths that the page reads: lists, watches, metrics, and the lab's own paths. For development and frame rates only.
const cpuSizes = [2000, 4000, 4000, 8000, 16000];
const phases = ['Running', 'Running', 'Running', 'Running', 'Running', 'Running', 'Running', 'Succeeded', 'Pending'];

export class FakeCluster {
  constructor({ nodes, pods, churn = 2, masters = 1 }) {
    this.version = 1000;
    this.seed = 7;
    this.watchers = new Set();
    this.objects = { nodes: new Map(), pods: new Map(), events: new Map() };
    this.clock = { now: '2026-01-01T08:00:00Z', speed: 60, paused: false, canPause: true, started: '2026-01-01T08:00:00Z' };
    this.serial = 0;
    this.down = new Set();
    for (let i = 1; i <= masters; i++) this.put('nodes', this.node(`master-${i}`, 2000, true), false);
    for (let i = 1; i <= nodes; i++) this.put('nodes', this.node(`worker-${i}`, cpuSizes[Math.floor(this.random() * cpuSizes.length)], false), false);
    for (let i = 0; i < pods; i++) this.put('pods', this.pod(), false);
    this.timer = churn > 0 ? setInterval(() => { for (let i = 0; i < churn; i++) this.change(); }, 500) : undefined;
    this.clockTimer = setInterval(() => { if (!this.clock.paused) this.clock.now = new Date(Date.parse(this.clock.now) + 500 * this.clock.speed).toISOString(); }, 500);
  }

  close() { clearInterval(this.timer); clearInterval(this.clockTimer); this.watchers.forEach(w => w.response.end()); }

  random() { this.seed = (this.seed * 1103515245 + 12345) % 2147483648; return this.seed / 2147483648; }

  node(name, cpu, master) {
    return { kind: 'Node', apiVersion: 'v1', metadata: { name, uid: name, labels: { 'kubernetes.io/hostname': name, ...(master ? { 'node-role.kubernetes.io/control-plane': '' } : {}) }, creationTimestamp: this.clock.now },
      spec: {}, status: { capacity: { cpu: `${cpu / 1000}`, memory: `${cpu * 4}Mi`, pods: '110' }, allocatable: { cpu: `${cpu - 100}m`, memory: `${cpu * 4 - 300}Mi`, pods: '110' }, conditions: [{ type: 'Ready', status: 'True' }], nodeInfo: {} } };
  }

  pod() {
    const name = `web-${++this.serial}`;
    const phase = phases[Math.floor(this.random() * phases.length)];
    const nodes = [...this.objects.nodes.keys()].filter(n => !n.startsWith('master-'));
    const node = phase === 'Pending' && this.random() < .6 ? undefined : nodes[Math.floor(this.random() * nodes.length)];
    const cpu = 50 + Math.floor(this.random() * 6) * 50;
    const running = phase === 'Running';
    return { kind: 'Pod', apiVersion: 'v1', metadata: { name, namespace: 'default', uid: `uid-${name}`, creationTimestamp: this.clock.now, labels: { app: 'web' } },
      spec: { ...(node ? { nodeName: node } : {}), containers: [{ name: 'app', image: 'nginx:1.27', resources: { requests: { cpu: `${cpu}m`, memory: `${cpu * 2}Mi` } } }] },
      status: { phase, conditions: [{ type: 'PodScheduled', status: node ? 'True' : 'False', ...(node ? {} : { reason: 'Unschedulable', message: '0/4 nodes are available: 4 Insufficient cpu.' }) }, { type: 'Ready', status: running ? 'True' : 'False' }],
        containerStatuses: node ? [{ name: 'app', ready: running, restartCount: this.random() < .05 ? 3 : 0, state: running ? { running: {} } : this.random() < .3 ? { waiting: { reason: 'CrashLoopBackOff' } } : { waiting: { reason: 'ContainerCreating' } } }] : [] } };
  }

  hasMajority() { const all = [...this.objects.nodes.keys()].filter(n => n.startsWith('master-')).length; return all - this.down.size > all / 2; }

  masters() {
    const names = [...this.objects.nodes.keys()].filter(n => n.startsWith('master-'));
    const [hasQuorum, first] = [this.hasMajority(), names.find(name => !this.down.has(name))];
    return names.map(name => {
      const isUp = !this.down.has(name);
      const [leader, word] = [hasQuorum && name === first, up => isUp ? up : 'down'];
      return { name, leader, term: isUp ? 3 : null, isUp, hasQuorum: isUp && hasQuorum,
        components: [{ name: 'etcd', state: word(!hasQuorum ? 'no quorum' : leader ? 'leads' : 'follows') }, { name: 'kube-apiserver', state: word('up') }, { name: 'kube-scheduler', state: word(leader ? 'leads' : 'waits') }] };
    });
  }

  put(kind, object, tell = true) {
    const key = object.metadata.uid ?? object.metadata.name;
    const type = this.objects[kind].has(key) ? 'MODIFIED' : 'ADDED';
    object.metadata.resourceVersion = String(++this.version);
    this.objects[kind].set(key, object);
    if (tell) this.tell(kind, type, object);
  }

  remove(kind, key) {
    const object = this.objects[kind].get(key);
    if (object) { this.objects[kind].delete(key); object.metadata.resourceVersion = String(++this.version); this.tell(kind, 'DELETED', object); }
  }

  tell(kind, type, object) { for (const w of this.watchers) if (w.kind === kind) w.response.write(`${JSON.stringify({ type, object })}\n`); }

  change() {
    const keys = [...this.objects.pods.keys()];
    const key = keys[Math.floor(this.random() * keys.length)];
    this.remove('pods', key);
    const pod = this.pod();
    this.put('pods', pod);
    this.event(pod, pod.spec.nodeName ? 'Normal' : 'Warning', pod.spec.nodeName ? 'Scheduled' : 'FailedScheduling', pod.spec.nodeName ? `Successfully assigned default/${pod.metadata.name} to ${pod.spec.nodeName}` : pod.status.conditions[0].message);
  }

  event(about, type, reason, message) {
    const name = `${about.metadata.name}.${++this.serial}`;
    this.put('events', { kind: 'Event', apiVersion: 'v1', metadata: { name, namespace: 'default', uid: name, creationTimestamp: this.clock.now }, type, reason, message, count: 1, lastTimestamp: this.clock.now,
      involvedObject: { kind: about.kind, name: about.metadata.name, namespace: about.metadata.namespace } });
  }

  answer(request, response, path, query, body) {
    const json = (value, status = 200) => { response.writeHead(status, { 'Content-Type': 'application/json' }); response.end(JSON.stringify(value)); };
    const live = path.replace(/^\/lab\/past\/[^/]+/, '');
    const list = /^\/api\/v1\/(nodes|pods|events)$/.exec(live);
    if (list) {
      const kind = list[1];
      if (query.get('watch')) {
        response.writeHead(200, { 'Content-Type': 'application/json' });
        response.flushHeaders();
        const watcher = { kind, response };
        this.watchers.add(watcher);
        response.on('close', () => this.watchers.delete(watcher));
        return undefined;
      }
      return json({ kind: 'List', metadata: { resourceVersion: String(this.version) }, items: [...this.objects[kind].values()] });
    }
    if (live === '/apis/metrics.k8s.io/v1beta1/pods') return json({ items: [...this.objects.pods.values()].filter(p => p.status.phase === 'Running').map(p => ({ metadata: { name: p.metadata.name, namespace: 'default' }, containers: [{ usage: { cpu: `${Math.floor(parseInt(p.spec.containers[0].resources.requests.cpu) * (.2 + this.random() * .7))}m`, memory: '40Mi' } }] })) });
    if (live === '/apis/metrics.k8s.io/v1beta1/nodes') return json({ items: [] });
    if (live === '/lab/clock') {
      if (request.method === 'POST') {
        if (body.do === 'pause') this.clock.paused = true;
        if (body.do === 'play') this.clock.paused = false;
        if (body.do === 'speed') this.clock.speed = body.speed;
        if (body.do === 'forward' || body.do === 'step') this.clock.now = new Date(Date.parse(this.clock.now) + (body.seconds ?? 1) * 1000).toISOString();
      }
      return json(this.clock);
    }
    if (live === '/lab/bill') return json({ currency: 'USD', total: 1.2345, perHour: .1340 * (this.objects.nodes.size - 1) + .05, lines: [], nodes: Object.fromEntries([...this.objects.nodes.keys()].map(n => [n, .134])) });
    if (live === '/readyz') { response.writeHead(this.hasMajority() ? 200 : 500, { 'Content-Type': 'text/plain' }); response.end(this.hasMajority() ? 'ok' : '[+]ping ok\n[-]etcd failed: reason withheld\nreadyz check failed\n'); return undefined; }
    if (live === '/lab/masters') return json(this.masters());
    if (live === '/lab/why') return json({ text: `pod ${query.get('pod')} waits: no node has enough free CPU. It fits if it asks for 350m or less, or with one more node.` });
    if (path === '/lab/past') return json({ from: this.clock.started, to: this.clock.now });
    if (live === '/lab/act') {
      const node = this.objects.nodes.get(body.target);
      if (body.target?.startsWith('master-')) {
        this.down[body.do === 'kill' ? 'add' : 'delete'](body.target);
        // Nobody writes a node's condition once the store is silent.
        if (!this.hasMajority()) return json({});
      }
      if (!node) return json({ message: `there is no node ${body.target}` }, 404);
      node.status.conditions[0].status = body.do === 'kill' || body.do === 'partition' ? 'Unknown' : 'True';
      this.put('nodes', node);
      return json({});
    }
    const one = /^\/api\/v1\/nodes\/([^/]+)$/.exec(live);
    if (one && request.method === 'PATCH') { const node = this.objects.nodes.get(one[1]); node.spec.unschedulable = body.spec.unschedulable || undefined; this.put('nodes', node); return json(node); }
    const evict = /^\/api\/v1\/namespaces\/[^/]+\/pods\/([^/]+)\/eviction$/.exec(live);
    if (evict) { this.remove('pods', `uid-${evict[1]}`); return json({ kind: 'Status', status: 'Success' }, 201); }
    return json({ kind: 'Status', message: `the server could not find the requested resource ${path}`, code: 404 }, 404);
  }
}
