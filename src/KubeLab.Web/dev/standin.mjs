// For work on the page without .NET: serves the built page, the lessons of this repository, a kernel that only knows a few calls, and clusters made up by
// fakeCluster.mjs. It proves nothing about the lab; the walk of tests/ runs against the real server as well (PAGE_URL).
import { createServer } from 'node:http';
import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { WebSocketServer } from 'ws';
import { FakeCluster } from './fakeCluster.mjs';
import { ClusterProxy } from './clusterProxy.mjs';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const page = path.join(repository, 'artifacts/npm/page');
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.png': 'image/png' };

/** The server reads demos from the episodes; this one has the same titles as lesson 03's, and code that the made-up kernel knows. */
const madeUpDemo = { id: '03', title: 'Masters', minutes: 5, steps: [['Who feels safer with two?', 'var cluster = Lab.Open(seed: 3);'], ['Two masters', 'cluster.Masters()'], ['One of two dies', 'cluster.Kill("master-2")'],
  ['Three masters', 'cluster.AddMasters(1)']].map(([title, code]) => ({ title, notes: `Say: "${title}" Then *wait*.`, code })) };

/** Starts the stand-in on a port of the loopback address; resolves with its address and how to end it. */
export async function start({ port = 0, nodes = 4, pods = 30, churn = 2, masters = 1, kubeconfig = process.env.PAGE_KUBECONFIG } = {}) {
  const real = kubeconfig ? new ClusterProxy(kubeconfig) : undefined;
  const contents = new Map();
  // When each notebook was written, and which newer version a client has been told of, as the lab's server keeps them.
  const written = new Map();
  const told = new Map();
  let writes = 0;
  const kernels = new Map();
  let progress = {};
  const episodes = [];
  for (const file of (await readdir(path.join(repository, 'notebooks'))).filter(name => name.endsWith('.ipynb')).sort()) {
    const notebook = JSON.parse(await readFile(path.join(repository, 'notebooks', file), 'utf8'));
    const first = notebook.cells[0].source;
    const opening = Array.isArray(first) ? first.join('') : first;
    const minutes = /Teaching (\d+) min, exercises (\d+)/.exec(opening);
    contents.set(`notebooks/${file}`, notebook);
    episodes.push({ id: file.slice(0, 2), slug: file.slice(3, -6), title: /^# (.*)$/m.exec(opening)[1], teaching: Number(minutes?.[1] ?? 0), exercises: Number(minutes?.[2] ?? 0),
      prerequisites: episodes.slice(-1).map(e => e.id), path: `notebooks/${file}`, hasDemo: false });
  }

  const cluster = new FakeCluster({ nodes, pods, churn, masters });
  const model = (id, kernel) => ({ id, name: '.net-csharp', last_activity: '2026-01-01T00:00:00.000000Z', execution_state: kernel.state, connections: 1 });
  const session = kernel => ({ id: kernel.session, path: kernel.path, name: kernel.path, type: 'notebook', kernel: model(kernel.id, kernel), notebook: { path: kernel.path, name: kernel.path } });

  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://x');
    const at = decodeURIComponent(url.pathname);
    if (real && at.startsWith('/lab/clusters/real/cluster/')) return real.answer(request, response, request.url.slice('/lab/clusters/real/cluster'.length));
    const body = await read(request);
    const json = (status, value, headers = {}) => { response.writeHead(status, { 'Content-Type': 'application/json', ...headers }); response.end(value === undefined ? undefined : JSON.stringify(value)); };
    try {
      if (at === '/lab/api/episodes') return json(200, { episodes });
      if (at === '/lab/api/progress') { if (request.method === 'PUT') progress = body; return json(200, progress); }
      const demo = /^\/lab\/api\/demos\/(\w+)$/.exec(at);
      if (demo) return demo[1] === madeUpDemo.id ? json(200, madeUpDemo) : json(404, { message: `there is no lesson ${demo[1]} with a demo` });
      const lesson = /^\/lab\/api\/lessons\/(\w+)\/(open|reset)$/.exec(at);
      if (lesson) {
        const episode = episodes.find(e => e.id === lesson[1]);
        if (!episode) return json(404, { message: `there is no lesson ${lesson[1]}` });
        const copy = episode.path.replace('notebooks/', 'mine/');
        if (lesson[2] === 'reset' || !contents.has(copy)) contents.set(copy, structuredClone(contents.get(episode.path)));
        return json(200, { path: copy });
      }
      if (at === '/lab/clusters') return json(200, { clusters: [...kernels.values()].filter(k => k.hasCluster).map(k => ({ kernel: k.id, name: 'cluster', title: 'Practice cluster' })).concat(real ? [{ kernel: 'real', name: 'cluster', title: 'Cluster of the kubeconfig' }] : []).concat({ kernel: 'fake', name: 'cluster', title: 'Made-up cluster' }) });
      const inCluster = /^\/lab\/clusters\/[^/]+\/[^/]+(\/.*)$/.exec(at);
      if (inCluster) return cluster.answer(request, response, inCluster[1], url.searchParams, body);
      if (at.startsWith('/api/contents/')) {
        const name = at.slice('/api/contents/'.length);
        if (request.method === 'PUT') {
          const [seen, now] = [body.last_modified, written.get(name) ?? '2026-01-01T00:00:00Z'];
          if (seen && contents.has(name) && seen !== now && told.get(name) !== `${seen} ${now}`) {
            told.set(name, `${seen} ${now}`);
            return json(409, { message: `${name} has changed on disk since it was read`, reason: 'changed on disk' });
          }
          contents.set(name, body.content);
          written.set(name, new Date(Date.UTC(2026, 0, 1) + ++writes).toISOString());
        }
        if (!contents.has(name)) return json(404, { message: `no such file: ${name}` });
        return json(200, { name: path.basename(name), path: name, type: 'notebook', created: '2026-01-01T00:00:00Z', last_modified: written.get(name) ?? '2026-01-01T00:00:00Z', mimetype: null, writable: true,
          format: 'json', content: request.method === 'PUT' ? null : contents.get(name) });
      }
      if (at === '/api/kernelspecs') return json(200, { default: '.net-csharp', kernelspecs: { '.net-csharp': { name: '.net-csharp', spec: { argv: [], display_name: '.NET (C#)', language: 'C#', env: {}, metadata: {}, interrupt_mode: 'message' }, resources: {} } } });
      if (at === '/api/sessions' && request.method === 'POST') {
        const found = [...kernels.values()].find(k => k.path === body.path);
        const kernel = found ?? { id: `k${kernels.size + 1}-${'0'.repeat(8)}`, session: `s${kernels.size + 1}`, path: body.path, state: 'idle', count: 0, sockets: new Set(), known: {} };
        kernels.set(kernel.id, kernel);
        return json(201, session(kernel));
      }
      if (at === '/api/sessions') return json(200, [...kernels.values()].map(session));
      if (at.startsWith('/api/sessions/') && request.method === 'DELETE') { kernels.delete([...kernels.values()].find(k => at.endsWith(k.session))?.id); return json(204); }
      if (at.startsWith('/api/sessions/')) return json(200, session([...kernels.values()].find(k => at.endsWith(k.session))));
      if (at === '/api/kernels') return json(200, [...kernels.values()].map(k => model(k.id, k)));
      const one = /^\/api\/kernels\/([^/]+)(?:\/(\w+))?$/.exec(at);
      if (one) {
        const kernel = kernels.get(one[1]);
        if (!kernel) return json(404, { message: 'no such kernel' });
        if (one[2] === 'restart') Object.assign(kernel, { count: 0, known: {}, hasCluster: false });
        if (one[2] === 'interrupt') kernel.stopped = true;
        return one[2] === 'interrupt' ? json(204) : json(200, model(kernel.id, kernel));
      }
      const file = at === '/' ? 'index.html' : at.slice(1);
      const data = await readFile(at.startsWith('/files/') ? path.join(repository, at.slice(7)) : path.join(page, file));
      response.writeHead(200, { 'Content-Type': types[path.extname(file)] ?? 'application/octet-stream', 'Cache-Control': 'no-store' });
      response.end(data);
    } catch (error) {
      json(404, { message: String(error.message) });
    }
  });

  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => false });
  server.on('upgrade', (request, socket, head) => {
    const id = /^\/api\/kernels\/([^/]+)\/channels/.exec(request.url)?.[1];
    sockets.handleUpgrade(request, socket, head, ws => serve(ws, kernels.get(id)));
  });
  await new Promise(resolve => server.listen(port, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, cluster, close: () => { cluster.close(); sockets.clients.forEach(c => c.terminate()); server.closeAllConnections(); server.close(); } };
}

function serve(ws, kernel) {
  ws.on('message', async text => {
    const message = JSON.parse(text);
    let n = 0;
    const send = (channel, type, content) => ws.send(JSON.stringify({ channel, metadata: {}, buffers: [], content, parent_header: message.header,
      header: { msg_id: `${message.header.msg_id}-${++n}`, msg_type: type, session: kernel.id, username: 'lab', version: '5.3', date: '2026-01-01T00:00:00.000000Z' } }));
    const type = message.header.msg_type;
    send('iopub', 'status', { execution_state: 'busy' });
    if (type === 'kernel_info_request') {
      send('shell', 'kernel_info_reply', { status: 'ok', protocol_version: '5.3', implementation: 'standin', implementation_version: '1', banner: '', help_links: [],
        language_info: { name: 'C#', version: '14', mimetype: 'text/x-csharp', file_extension: '.cs', pygments_lexer: 'csharp', codemirror_mode: 'csharp', nbconvert_exporter: '' } });
    } else if (type === 'execute_request') {
      const code = message.content.code;
      kernel.count++;
      send('iopub', 'execute_input', { code, execution_count: kernel.count });
      await new Promise(resolve => setTimeout(resolve, 20));
      const error = run(kernel, code, (name, content) => send('iopub', name, content));
      if (error) {
        send('iopub', 'error', { ename: 'CS0103', evalue: error, traceback: [`(1,1): error CS0103: ${error}`] });
      }
      send('shell', 'execute_reply', error ? { status: 'error', execution_count: kernel.count, ename: 'CS0103', evalue: error, traceback: [] } : { status: 'ok', execution_count: kernel.count, payload: [], user_expressions: {} });
    } else if (type === 'complete_request') {
      send('shell', 'complete_reply', { status: 'ok', matches: ['Kubectl', 'Kill', 'Apply', 'Charts', 'RunFor', 'RunUntil'], cursor_start: message.content.code.slice(0, message.content.cursor_pos).search(/\w*$/), cursor_end: message.content.cursor_pos,
        metadata: { _jupyter_types_experimental: [{ text: 'Kubectl', type: 'method' }, { text: 'Charts', type: 'property' }] } });
    } else if (type === 'inspect_request') {
      send('shell', 'inspect_reply', { status: 'ok', found: true, data: { 'text/plain': 'KubectlOutput Cluster.Kubectl(string arguments)' }, metadata: {} });
    }
    send('iopub', 'status', { execution_state: 'idle' });
  });
}

function run(kernel, code, emit) {
  const html = (text, plain) => emit('execute_result', { execution_count: kernel.count, metadata: {}, data: { 'text/html': text, 'text/plain': plain ?? text } });
  if (code.includes('Lab.Open')) { kernel.hasCluster = true; kernel.known.lesson = true; }
  if (/\blesson\./.test(code) && !kernel.known.lesson) return "The name 'lesson' does not exist in the current context";
  if (code.includes('Boom')) return 'Boom';
  if (code.includes('cluster.Apply') && code.includes('resources:')) kernel.known.applied = true;
  let match;
  if ((match = /Predict\("([^"]+)",\s*("?)(.*?)\2\s*[,)]/.exec(code))) {
    kernel.known[match[1]] = match[3];
    html(`<p class="kubelab-prediction" data-prediction="${match[1]}" data-predicted="${match[3]}">${match[1]}: you predict "${match[3]}".</p>`);
  } else if ((match = /Compare\("([^"]+)"/.exec(code))) {
    const predicted = kernel.known[match[1]];
    if (predicted === undefined) return `there is no prediction ${match[1]}`;
    const happened = /^-?\d/.test(predicted) ? '6' : 'unchanged';
    html(`<p class="kubelab-prediction" data-prediction="${match[1]}" data-predicted="${predicted}" data-happened="${happened}" data-agrees="${predicted === happened}">${match[1]}: compared</p>`);
  } else if ((match = /Check\("([^"]+)"(.*)\)/.exec(code))) {
    const passed = match[2].includes('Guaranteed') || match[2].includes('310') || (match[1].endsWith('.1') && kernel.known.applied === true);
    html(`<p class="kubelab-check" data-exercise="${match[1]}" data-passed="${passed}" role="status"><strong>${match[1]} ${passed ? 'passed' : 'not yet'}:</strong> a word of help.</p>`);
  } else if (code.includes('Charts.')) {
    emit('execute_result', { execution_count: kernel.count, metadata: {}, data: { 'text/plain': 'Chart', 'application/vnd.plotly.v1+json': { data: [{ type: 'scatter', name: 'cpu', x: [0, 1, 2, 3], y: [1, 3, 2, 4] }, { type: 'bar', name: 'pods', x: [0, 1, 2, 3], y: [2, 2, 3, 3] }],
      layout: { title: { text: 'Utilisation' }, height: 320, meta: { alt: 'CPU climbs while the pods stay.' } } } } });
  } else if (code.includes('Bill()')) {
    html('<table class="kubelab-table"><caption>Bill</caption><thead><tr><th scope="col">What</th><th scope="col">Hours</th><th scope="col">USD</th></tr></thead><tbody><tr><th scope="row">workers</th><td>3.2</td><td>0.43</td></tr></tbody></table>');
  } else {
    emit('stream', { name: 'stdout', text: 'NAME      READY   STATUS    RESTARTS   AGE\nmynginx   1/1     Running   0          12s\n' });
  }
  return null;
}

async function read(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  try { return text ? JSON.parse(text) : {}; } catch { return text; }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const size = Number(process.argv[2] ?? 4);
  const { url } = await start({ port: 8123, nodes: size, pods: Number(process.argv[3] ?? size * 8) });
  process.stdout.write(`${url}\n`);
}
