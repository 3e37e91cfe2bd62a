import { button } from '../shell/button.ts';
import { h, setAttribute, setText } from '../shell/dom.ts';
import type { DemoStep } from './demo.ts';
import { isOver, nextWords, stepWords, type Press, type Standing } from './standing.ts';

/** The buttons of both windows, for mouse and touch, and the step's number. */
export class DemoButtons {
  readonly element: HTMLElement;
  private readonly counter = h('span', { class: 'demo-counter' });
  private readonly back: HTMLButtonElement;
  private readonly next: HTMLButtonElement;

  constructor(act: (press: Press) => void, ...more: (HTMLElement | false)[]) {
    this.back = button('back', 'Back', () => act('back'), { title: 'Left arrow', 'aria-disabled': 'true' });
    this.next = button('play', 'Run it', () => act('next'), { class: 'strong', title: 'Space, Enter, or right arrow' });
    this.element = h('div', { class: 'tools', role: 'group', 'aria-label': 'Demo' }, this.back, this.next,
      button('restart', 'Start again', () => act('restart'), { title: 'Home' }), this.counter, ...more);
  }

  /** A button that does nothing now stays where it is, so that it keeps the focus and the room's eyes. */
  show(standing: Standing, steps: readonly DemoStep[]): void {
    setText(this.counter, stepWords(standing, steps));
    setText(this.next.querySelector('.words')!, nextWords(standing, steps));
    setAttribute(this.back, 'aria-disabled', standing.at === 0 ? 'true' : null);
    setAttribute(this.next, 'aria-disabled', isOver(standing, steps) || (standing.isRunning && standing.at === standing.done) ? 'true' : null);
  }
}
