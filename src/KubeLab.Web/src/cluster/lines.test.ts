import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { lines } from './lines.ts';

test('lines that are cut between chunks come whole', async () => {
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({ start(controller) {
    ['{"a":', '1}\n{"b"', ':2}\n{"c":"ü"}'].forEach(text => controller.enqueue(encoder.encode(text)));
    controller.close();
  } });
  const seen: string[] = [];
  for await (const line of lines(stream)) {
    seen.push(line);
  }

  assert.deepEqual(seen, ['{"a":1}', '{"b":2}', '{"c":"ü"}']);
});
