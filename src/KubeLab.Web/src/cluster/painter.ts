import type { ClusterModel, NodeView, PodView, Resource } from './model.ts';
import type { Palette } from './palette.ts';
import { podStates, type PodState } from './podState.ts';
import type { Rect } from './rect.ts';

/** Marks inside a pod, so that its state is known without its colour. */
export const stateMarks: Record<PodState, string> = { running: '', starting: '…', waiting: '?', failing: '×', unknown: '~', succeeded: '✓', leaving: '–' };

/** What stands in a node's title beside its name. */
export interface NodeTitle { readonly price: string; readonly isLeader: boolean; readonly trouble: string | undefined; readonly fontSize: number }

/** Where a node's pods go: below its title, inside its border. */
export function insideOf(rect: Rect, fontSize: number): Rect {
  const title = titleHeight(rect, fontSize);
  const border = rect.w < 40 ? 1 : 3;
  return { x: rect.x + border, y: rect.y + title + (title > 0 ? 1 : border), w: Math.max(0, rect.w - 2 * border), h: Math.max(0, rect.h - title - border - (title > 0 ? 1 : border)) };
}

function titleHeight(rect: Rect, fontSize: number): number {
  return rect.w >= fontSize * 5 && rect.h >= fontSize * 3.4 ? fontSize + 6 : 0;
}

/** The box of a node, without its pods. */
export function paintNode(ctx: CanvasRenderingContext2D, node: NodeView, rect: Rect, title: NodeTitle, palette: Palette): void {
  const isWell = node.isReady && title.trouble === undefined;
  ctx.fillStyle = isWell ? palette.raised : palette.badSoft;
  ctx.fillRect(rect.x, rect.y, rect.w, rect.h);
  ctx.strokeStyle = isWell ? node.isMaster ? palette.accent : palette.strongLine : palette.bad;
  ctx.lineWidth = isWell ? 1 : 2;
  ctx.setLineDash(node.isCordoned ? [5, 3] : []);
  ctx.strokeRect(rect.x + .5, rect.y + .5, rect.w - 1, rect.h - 1);
  ctx.setLineDash([]);
  if (node.isMaster) {
    ctx.fillStyle = palette.accent;
    ctx.fillRect(rect.x, rect.y, rect.w, Math.min(3, rect.h * .08));
  }

  const height = titleHeight(rect, title.fontSize);
  if (height === 0) {
    if (title.isLeader) {
      crown(ctx, rect.x + 3, rect.y + 4, 8, palette.accent);
    }

    return;
  }

  let x = rect.x + 5;
  const y = rect.y + height / 2 + 1.5;
  if (title.isLeader) {
    crown(ctx, x, y - title.fontSize / 2, title.fontSize, palette.accent);
    x += title.fontSize + 4;
  }

  const state = [title.trouble, node.isReady ? '' : 'NotReady', node.isCordoned ? 'cordoned' : ''].filter(word => word).join(', ');
  ctx.textBaseline = 'middle';
  ctx.font = `600 ${title.fontSize}px ${palette.font}`;
  const right = rect.x + rect.w - 5;
  const size = Math.max(title.fontSize * .75, Math.min(title.fontSize, Math.floor(title.fontSize * (right - x) / Math.max(1, ctx.measureText(node.name).width))));
  ctx.font = `600 ${size}px ${palette.font}`;
  const name = fitted(ctx, node.name, right - x);
  ctx.fillStyle = palette.ink;
  ctx.fillText(name, x, y);
  const used = x + ctx.measureText(name).width + 8;
  ctx.font = `${title.fontSize - 1}px ${palette.font}`;
  ctx.fillStyle = state ? palette.bad : palette.quiet;
  const extra = state || title.price;
  const width = ctx.measureText(extra).width;
  if (extra && used + width <= right) {
    ctx.fillText(extra, right - width, y);
  }
}

/** One pod: as large as what it asks for, filled as far as what it uses. */
export function paintPod(ctx: CanvasRenderingContext2D, pod: PodView, rect: Rect, usedShare: number | undefined, palette: Palette): void {
  const gap = rect.w > 8 && rect.h > 8 ? 1 : rect.w > 4 && rect.h > 4 ? .5 : 0;
  const x = rect.x + gap;
  const y = rect.y + gap;
  const w = rect.w - 2 * gap;
  const h = rect.h - 2 * gap;
  const alpha = ctx.globalAlpha;
  ctx.fillStyle = palette.states[pod.state];
  if (usedShare === undefined) {
    ctx.globalAlpha = alpha * (pod.state === 'waiting' ? .4 : .62);
    ctx.fillRect(x, y, w, h);
  } else {
    ctx.globalAlpha = alpha * .36;
    ctx.fillRect(x, y, w, h);
    ctx.globalAlpha = alpha;
    const used = Math.min(1, usedShare) * h;
    ctx.fillRect(x, y + h - used, w, used);
  }

  ctx.globalAlpha = alpha;
  if (w >= 6 && h >= 6) {
    ctx.strokeStyle = palette.states[pod.state];
    ctx.lineWidth = 1;
    if (pod.state === 'leaving' || pod.state === 'waiting' || pod.state === 'unknown') {
      ctx.setLineDash([3, 2]);
    }

    ctx.strokeRect(x + .5, y + .5, w - 1, h - 1);
    ctx.setLineDash([]);
  }

  if (pod.state === 'unknown') {
    hatch(ctx, x, y, w, h, palette.ink);
  }

  const mark = stateMarks[pod.state];
  if (mark && w >= 8 && h >= 8) {
    ctx.fillStyle = palette.ink;
    ctx.font = `700 ${Math.min(14, Math.max(8, Math.min(w, h) * .75))}px ${palette.font}`;
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    ctx.fillText(mark, x + w / 2, y + h / 2 + .5);
    ctx.textAlign = 'start';
  }

  if (usedShare !== undefined && usedShare > 1.02 && w >= 4) {
    ctx.fillStyle = palette.ink;
    ctx.fillRect(x, y, w, Math.min(2, h));
  }
}

/** A node as a cell: bands of its pods' states as high as what they ask for, and their number. */
export function paintCell(ctx: CanvasRenderingContext2D, node: NodeView, rect: Rect, resource: Resource, palette: Palette): void {
  const requested = new Map<PodState, number>();
  let count = 0;
  for (const pod of node.pods) {
    requested.set(pod.state, (requested.get(pod.state) ?? 0) + Math.max(pod.requested[resource], node.allocatable[resource] * .004));
    count++;
  }

  let y = rect.y + rect.h;
  for (const state of podStates) {
    const share = (requested.get(state) ?? 0) / Math.max(node.allocatable[resource], 1e-9);
    const h = Math.min(y - rect.y, share * rect.h);
    if (h > 0) {
      ctx.fillStyle = palette.states[state];
      ctx.globalAlpha = .75;
      ctx.fillRect(rect.x, y - h, rect.w, h);
      ctx.globalAlpha = 1;
      if (state === 'unknown') {
        hatch(ctx, rect.x, y - h, rect.w, h, palette.ink);
      }

      y -= h;
    }
  }

  if (rect.w >= 20 && rect.h >= 13 && count > 0) {
    ctx.fillStyle = palette.ink;
    ctx.font = `600 ${Math.min(13, rect.h * .7)}px ${palette.font}`;
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    ctx.fillText(String(count), rect.x + rect.w / 2, rect.y + rect.h / 2 + .5);
    ctx.textAlign = 'start';
  }

  if (requested.has('failing') && rect.w >= 8) {
    ctx.fillStyle = palette.bad;
    ctx.beginPath();
    ctx.moveTo(rect.x + rect.w, rect.y);
    ctx.lineTo(rect.x + rect.w - 6, rect.y);
    ctx.lineTo(rect.x + rect.w, rect.y + 6);
    ctx.fill();
  }
}

/** The strip below the map where pods without a node wait. */
export function paintTray(ctx: CanvasRenderingContext2D, rect: Rect, count: number, fontSize: number, palette: Palette): void {
  ctx.fillStyle = palette.paper;
  ctx.fillRect(rect.x, rect.y, rect.w, rect.h);
  ctx.strokeStyle = palette.line;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(rect.x, rect.y + .5);
  ctx.lineTo(rect.x + rect.w, rect.y + .5);
  ctx.stroke();
  ctx.fillStyle = count > 0 ? palette.warm : palette.quiet;
  ctx.font = `${count > 0 ? 600 : 400} ${fontSize}px ${palette.font}`;
  ctx.textBaseline = 'top';
  ctx.fillText(count === 0 ? 'No pod waits for a node' : count === 1 ? '1 pod waits for a node' : `${count} pods wait for a node`, rect.x + 2, rect.y + 6);
}

/** How much of its request a pod uses, or undefined when that is not known, as on a node that is silent. */
export function usedShare(model: ClusterModel, pod: PodView, resource: Resource): number | undefined {
  const used = model.usageOf(pod)?.[resource];
  return used === undefined || pod.state === 'unknown' || pod.requested[resource] <= 0 ? undefined : used / pod.requested[resource];
}

/** Slanted lines, for what nobody knows. */
function hatch(ctx: CanvasRenderingContext2D, x: number, y: number, w: number, h: number, colour: string): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(x, y, w, h);
  ctx.clip();
  ctx.beginPath();
  for (let at = x - h; at < x + w; at += 5) {
    ctx.moveTo(at, y + h);
    ctx.lineTo(at + h, y);
  }

  ctx.globalAlpha *= .45;
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1;
  ctx.stroke();
  ctx.restore();
}

function crown(ctx: CanvasRenderingContext2D, x: number, y: number, size: number, colour: string): void {
  const u = size / 12;
  ctx.fillStyle = colour;
  ctx.beginPath();
  ctx.moveTo(x + u, y + 10 * u);
  for (const [px, py] of [[0, 2], [3.5, 5], [6, 1], [8.5, 5], [12, 2], [11, 10]] as const) {
    ctx.lineTo(x + px * u, y + py * u);
  }

  ctx.fill();
}

function fitted(ctx: CanvasRenderingContext2D, text: string, width: number): string {
  if (ctx.measureText(text).width <= width) {
    return text;
  }

  // Names of nodes differ at their end.
  let short = text;
  while (short.length > 1 && ctx.measureText(`…${short}`).width > width) {
    short = short.slice(1);
  }

  return `…${short}`;
}
