import { h, type Attributes, type Child } from './dom.ts';
import { icon, type IconName } from './icons.ts';

/** A button with a drawing and words. */
export function button(name: IconName, words: string, press: () => void, attributes: Attributes = {}, ...more: Child[]): HTMLButtonElement {
  return h('button', { type: 'button', click: press, ...attributes }, icon(name), h('span', { class: 'words' }, words), ...more);
}

/** A button with a drawing only; its words are read out and shown on hover. */
export function iconButton(name: IconName, words: string, press: () => void, attributes: Attributes = {}): HTMLButtonElement {
  return h('button', { type: 'button', class: 'plain', title: words, 'aria-label': words, click: press, ...attributes }, icon(name));
}
