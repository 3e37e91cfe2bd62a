import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { solutionCode, toBlocks, unfolded } from './blocks.ts';
import type { Cell, CellMetadata } from './notebook.ts';

let count = 0;
const text = (source: string, ...tags: string[]): Cell => ({ id: `t${++count}`, cell_type: 'markdown', source, metadata: tags.length > 0 ? { tags } : {} });
const code = (source: string, metadata: CellMetadata = {}): Cell => ({ id: `c${++count}`, cell_type: 'code', source, metadata, outputs: [] });

test('a prediction is its question and its cell', () => {
  const blocks = toBlocks([text('before'), text('> how many?', 'prediction'), code('lesson.Predict("P1", 2)', { tags: ['prediction'], kubelab: { prediction: 'P1' } }), code('run')]);
  assert.deepEqual(blocks.map(b => b.kind), ['text', 'prediction', 'code']);
  assert.equal(blocks[1]?.kind === 'prediction' && blocks[1].question[0]?.source, '> how many?');
});

test('an exercise holds its cells, hints and solution, and ends at the next heading', () => {
  const check = { tags: ['exercise'], kubelab: { check: 'E1.1' } };
  const blocks = toBlocks([
    text('## Exercises'), text('### Exercise: One\n\nDo it.'), code('lesson.Check("E1.1")', check), text('<details>h</details>', 'hint'),
    text('<details>s</details>', 'solution'), text('### Exercise: Two'), code('x', { tags: ['exercise'], kubelab: { check: 'E1.2' } }), text('## Cost'), code('cluster.Bill()'),
  ]);
  assert.deepEqual(blocks.map(b => b.kind), ['text', 'exercise', 'exercise', 'text', 'code']);
  const first = blocks[1];
  assert.ok(first?.kind === 'exercise');
  assert.deepEqual([first.id, first.title, first.parts.length, first.hints.length, first.solutions.length], ['E1.1', 'One', 2, 1, 1]);
});

test('text after the solution is no part of the exercise', () => {
  const blocks = toBlocks([text('### Exercise'), text('<details>s</details>', 'solution'), text('And on we go.')]);
  assert.deepEqual(blocks.map(b => b.kind), ['exercise', 'text']);
});

test('a question without a cell stays readable', () => {
  assert.deepEqual(toBlocks([text('> think', 'prediction'), text('then')]).map(b => b.kind), ['text', 'text']);
});

test('the code of a solution is what its fences hold', () => {
  const cell = text('<details>\n<summary>Solution</summary>\n\nWhy.\n\n```csharp\na();\nb()\n```\n\n</details>', 'solution');
  assert.equal(solutionCode([cell]), 'a();\nb()');
  assert.equal(unfolded(cell.source).startsWith('Why.'), true);
});

test('a fence that ends in a value shows it when another fence follows in the same cell', () => {
  const cell = text('```csharp\nvar a = 1;\na\n```\n\nThen.\n\n```csharp\nf();\n```\n\n```csharp\ng()\n```', 'solution');
  assert.equal(solutionCode([cell]), 'var a = 1;\na.Display();\n\nf();\n\ng()');
});
