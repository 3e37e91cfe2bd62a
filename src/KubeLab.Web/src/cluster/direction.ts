import type { Rect } from './rect.ts';

/** The box that the arrow key means: the nearest one whose centre lies that way, with sideways distance counting double. */
export function neighbour(rects: ReadonlyMap<string, Rect>, from: string | undefined, key: string): string | undefined {
  const start = from === undefined ? undefined : rects.get(from);
  if (!start) {
    return rects.keys().next().value;
  }

  const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key] as [number, number];
  let best: string | undefined;
  let distance = Infinity;
  for (const [name, rect] of rects) {
    const x = rect.x + rect.w / 2 - start.x - start.w / 2;
    const y = rect.y + rect.h / 2 - start.y - start.h / 2;
    const along = x * dx + y * dy;
    const across = Math.abs(x * dy) + Math.abs(y * dx);
    if (name !== from && along > 1 && along + 2 * across < distance) {
      distance = along + 2 * across;
      best = name;
    }
  }

  return best;
}
