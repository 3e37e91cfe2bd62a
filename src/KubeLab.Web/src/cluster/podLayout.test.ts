import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { layoutPods } from './podLayout.ts';

const inside = { x: 10, y: 20, w: 120, h: 90 };
const pods = (...shares: number[]) => shares.map((share, i) => ({ key: `p${i}`, share }));

test('areas are what pods ask for, and the room above is free', () => {
  const rects = layoutPods(pods(.25, .1, .1), inside, 4);
  const area = (key: string): number => rects.get(key)!.w * rects.get(key)!.h / (inside.w * inside.h);
  assert.ok(Math.abs(area('p0') - .25) < 1e-6);
  assert.ok(Math.abs(area('p1') - .1) < 1e-6);
  assert.ok([...rects.values()].every(rect => rect.y > inside.y));
});

for (const [name, shares] of Object.entries({
  full: Array<number>(10).fill(.1), many: Array<number>(110).fill(.005), none: Array<number>(30).fill(0), over: [.9, .9, .5], one: [1], mixed: [.5, .2, .05, .05, .01, 0, 0, 0],
})) {
  test(`bricks stay inside and do not overlap: ${name}`, () => {
    const rects = [...layoutPods(pods(...shares), inside, 6).values()];
    assert.equal(rects.length, shares.length);
    for (const [i, a] of rects.entries()) {
      assert.ok(a.x >= inside.x - .1 && a.x + a.w <= inside.x + inside.w + .1 && a.y >= inside.y - .1 && a.y + a.h <= inside.y + inside.h + .1, `brick ${i} leaves the node`);
      for (const b of rects.slice(i + 1)) {
        assert.ok(a.x + a.w <= b.x + .01 || b.x + b.w <= a.x + .01 || a.y + a.h <= b.y + .01 || b.y + b.h <= a.y + .01, `brick ${i} is overlapped`);
      }
    }
  });
}

test('a pod that asks for nothing is no sliver beside a large one', () => {
  const rect = layoutPods(pods(.3, .3, 0), inside, 7).get('p2')!;
  assert.ok(Math.min(rect.w, rect.h) > 5, `${rect.w} by ${rect.h}`);
});

test('a node without pods or without room does no harm', () => {
  assert.equal(layoutPods([], inside, 4).size, 0);
  assert.equal(layoutPods(pods(.5), { x: 0, y: 0, w: 0, h: 0 }, 4).size, 0);
});
