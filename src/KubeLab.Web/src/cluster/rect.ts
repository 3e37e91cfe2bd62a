/** A rectangle in CSS pixels. */
export interface Rect { x: number; y: number; w: number; h: number }

export function contains(rect: Rect, x: number, y: number): boolean {
  return x >= rect.x && x < rect.x + rect.w && y >= rect.y && y < rect.y + rect.h;
}
