import { h } from '../shell/dom.ts';
import { overwritten, withoutAnsi } from './ansi.ts';

/** Text as it is, in a fixed width; it scrolls by keyboard as well. */
export function textElement(text: string, css: string): HTMLElement {
  const element = h('pre', { class: css, tabindex: 0, role: 'group', 'aria-label': css.includes('stderr') ? 'Messages' : 'Text' });
  showText(element, text);
  return element;
}

/** Writes the text, and tells the style how many letters wide it is: a table that is a little too wide is written smaller rather than cut. */
export function showText(element: HTMLElement, text: string): void {
  element.textContent = cleanText(text);
  fitText(element);
}

/** Tells the style how many letters wide the text of an element is. */
export function fitText(element: HTMLElement): void {
  element.style.setProperty('--columns', String(widest(element.textContent ?? '')));
}

/** Text as a terminal would have left it. */
export function cleanText(text: string): string {
  return overwritten(withoutAnsi(text)).replace(/\n$/, '');
}

/** The letters of the longest of the first lines; a program may print very many. */
export function widest(text: string): number {
  return text.slice(0, 50_000).split('\n').reduce((most, line) => Math.max(most, line.length), 1);
}
