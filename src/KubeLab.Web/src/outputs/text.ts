import { h } from '../shell/dom.ts';
import { overwritten, withoutAnsi } from './ansi.ts';

/** Text as it is, in a fixed width; it scrolls by keyboard as well. */
export function textElement(text: string, css: string): HTMLElement {
  return h('pre', { class: css, tabindex: 0, role: 'group', 'aria-label': css.includes('stderr') ? 'Messages' : 'Text' }, cleanText(text));
}

/** Text as a terminal would have left it. */
export function cleanText(text: string): string {
  return overwritten(withoutAnsi(text)).replace(/\n$/, '');
}
