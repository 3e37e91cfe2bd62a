import type { KernelState } from '../kernel/kernel.ts';
import { button, iconButton } from '../shell/button.ts';
import { h, fill, setAttribute, setText } from '../shell/dom.ts';
import { icon } from '../shell/icons.ts';

/** What the buttons above a lesson do. */
export interface LessonActions {
  runAll(): void;
  interrupt(): void;
  restart(): void;
  clear(): void;
  resetLesson(): void;
  exportHtml(): void;
  toggleCluster(): void;
}

const kernelWords: Record<KernelState, string> = { connecting: 'Connecting', ready: 'Ready', busy: 'Running', lost: 'No kernel' };

/** The buttons above a lesson, and the state of its kernel. */
export class LessonTools {
  readonly element: HTMLElement;
  readonly saved = h('span', { class: 'saved quiet' });
  private readonly state = h('span', { class: 'kernel-state', 'data-state': 'connecting' });
  private readonly stop: HTMLButtonElement;
  private readonly cluster: HTMLButtonElement;
  private readonly menu: HTMLDetailsElement;

  constructor(actions: LessonActions) {
    const choose = (action: () => void) => (): void => {
      this.menu.open = false;
      action();
    };
    this.stop = iconButton('stop', 'Interrupt the run', () => actions.interrupt(), { class: 'plain stop', disabled: true });
    this.cluster = button('cluster', 'Cluster', () => actions.toggleCluster(), { 'aria-pressed': 'false', class: 'cluster-toggle' });
    this.menu = h('details', { class: 'menu' }, h('summary', { title: 'More', 'aria-label': 'More' }, icon('more')),
      h('div', { class: 'menu-items' },
        button('trash', 'Clear all outputs', choose(() => actions.clear())),
        button('restart', 'Reset the lesson', choose(() => actions.resetLesson())),
        button('save', 'Export as HTML', choose(() => actions.exportHtml()))));
    this.menu.addEventListener('keydown', event => {
      if (event.key === 'Escape' && this.menu.open) {
        this.menu.open = false;
        this.menu.querySelector('summary')?.focus();
      }
    });
    this.menu.addEventListener('focusout', event => {
      if (!this.menu.contains(event.relatedTarget as Node | null)) {
        this.menu.open = false;
      }
    });
    this.element = h('div', { class: 'tools', role: 'group', 'aria-label': 'Lesson' },
      button('play', 'Run all', () => actions.runAll(), { class: 'strong run-all' }), this.stop,
      iconButton('restart', 'Restart the kernel', () => actions.restart()), this.state, this.saved, this.cluster, this.menu);
  }

  showKernel(state: KernelState, isRunning: boolean): void {
    this.state.dataset['state'] = state;
    fill(this.state, h('span', { class: 'dot', 'aria-hidden': 'true' }), kernelWords[state]);
    setAttribute(this.stop, 'disabled', !isRunning && state !== 'busy');
  }

  showCluster(isShown: boolean, isThere: boolean): void {
    this.cluster.setAttribute('aria-pressed', String(isShown));
    setText(this.cluster.querySelector('.words')!, isThere ? 'Cluster' : 'No cluster yet');
    setAttribute(this.cluster, 'disabled', !isThere);
  }
}
