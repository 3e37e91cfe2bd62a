import { highlight } from '../outputs/highlight.ts';
import { renderMarkdown, sanitised } from '../outputs/markdown.ts';
import { announce } from '../shell/announcer.ts';
import { h, fill, setText } from '../shell/dom.ts';
import type { View } from '../shell/view.ts';
import { clockWords } from './clock.ts';
import { loadDemo, type Demo, type DemoStep } from './demo.ts';
import { DemoButtons } from './demoButtons.ts';
import { DemoLink } from './demoLink.ts';
import { onPress } from './keys.ts';
import { atStart, isOver, stepWords, type Press, type Standing } from './standing.ts';

/** What the instructor reads while the room looks at the demo: this step, the next one, and the time. Its keys drive the other window. */
export class NotesView implements View {
  readonly title: string;
  readonly element = h('div', { class: 'notes-page' });
  readonly tools: HTMLElement;
  private readonly clock = h('span', { class: 'demo-clock' });
  private readonly buttons: DemoButtons;
  private readonly link: DemoLink;
  private readonly endKeys: () => void;
  private readonly timer: number;
  private demo: Demo | undefined;
  private standing: Standing = atStart;
  private isLinked = false;

  constructor(private readonly id: string) {
    this.title = `Notes of demo ${id}`;
    const drive = (press: Press): void => this.link.send({ kind: 'press', press });
    this.buttons = new DemoButtons(drive, this.clock);
    this.tools = this.buttons.element;
    this.link = new DemoLink(id, message => {
      if (message.kind === 'standing') {
        this.follow(message.standing, true);
      } else if (message.kind === 'gone') {
        this.follow(this.standing, false);
      }
    });
    this.endKeys = onPress(drive);
    this.timer = window.setInterval(() => this.tick(), 500);
    fill(this.element, h('p', { class: 'quiet', role: 'status' }, 'Opening the notes …'));
    void this.load();
  }

  close(): void {
    clearInterval(this.timer);
    this.endKeys();
    this.link.close();
  }

  private async load(): Promise<void> {
    try {
      this.demo = await loadDemo(this.id);
      document.title = `Notes: ${this.demo.title} · KubeLab`;
      this.render();
      this.link.send({ kind: 'hello' });
    } catch (error) {
      fill(this.element, h('h1', {}, this.title), h('p', { class: 'alarm', role: 'alert' }, `The notes cannot be opened: ${(error as Error).message}`));
    }
  }

  private follow(standing: Standing, isLinked: boolean): void {
    const isOther = standing.at !== this.standing.at || isLinked !== this.isLinked;
    this.standing = standing;
    this.isLinked = isLinked;
    if (this.demo && isOther) {
      this.render();
      scrollTo(0, 0);
      announce(isLinked ? `${stepWords(standing, this.demo.steps)}: ${this.demo.steps[standing.at]!.title}` : 'The window of the demo was closed.');
    } else if (this.demo) {
      this.buttons.show(standing, this.demo.steps);
    }

    this.tick();
  }

  private render(): void {
    const { steps, title } = this.demo!;
    const step = steps[this.standing.at]!;
    const next = steps[this.standing.at + 1];
    this.buttons.show(this.standing, steps);
    fill(this.element,
      h('h1', { class: 'demo-name' }, h('span', { class: 'quiet' }, `Notes of demo ${this.id} `), title),
      !this.isLinked && h('p', { class: 'notes-alone', role: 'status' }, 'No window shows this demo now. ', h('a', { href: `#/demo/${encodeURIComponent(this.id)}`, target: '_blank' }, 'Open it'), ', and these notes follow.'),
      h('div', { class: 'notes-columns' },
        this.section('This step', step, 'now'),
        next ? this.section('Next', next, 'later') : h('section', { class: 'notes-step later', 'aria-label': 'Next' }, h('p', { class: 'quiet' }, 'This is the last step.'))));
  }

  private section(role: string, step: DemoStep, css: string): HTMLElement {
    const code = h('pre', { class: 'editor', tabindex: 0, role: 'group', 'aria-label': `Code of ${css === 'now' ? 'this' : 'the next'} step` });
    code.append(sanitised(highlight(step.code ?? '', 'csharp')));
    return h('section', { class: `notes-step ${css}`, 'aria-label': role },
      h('p', { class: 'notes-role quiet' }, role), h('h2', {}, step.title),
      h('div', { class: 'prose' }, renderMarkdown(step.notes, `notebooks/demo-${this.id}.ipynb`)),
      step.code !== null && code);
  }

  private tick(): void {
    if (this.demo) {
      const spent = this.standing.startedAt === null ? 0 : Date.now() - this.standing.startedAt;
      setText(this.clock, clockWords(spent, this.demo.minutes));
      this.clock.classList.toggle('late', this.demo.minutes !== null && spent > this.demo.minutes * 60_000 && !isOver(this.standing, this.demo.steps));
    }
  }
}
