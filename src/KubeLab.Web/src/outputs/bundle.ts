import { h } from '../shell/dom.ts';
import { joined, type MimeBundle } from '../lesson/notebook.ts';
import { chartElement } from './chart.ts';
import { renderMarkdown, sanitised, scrollable } from './markdown.ts';
import { fitText, textElement } from './text.ts';
import type { Figure } from './figure.ts';

/** A value in the richest form that the page can hold. */
export function bundleElement(data: MimeBundle, path: string): HTMLElement {
  const figure = data['application/vnd.plotly.v1+json'];
  const text = joined(data['text/plain']);
  if (figure) {
    return chartElement((typeof figure === 'string' ? JSON.parse(figure) : figure) as Figure, text);
  }

  if (data['text/html'] !== undefined) {
    return htmlElement(joined(data['text/html']));
  }

  if (data['image/svg+xml'] !== undefined) {
    return h('div', { class: 'html-output', role: 'img', 'aria-label': text || 'Picture' }, sanitised(joined(data['image/svg+xml'])));
  }

  if (data['text/markdown'] !== undefined) {
    return h('div', { class: 'html-output prose' }, renderMarkdown(joined(data['text/markdown']), path));
  }

  for (const type of ['image/png', 'image/jpeg', 'image/gif']) {
    if (data[type] !== undefined) {
      return h('img', { class: 'html-output', alt: text || 'Picture', src: `data:${type};base64,${joined(data[type]).trim()}` });
    }
  }

  const json = data['application/json'];
  return textElement(text || (json === undefined ? '' : JSON.stringify(json, null, 2)), 'text-output');
}

function htmlElement(html: string): HTMLElement {
  const fragment = sanitised(html);
  for (const table of fragment.querySelectorAll('table')) {
    if (!table.parentElement?.closest('table')) {
      scrollable(table, 'Table');
    }
  }

  for (const text of fragment.querySelectorAll('pre')) {
    text.classList.add('text-output');
    fitText(text);
    text.tabIndex = 0;
    text.setAttribute('role', 'group');
    text.setAttribute('aria-label', 'Text');
  }

  for (const image of fragment.querySelectorAll('img:not([alt])')) {
    image.setAttribute('alt', 'Picture');
  }

  return h('div', { class: 'html-output' }, fragment);
}
