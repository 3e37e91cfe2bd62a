// A learner's whole session, driven by the client that JupyterLab and VS Code use.
import { assert, check, ContentsManager, done, KernelMessage, KernelSpecManager, run, SessionManager, KernelManager, settings, until } from './lab.mjs';

const contents = new ContentsManager({ serverSettings: settings });
const kernels = new KernelManager({ serverSettings: settings });
const sessions = new SessionManager({ serverSettings: settings, kernelManager: kernels });
await sessions.ready;
let session;
let kernel;

await check('kernel specs', async () => {
  const specs = new KernelSpecManager({ serverSettings: settings });
  await specs.ready;
  assert.equal(specs.specs.default, '.net-csharp');
  assert.equal(specs.specs.kernelspecs['.net-csharp'].language, 'C#');
  specs.dispose();
});

await check('contents: new, save, read, list, rename, copy, checkpoint, restore, delete', async () => {
  const made = await contents.newUntitled({ path: '', type: 'notebook' });
  assert.equal(made.type, 'notebook');
  const read = await contents.get(made.path);
  assert.equal(read.content.nbformat, 4);
  read.content.cells.push({ cell_type: 'code', id: 'a', metadata: { own: 1 }, source: 'var x = 1;\nx', outputs: [], execution_count: null });
  const saved = await contents.save(made.path, { type: 'notebook', format: 'json', content: read.content });
  assert.equal(saved.path, made.path);
  const again = await contents.get(made.path);
  assert.equal(again.content.cells[0].source, 'var x = 1;\nx');
  assert.deepEqual(again.content.cells[0].metadata, { own: 1 });
  const kept = await contents.createCheckpoint(made.path);
  again.content.cells = [];
  await contents.save(made.path, { type: 'notebook', format: 'json', content: again.content });
  await contents.restoreCheckpoint(made.path, kept.id);
  assert.equal((await contents.get(made.path)).content.cells.length, 1);
  assert.ok((await contents.listCheckpoints(made.path)).length >= 2);
  await contents.deleteCheckpoint(made.path, kept.id);
  const moved = await contents.rename(made.path, 'renamed – ü.ipynb');
  assert.equal(moved.path, 'renamed – ü.ipynb');
  const copied = await contents.copy(moved.path, '');
  const names = (await contents.get('')).content.map((entry) => entry.name);
  assert.ok(names.includes(copied.name) && names.includes(moved.name), names.join());
  await contents.delete(moved.path);
  await contents.delete(copied.path);
  await assert.rejects(contents.get(moved.path), (error) => error.response.status === 404);
});

await check('a session starts a kernel', async () => {
  session = await sessions.startNew({ path: 'lesson.ipynb', name: 'lesson', type: 'notebook', kernel: { name: '.net-csharp' } });
  kernel = session.kernel;
  const info = await kernel.info;
  assert.equal(info.language_info.name, 'C#');
  await kernel.requestKernelInfo();
  await until(() => kernel.status === 'idle', 'idle');
});

await check('an expression, state, await', async () => {
  assert.equal((await run(kernel, 'var x = 20; int Twice(int n) => 2 * n;')).reply.status, 'ok');
  assert.equal((await run(kernel, 'Twice(x) + 2')).result['text/plain'], '42');
  assert.equal((await run(kernel, 'await Task.FromResult("late")')).result['text/plain'], 'late');
  assert.equal((await run(kernel, 'x = 3;')).result, undefined);
});

await check('many cells in a row', async () => {
  const times = [];
  for (let i = 0; i < 10; i++) {
    const started = performance.now();
    assert.equal((await run(kernel, `${i} + x`)).result['text/plain'], String(i + 3));
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  console.log(`# warm cell: median ${times[5].toFixed(0)} ms, slowest ${times[9].toFixed(0)} ms`);
});

await check('streams in order, while the cell runs', async () => {
  const seen = [];
  const ran = await run(kernel, 'Console.Write("a"); Console.Error.Write("b"); Console.WriteLine("c"); await Task.Delay(300); Console.WriteLine("d");', {}, (m) => seen.push([performance.now(), m.content.text]));
  assert.equal(ran.stdout, 'ac\nd\n');
  assert.equal(ran.stderr, 'b');
  const texts = seen.filter(([, t]) => t);
  assert.equal(texts.at(-1)[1], 'd\n', 'the first text must not wait for the last');
});

await check('display, rich data, update, clear', async () => {
  const ran = await run(kernel, `
var d = display("0 %"); "<b>bold</b>".DisplayAs("text/html"); await Task.Delay(100); d.Update("50 %"); await Task.Delay(100); d.Update("100 %");
new[] { new { Name = "a", Size = 1 } }`);
  const shown = ran.outputs.filter((o) => o.type === 'display_data');
  assert.equal(shown[0].data['text/plain'], '0 %');
  assert.equal(shown[1].data['text/html'], '<b>bold</b>');
  const updates = ran.outputs.filter((o) => o.type === 'update_display_data');
  assert.equal(updates.at(-1).data['text/plain'], '100 %');
  assert.equal(updates.at(-1).transient.display_id, shown[0].transient.display_id);
  assert.match(ran.result['text/html'], /<table>/);
  const updated = [];
  const watch = (_, message) => { if (message.header.msg_type === 'update_display_data') { updated.push(message.content.data['text/plain']); } };
  kernel.iopubMessage.connect(watch);
  await run(kernel, 'd.Update("from another cell"); display("x");');
  kernel.iopubMessage.disconnect(watch);
  assert.deepEqual(updated, ['from another cell']);
  assert.ok((await run(kernel, 'ClearOutput(wait: true); 1')).outputs.some((o) => o.type === 'clear_output' && o.wait === true));
});

await check('errors name line and mark it', async () => {
  const wrong = await run(kernel, 'var a = 1;\nvar b = nothere;');
  assert.equal(wrong.error.ename, 'CS0103');
  assert.match(wrong.error.traceback.join('\n'), / > 2 \| var b = nothere;/);
  const thrown = await run(kernel, 'int kept = 7;\nthrow new InvalidOperationException("no");');
  assert.equal(thrown.reply.status, 'error');
  assert.equal(thrown.reply.ename, 'System.InvalidOperationException');
  assert.equal((await run(kernel, 'kept')).result['text/plain'], '7');
});

await check('what was queued behind a failed cell is aborted', async () => {
  const first = kernel.requestExecute({ code: 'throw new Exception("stop");', stop_on_error: true });
  const second = kernel.requestExecute({ code: 'Console.WriteLine("must not run");' });
  const info = kernel.requestKernelInfo();
  assert.equal((await first.done).content.status, 'error');
  assert.equal((await second.done).content.status, 'aborted');
  await info;
  const goesOn = kernel.requestExecute({ code: 'throw new Exception("go on");', stop_on_error: false });
  const after = kernel.requestExecute({ code: '1' });
  await goesOn.done;
  assert.equal((await after.done).content.status, 'ok');
});

await check('silent, history off, user expressions', async () => {
  const before = (await run(kernel, '1')).reply.execution_count;
  await run(kernel, 'var hidden = 5;', { silent: true });
  await run(kernel, '2', { store_history: false });
  const ran = await run(kernel, '3', { user_expressions: { h: 'hidden + 1', bad: 'nope' } });
  assert.equal(ran.reply.execution_count, before + 1);
  assert.equal(ran.reply.user_expressions.h.data['text/plain'], '6');
  assert.equal(ran.reply.user_expressions.bad.status, 'error');
});

await check('input', async () => {
  const prompts = [];
  const ran = await run(kernel, 'var who = Input("Who? "); var line = Console.ReadLine(); $"{who} and {line}"', {
    onStdin: (message) => {
      prompts.push(message.content);
      kernel.sendInputReply({ status: 'ok', value: prompts.length === 1 ? 'Ada' : 'Bob' }, message.header);
    },
  });
  assert.equal(ran.result['text/plain'], 'Ada and Bob');
  assert.deepEqual(prompts[0], { prompt: 'Who? ', password: false });
  assert.equal((await run(kernel, 'Input("?")', { allow_stdin: false })).reply.status, 'error');
});

await check('completion', async () => {
  await run(kernel, 'var numbers = new List<int> { 1, 2 };');
  const code = 'numbers.Ad';
  const reply = (await kernel.requestComplete({ code, cursor_pos: code.length })).content;
  assert.ok(reply.matches.includes('AddRange'), reply.matches.join());
  assert.equal(reply.cursor_start, 8);
  const typed = reply.metadata._jupyter_types_experimental.find((m) => m.text === 'AddRange');
  assert.equal(typed.type, 'function');
  const chained = 'numbers.Where(n => n > 1).';
  assert.ok((await kernel.requestComplete({ code: chained, cursor_pos: chained.length })).content.matches.includes('ToList'));
  const own = (await kernel.requestComplete({ code: 'num', cursor_pos: 3 })).content;
  assert.equal(own.matches[0], 'numbers');
  const emoji = '"😀".Le';
  const wide = (await kernel.requestComplete({ code: emoji, cursor_pos: 6 })).content;
  assert.deepEqual([wide.matches.includes('Length'), wide.cursor_start], [true, 4]);
  assert.equal((await kernel.requestComplete({ code: '// num', cursor_pos: 6 })).content.matches.length, 0);
});

await check('inspection and signatures', async () => {
  const word = (await kernel.requestInspect({ code: 'numbers.Count', cursor_pos: 10, detail_level: 0 })).content;
  assert.ok(word.found && /int List<int>\.Count/.test(word.data['text/plain']), JSON.stringify(word));
  const call = (await kernel.requestInspect({ code: 'numbers.Insert(', cursor_pos: 15, detail_level: 0 })).content;
  assert.match(call.data['text/plain'], /Insert\(int index, int item\)/);
  assert.equal((await kernel.requestInspect({ code: 'nothing', cursor_pos: 3, detail_level: 0 })).content.found, false);
});

await check('is it complete, and what was it', async () => {
  assert.equal((await kernel.requestIsComplete({ code: '1 + 1' })).content.status, 'complete');
  const open = (await kernel.requestIsComplete({ code: 'if (true)\n{' })).content;
  assert.deepEqual([open.status, open.indent], ['incomplete', '    ']);
  assert.equal((await kernel.requestIsComplete({ code: 'var = ;' })).content.status, 'invalid');
  const history = (await kernel.requestHistory({ output: false, raw: true, hist_access_type: 'tail', n: 2 })).content.history;
  assert.equal(history.length, 2);
});

await check('an endless loop is interrupted and state is kept', async () => {
  const future = kernel.requestExecute({ code: 'Console.WriteLine("go"); while (true) { }' });
  await new Promise((resolve) => { future.onIOPub = (m) => { if (m.header.msg_type === 'stream') { resolve(); } }; });
  const started = performance.now();
  await kernel.interrupt();
  const reply = (await future.done).content;
  console.log(`# loop interrupted in ${Math.round(performance.now() - started)} ms`);
  assert.deepEqual([reply.status, reply.ename], ['error', 'Interrupted']);
  assert.equal((await run(kernel, 'numbers.Count')).result['text/plain'], '2');
});

await check('waits are interrupted: sleep, await, input, a loop that catches', async () => {
  for (const code of ['System.Threading.Thread.Sleep(60000);', 'await Task.Delay(60000);', 'Input("never")', 'new System.Threading.ManualResetEventSlim().Wait();',
    'while (true) { try { System.Threading.Thread.Sleep(1000); } catch (Exception) { } }']) {
    const future = kernel.requestExecute({ code: `Console.WriteLine("go"); ${code}`, allow_stdin: true });
    await new Promise((resolve) => {
      future.onStdin = resolve;
      future.onIOPub = (m) => { if (m.header.msg_type === 'stream' && !code.startsWith('Input')) { resolve(); } };
    });
    const started = performance.now();
    await kernel.interrupt();
    const reply = (await future.done).content;
    console.log(`# wait interrupted in ${Math.round(performance.now() - started)} ms: ${code}`);
    assert.equal(reply.ename, 'Interrupted', code);
  }
  const kept = kernel.requestExecute({ code: 'var half = 21; Console.WriteLine("go"); System.Threading.Thread.Sleep(60000);' });
  await new Promise((resolve) => { kept.onIOPub = (m) => { if (m.header.msg_type === 'stream') { resolve(); } }; });
  await kernel.interrupt();
  await kept.done;
  assert.equal((await run(kernel, 'half * 2')).result['text/plain'], '42');
});

await check('comms: unknown targets close, offered ones answer', async () => {
  const unknown = kernel.createComm('nobody');
  const closed = new Promise((resolve) => { unknown.onClose = resolve; });
  unknown.open({});
  await closed;
  await run(kernel, `KubeLab.Notebook.Kernel.KernelComms.Offer("echo", comm => comm.Received = data =>
    comm.Send(new System.Text.Json.Nodes.JsonObject { ["back"] = data.GetProperty("text").GetString() }));`);
  const comm = kernel.createComm('echo');
  const answer = new Promise((resolve) => { comm.onMsg = (m) => resolve(m.content.data); });
  comm.open({});
  comm.send({ text: 'hello' });
  assert.deepEqual(await answer, { back: 'hello' });
  const info = (await kernel.requestCommInfo({ target_name: 'echo' })).content;
  assert.equal(Object.values(info.comms).length, 1);
});

await check('two clients on one kernel see the same', async () => {
  const other = kernels.connectTo({ model: kernel.model, handleComms: false });
  await other.info;
  const seen = [];
  other.anyMessage.connect((_, { msg, direction }) => { if (direction === 'recv') { seen.push(msg); } });
  await run(kernel, 'Console.WriteLine("for all");');
  await until(() => seen.some((m) => m.header.msg_type === 'stream' && m.content.text === 'for all\n'), 'the output at the other client');
  assert.ok(!seen.some((m) => m.header.msg_type === 'execute_reply'), 'the reply is for who asked');
  assert.equal((await run(other, 'half')).result['text/plain'], '21');
  other.dispose();
});

await check('buffers arrive', async () => {
  const message = KernelMessage.createMessage({
    msgType: 'comm_msg', channel: 'shell', username: '', session: kernel.clientId,
    content: { comm_id: 'none', data: {} }, buffers: [new Uint8Array([1, 2, 3]).buffer],
  });
  kernel.sendShellMessage(message, false, true);
  assert.equal((await run(kernel, '1 + 1')).result['text/plain'], '2');
});

await check('sessions: the same path gives the same, rename, list', async () => {
  const again = await sessions.startNew({ path: 'lesson.ipynb', name: 'lesson', type: 'notebook', kernel: { name: '.net-csharp' } });
  assert.equal(again.id, session.id);
  again.dispose();
  await session.setPath('other.ipynb');
  assert.ok([...(await (await fetch(`${settings.baseUrl}api/sessions`, { headers: { Authorization: `token ${settings.token}` } })).json())].some((s) => s.path === 'other.ipynb'));
});

await check('restart forgets, and is quick', async () => {
  const started = performance.now();
  await kernel.restart();
  assert.equal((await run(kernel, '1 + 1')).result['text/plain'], '2');
  console.log(`# restarted, and the first cell done, in ${Math.round(performance.now() - started)} ms`);
  assert.equal((await run(kernel, 'half')).error.ename, 'CS0103');
});

await check('shutdown', async () => {
  await session.shutdown();
  const left = await (await fetch(`${settings.baseUrl}api/kernels`, { headers: { Authorization: `token ${settings.token}` } })).json();
  assert.deepEqual(left.map((k) => k.id).filter((id) => id === kernel.id), []);
});

done();
