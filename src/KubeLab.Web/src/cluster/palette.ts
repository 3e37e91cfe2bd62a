import type { PodState } from './podState.ts';

/** The colours of the map, read from the page's style so that light, dark and map agree. */
export interface Palette {
  readonly paper: string;
  readonly raised: string;
  readonly ink: string;
  readonly quiet: string;
  readonly line: string;
  readonly strongLine: string;
  readonly accent: string;
  readonly bad: string;
  readonly badSoft: string;
  readonly warm: string;
  readonly states: Record<PodState, string>;
  readonly font: string;
}

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    paper: colour('paper'), raised: colour('raised'), ink: colour('ink'), quiet: colour('quiet'), line: colour('line'), strongLine: colour('strong-line'),
    accent: colour('accent'), bad: colour('bad'), badSoft: colour('bad-soft'), warm: colour('warm'),
    states: { running: colour('running'), starting: colour('starting'), waiting: colour('waiting'), failing: colour('failing'), unknown: colour('unknown'), succeeded: colour('succeeded'), leaving: colour('leaving') },
    font: colour('sans') || 'sans-serif',
  };
}
