import { h, fill } from '../shell/dom.ts';

let count = 0;

/** Asks for the line of text that a running cell waits for. */
export function askForLine(place: HTMLElement, prompt: string, isSecret: boolean): Promise<string> {
  return new Promise(resolve => {
    const id = `line-${++count}`;
    const input = h('input', { id, type: isSecret ? 'password' : 'text', autocomplete: 'off' });
    const form = h('form', { class: 'row', submit: (event: Event) => {
      event.preventDefault();
      fill(place);
      resolve(input.value);
    } }, h('label', { for: id }, prompt || 'The cell asks for a line'), input, h('button', { type: 'submit' }, 'Enter'));
    fill(place, form);
    input.focus();
  });
}
