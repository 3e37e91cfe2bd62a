import { h } from '../shell/dom.ts';
import { withoutAnsi } from './ansi.ts';

/** An error: what went wrong first, where it happened folded below. */
export function errorElement(name: string, message: string, traceback: readonly string[]): HTMLElement {
  const trace = withoutAnsi(traceback.join('\n')).trim();
  const text = withoutAnsi(message).trim();
  const isSaidAlready = trace === text || trace === `${name}: ${text}` || trace.length === 0;
  return h('div', { class: 'error-output' },
    h('p', { class: 'error-words' }, h('strong', {}, 'Error '), h('span', { class: 'error-name' }, name), text.length < 400 && !trace.startsWith(text) ? `: ${text}` : ''),
    !isSaidAlready && h('pre', { tabindex: 0, role: 'group', 'aria-label': 'Where the error happened' }, trace),
    isSaidAlready && text.length >= 400 && h('pre', { tabindex: 0, role: 'group', 'aria-label': 'The error' }, text));
}
