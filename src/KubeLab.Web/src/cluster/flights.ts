import type { PodView } from './model.ts';
import type { Rect } from './rect.ts';

interface Flight { pod: PodView; from: Rect; to: Rect; start: number; node: string | undefined }
interface Fade { pod: PodView; rect: Rect; start: number }

const flightTime = 420;
const fadeTime = 700;

/** Pods on their way to a place, and pods that fade because they ended. When too many move at once they are simply there. */
export class Flights {
  private readonly flying = new Map<string, Flight>();
  private fading: Fade[] = [];

  constructor(private readonly most = 400) {
  }

  get isEmpty(): boolean {
    return this.flying.size === 0 && this.fading.length === 0;
  }

  isFlying(key: string): boolean {
    return this.flying.has(key);
  }

  /** Starts a flight; returns false when the sky is full. A pod that flies already turns where it is. */
  start(pod: PodView, from: Rect, to: Rect, node: string | undefined, now: number): boolean {
    const known = this.flying.get(pod.key);
    if (!known && this.flying.size >= this.most) {
      return false;
    }

    this.flying.set(pod.key, { pod, from: known ? at(known, now) : from, to, start: now, node });
    return true;
  }

  fade(pod: PodView, rect: Rect, now: number): void {
    const known = this.flying.get(pod.key);
    this.flying.delete(pod.key);
    if (this.fading.length < this.most) {
      this.fading.push({ pod, rect: known ? at(known, now) : rect, start: now });
    }
  }

  clear(): void {
    this.flying.clear();
    this.fading = [];
  }

  /** Where all are now. Returns the nodes at which pods have landed. */
  step(now: number, paint: (pod: PodView, rect: Rect, alpha: number) => void): Set<string | undefined> {
    const landed = new Set<string | undefined>();
    for (const [key, flight] of this.flying) {
      if (now - flight.start >= flightTime) {
        this.flying.delete(key);
        landed.add(flight.node);
      }

      paint(flight.pod, at(flight, now), 1);
    }

    this.fading = this.fading.filter(fade => now - fade.start < fadeTime);
    for (const { pod, rect, start } of this.fading) {
      const share = (now - start) / fadeTime;
      const shrink = share * .3;
      paint(pod, { x: rect.x + rect.w * shrink / 2, y: rect.y + rect.h * shrink / 2, w: rect.w * (1 - shrink), h: rect.h * (1 - shrink) }, 1 - share);
    }

    return landed;
  }
}

function at(flight: Flight, now: number): Rect {
  const t = Math.min(1, Math.max(0, (now - flight.start) / flightTime));
  const eased = 1 - (1 - t) ** 3;
  const mix = (a: number, b: number): number => a + (b - a) * eased;
  const { from, to } = flight;
  return { x: mix(from.x, to.x), y: mix(from.y, to.y), w: mix(from.w, to.w), h: mix(from.h, to.h) };
}
