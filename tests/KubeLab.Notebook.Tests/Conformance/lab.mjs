// What every scenario needs: a connection to the lab's server, and checks that say what they found.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const WebSocket = require('ws');
const services = require('@jupyterlab/services');
export const { ContentsManager, KernelManager, KernelMessage, KernelSpecManager, ServerConnection, SessionManager } = services;
export { assert };

export const [baseUrl, token, protocol] = process.argv.slice(2);

/** A WebSocket that offers no sub-protocol, as gateways do. */
class LegacyWebSocket extends WebSocket {
  constructor(url) {
    super(url);
  }
}

export const settings = ServerConnection.makeSettings({
  baseUrl,
  wsUrl: baseUrl.replace(/^http/, 'ws'),
  token,
  appendToken: true,
  WebSocket: protocol === 'legacy' ? LegacyWebSocket : WebSocket,
});

let failed = 0;

export async function check(name, body, seconds = 90) {
  const started = performance.now();
  let timer;
  try {
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`nothing after ${seconds} s`)), seconds * 1000);
    });
    await Promise.race([body(), late]);
    console.log(`ok ${name} (${Math.round(performance.now() - started)} ms)`);
  } catch (error) {
    failed++;
    console.log(`not ok ${name}: ${error.stack ?? error}`);
  } finally {
    clearTimeout(timer);
  }
}

export function done() {
  console.log(failed === 0 ? 'all ok' : `${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

/** Runs a cell and gathers what comes of it. */
export async function run(kernel, code, options = {}, onOutput) {
  const future = kernel.requestExecute({ code, stop_on_error: true, allow_stdin: true, ...options }, true);
  const outputs = [];
  future.onIOPub = (message) => {
    if (message.header.msg_type !== 'status') {
      outputs.push({ type: message.header.msg_type, ...message.content });
      onOutput?.(message);
    }
  };
  if (options.onStdin) {
    future.onStdin = options.onStdin;
  }
  const reply = await future.done;
  const text = (name) => outputs.filter((o) => o.type === 'stream' && o.name === name).map((o) => o.text).join('');
  return {
    reply: reply.content,
    outputs,
    stdout: text('stdout'),
    stderr: text('stderr'),
    result: outputs.find((o) => o.type === 'execute_result')?.data,
    error: outputs.find((o) => o.type === 'error'),
  };
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export async function until(condition, what, seconds = 60) {
  for (const end = performance.now() + seconds * 1000; performance.now() < end; await sleep(20)) {
    if (await condition()) {
      return;
    }
  }
  throw new Error(`not within ${seconds} s: ${what}`);
}
