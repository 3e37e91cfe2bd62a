import type { Rect } from './rect.ts';

/** A box to place: its area shall be in proportion to its weight. */
export interface Box { readonly name: string; readonly weight: number; readonly isMaster: boolean }

const aspect = 1.3;

/**
 * Places boxes in rows, as large as fits: masters first, then workers, alike sizes beside each other. Their areas are in proportion to their weights.
 * The scale is found by halving; the same boxes always give the same places.
 */
export function layoutNodes(boxes: readonly Box[], width: number, height: number, gap: number): Map<string, Rect> {
  const order = [...boxes].sort((a, b) => Number(b.isMaster) - Number(a.isMaster) || b.weight - a.weight || compareNames(a.name, b.name));
  const largest = Math.max(1e-9, ...order.map(box => box.weight));
  // A node that is hardly known yet, or very small, stays large enough to be seen.
  const sides = order.map(box => Math.sqrt(Math.max(box.weight, largest * .02) / largest));
  let low = 0;
  let high = Math.max(width, height * aspect);
  for (let i = 0; i < 24; i++) {
    const middle = (low + high) / 2;
    if (place(order, sides, middle, width, gap).height <= height) {
      low = middle;
    } else {
      high = middle;
    }
  }

  return place(order, sides, Math.max(low, 2), width, gap).rects;
}

/**
 * Rows from the top, each as high as its first box. Smaller boxes stand below each other in columns. Places include the gap, so that two boxes of half the side
 * are as high as one.
 */
function place(order: readonly Box[], sides: readonly number[], scale: number, width: number, gap: number): { rects: Map<string, Rect>; height: number } {
  const rects = new Map<string, Rect>();
  const slack = 1e-6;
  const margin = Math.min(gap, scale * sides.reduce((least, side) => Math.min(least, side), 1) / 5);
  let row = { y: 0, h: 0 };
  let column = { x: 0, w: 0 };
  // Where the next box of the column goes, and how high the boxes beside it are.
  let spot = { x: 0, y: 0, h: 0 };
  for (const [index, box] of order.entries()) {
    const w = scale * sides[index]!;
    const h = w / aspect;
    if (w > width + margin + slack) {
      return { rects, height: Infinity };
    }

    const isAlike = index > 0 && order[index - 1]!.isMaster === box.isMaster;
    const fitsBeside = isAlike && spot.x + w <= column.x + column.w + slack;
    const fitsBelow = isAlike && w <= column.w + slack && spot.y + spot.h + h <= row.y + row.h + slack;
    if (!fitsBeside && fitsBelow) {
      spot = { x: column.x, y: spot.y + spot.h, h };
    } else if (!fitsBeside) {
      const x = column.x + column.w;
      const startsRow = !isAlike || x + w > width + margin + slack;
      row = startsRow ? { y: row.y + row.h, h } : row;
      column = { x: startsRow ? 0 : x, w };
      spot = { x: column.x, y: row.y, h };
    }

    rects.set(box.name, { x: spot.x, y: spot.y, w: w - margin, h: h - margin });
    spot.x += w;
  }

  return { rects, height: row.y + row.h - margin };
}

/** Names with numbers in the order people count: worker-2 before worker-10. */
export function compareNames(a: string, b: string): number {
  return collator.compare(a, b);
}

const collator = new Intl.Collator('en', { numeric: true });
