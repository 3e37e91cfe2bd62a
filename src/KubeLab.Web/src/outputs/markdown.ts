import DOMPurify from 'dompurify';
import MarkdownIt from 'markdown-it';
import { highlight } from './highlight.ts';

const markdown = new MarkdownIt({ html: true, linkify: false, typographer: false, highlight });

/** HTML that a cell or a text brought: scripts, handlers and frames are taken out, and nothing is fetched from elsewhere. */
export function sanitised(html: string): DocumentFragment {
  return DOMPurify.sanitize(html, {
    RETURN_DOM_FRAGMENT: true, USE_PROFILES: { html: true, svg: true, svgFilters: true }, ADD_ATTR: ['target'],
    FORBID_TAGS: ['form', 'iframe', 'object', 'embed', 'base', 'meta', 'link'], FORBID_ATTR: ['autofocus'],
  });
}

/** Renders markdown; `path` is the notebook's own path, from which its pictures and links are reckoned. */
export function renderMarkdown(text: string, path: string): DocumentFragment {
  const fragment = sanitised(markdown.render(text));
  for (const image of fragment.querySelectorAll('img')) {
    const source = image.getAttribute('src') ?? '';
    if (!/^[a-z]+:|^\//i.test(source)) {
      image.src = `files/${resolved(path, source)}`;
    }

    image.loading = 'lazy';
  }

  for (const link of fragment.querySelectorAll('a')) {
    const target = link.getAttribute('href') ?? '';
    const lesson = /^(?:\.\/|notebooks\/)?(\d+)-[^/]*\.(?:ipynb|md|html)(#.*)?$/.exec(target);
    if (lesson) {
      link.href = `#/lesson/${lesson[1]}`;
    } else if (/^https?:/.test(target)) {
      link.target = '_blank';
      link.rel = 'noopener noreferrer';
    }
  }

  for (const table of fragment.querySelectorAll('table')) {
    scrollable(table, 'Table');
  }

  for (const block of fragment.querySelectorAll('pre')) {
    block.tabIndex = 0;
    block.setAttribute('role', 'group');
    block.setAttribute('aria-label', 'Code to read');
  }

  return fragment;
}

/** Wide tables scroll inside their own frame, which the keyboard reaches. */
export function scrollable(table: HTMLTableElement, name: string): void {
  const frame = document.createElement('div');
  frame.className = 'scroll-x';
  frame.tabIndex = 0;
  frame.setAttribute('role', 'group');
  frame.setAttribute('aria-label', table.caption?.textContent || name);
  table.replaceWith(frame);
  frame.append(table);
}

/** A path as seen from a file: `notebooks/05.ipynb` and `../episodes/fig/a.svg` are `episodes/fig/a.svg`. */
export function resolved(from: string, target: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '..') {
      parts.pop();
    } else if (part !== '.' && part !== '') {
      parts.push(part);
    }
  }

  return parts.join('/');
}
