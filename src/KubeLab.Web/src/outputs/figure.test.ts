import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { rowsOf, titleOf, wordsOf } from './figure.ts';

const figure = {
  data: [{ name: '<b>used</b>', x: ['00:00', '00:01'], y: [1, 0.30000000000000004] }],
  layout: { title: { text: 'CPU <i>used</i>' }, xaxis: { title: { text: 'time' } }, meta: { alt: 'CPU falls.' } },
};

test('titles lose their markup', () => assert.equal(titleOf(figure), 'CPU used'));

test('the words of the figure win over the text of the cell', () => assert.equal(wordsOf(figure, 'other'), 'CPU falls.'));

test('points become rows', () => assert.deepEqual(rowsOf(figure).rows, [['used', '00:00', '1'], ['used', '00:01', '0.3']]));

test('a table says that it is cut', () => assert.deepEqual(rowsOf(figure, 1), { heads: ['Series', 'time', 'Value'], rows: [['used', '00:00', '1']], isCut: true }));
