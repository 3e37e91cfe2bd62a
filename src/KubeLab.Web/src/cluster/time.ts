/** An instant in the cluster's own time, as people write it. */
export function clockWords(iso: string): string {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)/.exec(iso);
  return match ? `${match[1]} ${match[2]}` : iso;
}

/** The time of day only. */
export function timeWords(iso: string): string {
  return /T(\d\d:\d\d:\d\d)/.exec(iso)?.[1] ?? '';
}

/** A span in the words of kubectl: 12s, 4m30s, 2h5m, 3d4h. */
export function spanWords(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [d, h, m, s] = [Math.floor(whole / 86400), Math.floor(whole / 3600) % 24, Math.floor(whole / 60) % 60, whole % 60];
  return d > 0 ? `${d}d${h > 0 ? `${h}h` : ''}` : h > 0 ? `${h}h${m > 0 ? `${m}m` : ''}` : m > 0 ? `${m}m${s > 0 ? `${s}s` : ''}` : `${s}s`;
}
