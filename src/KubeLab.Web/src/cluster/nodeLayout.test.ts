import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { layoutNodes } from './nodeLayout.ts';

const boxes = (count: number, weight: (i: number) => number) => Array.from({ length: count }, (_, i) => ({ name: `n-${i}`, weight: weight(i), isMaster: i === 0 }));

for (const count of [1, 4, 30, 200, 1000]) {
  test(`${count} boxes stay inside and do not overlap`, () => {
    const rects = [...layoutNodes(boxes(count, i => 2 + i % 3 * 2), 520, 380, 4).values()];
    assert.equal(rects.length, count);
    for (const [i, a] of rects.entries()) {
      assert.ok(a.x >= 0 && a.y >= 0 && a.x + a.w <= 520.01 && a.y + a.h <= 380.01, `box ${i} leaves the page`);
      for (const b of rects.slice(i + 1)) {
        assert.ok(a.x + a.w <= b.x + .01 || b.x + b.w <= a.x + .01 || a.y + a.h <= b.y + .01 || b.y + b.h <= a.y + .01, `box ${i} is overlapped`);
      }
    }
  });
}

test('areas are in proportion to capacity', () => {
  const rects = layoutNodes(boxes(4, i => i === 3 ? 16 : 4), 600, 400, 4);
  const area = (name: string): number => (rects.get(name)!.w + 4) * (rects.get(name)!.h + 4);
  assert.ok(Math.abs(area('n-3') / area('n-1') - 4) < 1e-6);
});

test('two boxes of half the side stand below each other beside a large one', () => {
  const rects = layoutNodes([{ name: 'large', weight: 16, isMaster: false }, ...boxes(3, () => 4).slice(1)], 300, 200, 4);
  assert.equal(rects.get('n-1')!.x, rects.get('n-2')!.x);
});

test('masters stand in a row of their own, first', () => {
  const rects = layoutNodes(boxes(5, () => 4), 600, 400, 4);
  const others = [...rects].filter(([name]) => name !== 'n-0').map(([, rect]) => rect.y);
  assert.ok(others.every(y => y > rects.get('n-0')!.y));
});

test('a box of no weight and an empty cluster do no harm', () => {
  assert.equal(layoutNodes([], 100, 100, 4).size, 0);
  assert.ok(layoutNodes(boxes(3, () => 0), 100, 100, 4).get('n-1')!.w > 0);
});
