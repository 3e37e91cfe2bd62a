import { h } from './dom.ts';

/** Asks before something is lost. Resolves with whether the learner agreed; Escape says no. */
export function confirmed(question: string, yes: string): Promise<boolean> {
  return new Promise(resolve => {
    const dialog = h('dialog', { class: 'ask', 'aria-labelledby': 'ask-question' },
      h('form', { method: 'dialog' },
        h('p', { id: 'ask-question' }, question),
        h('div', { class: 'row end' },
          h('button', { value: 'no' }, 'Cancel'),
          h('button', { value: 'yes', class: 'strong' }, yes))));
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
