/** How long a demo has gone on, and how long it may: `2:05 of 5 min`. */
export function clockWords(milliseconds: number, minutes: number | null): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}${minutes === null ? '' : ` of ${minutes} min`}`;
}
