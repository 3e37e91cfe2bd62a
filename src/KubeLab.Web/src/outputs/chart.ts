import { h, fill } from '../shell/dom.ts';
import { isDark, onLook } from '../shell/theme.ts';
import { chartTemplate } from './chartTemplate.ts';
import { rowsOf, titleOf, wordsOf, type Figure } from './figure.ts';

interface Plotly {
  react(place: HTMLElement, data: unknown, layout: unknown, config: unknown): Promise<unknown>;
  purge(place: HTMLElement): void;
  toImage(place: HTMLElement, options: { format: 'svg'; width: number; height: number }): Promise<string>;
}

const config = {
  responsive: true, displaylogo: false, displayModeBar: 'hover', showSendToCloud: false, plotlyServerURL: '',
  modeBarButtonsToRemove: ['lasso2d', 'select2d', 'autoScale2d'],
};

let library: Promise<Plotly> | undefined;

/** The charting library is large, and comes when the first chart is seen. */
export function plotly(): Promise<Plotly> {
  return library ??= import('plotly.js-basic-dist-min').then(module => (module as unknown as { default: Plotly }).default);
}

/** A chart with its words below and its numbers as a table, drawn when it comes into sight. */
export function chartElement(figure: Figure, text: string): HTMLElement {
  const height = Math.min(2000, Math.max(160, figure.layout?.height ?? 420));
  const place = h('div', { class: 'plot', role: 'group', 'aria-label': titleOf(figure), style: `height:${height}px` });
  const details = h('details', { class: 'figure-data' }, h('summary', {}, 'Numbers of the chart'));
  details.addEventListener('toggle', () => {
    if (details.open && details.childElementCount === 1) {
      details.append(tableOf(figure));
    }
  });
  const element = h('figure', { class: 'chart' }, place, h('figcaption', {}, wordsOf(figure, text)), details);
  drawWhenSeen(place, figure);
  return element;
}

function drawWhenSeen(place: HTMLElement, figure: Figure): void {
  let stop: (() => void) | undefined;
  const draw = async (): Promise<void> => {
    if (!place.isConnected) {
      stop?.();
      return;
    }

    const library = await plotly();
    const { width: _, ...layout } = figure.layout ?? {};
    await library.react(place, figure.data ?? [], { ...layout, template: chartTemplate(figure.layout, isDark()), autosize: true }, { ...config, ...figure.config });
    place.dataset['drawn'] = 'true';
  };
  const seen = new IntersectionObserver(entries => {
    if (entries.some(entry => entry.isIntersecting)) {
      seen.disconnect();
      void draw();
      stop = onLook(() => { void draw(); });
    }
  }, { rootMargin: '400px' });
  seen.observe(place);
}

function tableOf(figure: Figure): HTMLElement {
  const { heads, rows, isCut } = rowsOf(figure);
  const table = h('table', {}, h('thead', {}, h('tr', {}, ...heads.map(head => h('th', { scope: 'col' }, head)))));
  const body = h('tbody');
  fill(body, ...rows.map(row => h('tr', {}, ...row.map(cell => h('td', {}, cell)))));
  table.append(body);
  return h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': `Numbers of ${titleOf(figure)}` }, table,
    isCut && h('p', { class: 'quiet' }, 'The table ends here; the chart shows more points.'));
}
