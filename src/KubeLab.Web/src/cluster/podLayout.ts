import type { Rect } from './rect.ts';

/** A pod to place, as the share of its node that it asks for. */
export interface PodShare { readonly key: string; readonly share: number }

/**
 * Fills a node with its pods from the bottom, as bricks: a pod's area is its share of the node's, so that the room above them is what is still free.
 * Pods that ask for nothing, or for little, stay large enough to be seen; when that asks for more than there is, all shrink alike.
 */
export function layoutPods(pods: readonly PodShare[], inside: Rect, smallest: number): Map<string, Rect> {
  const area = inside.w * inside.h;
  if (pods.length === 0 || area <= 0) {
    return new Map();
  }

  const least = Math.min(smallest * smallest, area / pods.length);
  const sorted = [...pods].sort((a, b) => b.share - a.share || (a.key < b.key ? -1 : 1));
  const areas = sorted.map(pod => Math.max(pod.share * area, least));
  const sum = areas.reduce((total, value) => total + value, 0);
  for (let scale = Math.min(1, area / sum); ; scale *= .97) {
    const rects = lay(sorted, areas, scale, inside);
    if (rects) {
      return rects;
    }
  }
}

/** Rows of about square bricks; one that would be a sliver beside larger ones begins a row of its own. A row that is nearly full is stretched to the edge, its area unchanged. Null when the rows are too high together. */
function lay(pods: readonly PodShare[], areas: readonly number[], scale: number, inside: Rect): Map<string, Rect> | null {
  const rects = new Map<string, Rect>();
  let bottom = inside.y + inside.h;
  for (let from = 0; from < pods.length;) {
    let height = Math.min(inside.h, Math.sqrt(areas[from]! * scale));
    let to = from;
    let width = 0;
    while (to < pods.length && (to === from || (width + areas[to]! * scale / height <= inside.w + .01 && areas[to]! * scale > height * height * .3))) {
      width += areas[to]! * scale / height;
      to++;
    }

    // A brick that is wider than the node is laid flat; a nearly full row closes the gap.
    const stretch = width > inside.w || (width > inside.w * .8 && to < pods.length) ? inside.w / width : 1;
    height /= stretch;
    if (bottom - height < inside.y - .01) {
      return null;
    }

    let x = inside.x;
    for (let i = from; i < to; i++) {
      const w = areas[i]! * scale / height;
      rects.set(pods[i]!.key, { x, y: bottom - height, w, h: height });
      x += w;
    }

    bottom -= height;
    from = to;
  }

  return rects;
}
