import { announce } from '../shell/announcer.ts';
import { iconButton } from '../shell/button.ts';
import { h, setAttribute, setText } from '../shell/dom.ts';
import { icon } from '../shell/icons.ts';
import type { Clock, LabApi } from './labApi.ts';
import { clockWords } from './time.ts';

const speeds = [1, 10, 60, 600, 3600];

/** The simulated clock: what time it is, pause, step, speed, and an hour that passes at once. */
export class ClockBar {
  readonly element: HTMLElement;
  private readonly day = h('span', { class: 'day' });
  private readonly time = h('span');
  private readonly now = h('time', { class: 'now' }, this.day, this.time);
  private readonly pause: HTMLButtonElement;
  private readonly speed: HTMLSelectElement;
  private readonly controls: (HTMLButtonElement | HTMLSelectElement)[];
  private isPaused = false;

  constructor(private readonly lab: LabApi, private readonly changed: () => void) {
    this.pause = iconButton('pause', 'Pause the clock', () => this.ask({ do: this.isPaused ? 'play' : 'pause' }));
    this.speed = h('select', { 'aria-label': 'Speed of the clock', change: () => this.ask({ do: 'speed', speed: Number(this.speed.value) }) },
      ...speeds.map(speed => h('option', { value: speed }, speed === 1 ? 'real time' : `${speed} times`)));
    const step = iconButton('step', 'One step: to the next thing that happens', () => this.ask({ do: 'step' }));
    const minutes = h('button', { type: 'button', class: 'small', click: () => this.ask({ do: 'forward', seconds: 600 }) }, '+10 min');
    const hour = h('button', { type: 'button', class: 'small', click: () => this.ask({ do: 'forward', seconds: 3600 }) }, '+1 h');
    this.controls = [this.pause, step, this.speed, minutes, hour];
    this.element = h('div', { class: 'clock-bar', role: 'group', 'aria-label': 'Clock of the cluster', hidden: true }, icon('clock'), this.now, this.pause, step, this.speed, minutes, hour);
  }

  show(clock: Clock | undefined): void {
    this.element.hidden = clock === undefined;
    if (!clock) {
      return;
    }

    const [day = '', time = ''] = clockWords(clock.now).split(' ');
    setText(this.day, `${day} `);
    setText(this.time, time);
    this.now.title = clockWords(clock.now);
    this.now.dateTime = clock.now;
    // A clock that only moves when a cell asks for it has nothing to pause.
    this.controls.forEach(control => setAttribute(control, 'disabled', !clock.canPause && (control === this.pause || control === this.speed)));
    if (this.isPaused !== clock.paused || this.pause.title === '') {
      this.isPaused = clock.paused;
      const words = clock.paused ? 'Let the clock run' : 'Pause the clock';
      this.pause.title = words;
      this.pause.setAttribute('aria-label', words);
      this.pause.replaceChildren(icon(clock.paused ? 'play' : 'pause'));
    }

    const speed = String(clock.speed);
    if (document.activeElement !== this.speed && this.speed.value !== speed) {
      if (![...this.speed.options].some(option => option.value === speed)) {
        this.speed.append(h('option', { value: speed }, /^\d/.test(speed) ? `${speed} times` : speed));
      }

      this.speed.value = speed;
    }
  }

  private ask(wish: Parameters<LabApi['setClock']>[0]): void {
    this.lab.setClock(wish).then(clock => {
      if (clock && 'now' in clock) {
        this.show(clock);
      }

      announce(wish.do === 'pause' ? 'The clock is paused.' : wish.do === 'play' ? 'The clock runs.' : `It is ${clock ? clockWords(clock.now) : 'later'}.`);
      this.changed();
    }, (error: unknown) => announce(`The clock does not do that: ${(error as Error).message}`));
  }
}
