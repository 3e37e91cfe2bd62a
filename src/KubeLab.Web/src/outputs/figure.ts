/** A Plotly figure as the lab writes it. */
export interface Figure {
  data?: Trace[];
  layout?: Layout;
  config?: Record<string, unknown>;
}

/** One series of a figure, as far as the page reads it. */
export interface Trace {
  name?: string;
  type?: string;
  x?: unknown;
  y?: unknown;
  base?: unknown;
  text?: unknown;
  labels?: unknown;
  values?: unknown;
  [key: string]: unknown;
}

/** What stands around the series. */
export interface Layout {
  title?: string | { text?: string };
  height?: number;
  width?: number;
  template?: Template;
  meta?: { alt?: string; description?: string; dark?: Template };
  xaxis?: { title?: string | { text?: string } };
  [key: string]: unknown;
}

/** Colours and fonts. */
export interface Template { layout?: Record<string, unknown>; data?: unknown }

/** The title without Plotly's little HTML. */
export function titleOf(figure: Figure): string {
  return plain(textOf(figure.layout?.title)) || 'Chart';
}

/** The words for those who do not see the picture. */
export function wordsOf(figure: Figure, text: string): string {
  const words = figure.layout?.meta?.alt ?? figure.layout?.meta?.description;
  return words ?? (text.length > 0 && text.length < 400 ? text : titleOf(figure));
}

/** The points of a figure as rows, at most `limit` of them. */
export function rowsOf(figure: Figure, limit = 400): { heads: string[]; rows: string[][]; isCut: boolean } {
  const rows: string[][] = [];
  let isCut = false;
  for (const [index, trace] of (figure.data ?? []).entries()) {
    const xs = list(trace.x ?? trace.labels);
    const ys = list(trace.y ?? trace.values);
    const name = plain(trace.name ?? `series ${index + 1}`);
    for (let i = 0; i < Math.max(xs.length, ys.length); i++) {
      if (rows.length === limit) {
        isCut = true;
        break;
      }

      rows.push([name, written(xs[i]), written(ys[i])]);
    }
  }

  return { heads: ['Series', plain(textOf(figure.layout?.xaxis?.title)) || 'x', 'Value'], rows, isCut };
}

function textOf(value: string | { text?: string } | undefined): string {
  return typeof value === 'string' ? value : value?.text ?? '';
}

function plain(text: string): string {
  return text.replace(/<[^>]*>/g, '');
}

/** Plotly's lists are arrays, or base64 with a type; the latter are left to the picture. */
function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function written(value: unknown): string {
  return value === null || value === undefined ? '' : typeof value === 'number' ? String(Math.round(value * 1e6) / 1e6) : String(value);
}
