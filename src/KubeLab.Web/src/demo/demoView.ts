import { ClusterPanel } from '../cluster/clusterPanel.ts';
import { LabKernel } from '../kernel/kernel.ts';
import { labServer } from '../kernel/server.ts';
import { announce } from '../shell/announcer.ts';
import { h, fill } from '../shell/dom.ts';
import { icon } from '../shell/icons.ts';
import type { View } from '../shell/view.ts';
import { loadDemo, type Demo } from './demo.ts';
import { DemoButtons } from './demoButtons.ts';
import { DemoLink } from './demoLink.ts';
import { DemoStage } from './demoStage.ts';
import { onPress } from './keys.ts';
import { atStart, finished, pressed, stepWords, type Press, type Standing } from './standing.ts';

/** A demo before the room: one step at a time in large letters, and beside it the cluster. The notes are in a window of their own. */
export class DemoView implements View {
  readonly title: string;
  readonly element: HTMLElement;
  readonly tools: HTMLElement;
  private readonly buttons: DemoButtons;
  private readonly article = h('article', { class: 'demo' });
  private readonly side = h('aside', { class: 'side', 'aria-label': 'The cluster, live', hidden: true });
  private readonly link: DemoLink;
  private readonly endKeys: () => void;
  private demo: Demo | undefined;
  private stage: DemoStage | undefined;
  private kernel: LabKernel | undefined;
  /** A kernel that nothing has run in yet; runs wait for it. */
  private fresh: Promise<void> = Promise.resolve();
  private cluster: ClusterPanel | undefined;
  private standing: Standing = atStart;
  /** Counts the restarts, so that a run of a life before is known as such. */
  private life = 0;
  private isClosed = false;

  constructor(private readonly id: string) {
    this.title = `Demo ${id}`;
    this.buttons = new DemoButtons(press => this.act(press),
      h('a', { class: 'demo-notes-link', href: `#/demo/${encodeURIComponent(id)}/notes`, target: '_blank' }, icon('list'), h('span', { class: 'words' }, 'Notes'), h('span', { class: 'unseen' }, ' in a second window')));
    this.tools = this.buttons.element;
    this.element = h('div', { class: 'demo-page' }, this.article, this.side);
    this.link = new DemoLink(id, message => {
      if (message.kind === 'press') {
        this.act(message.press);
      } else if (message.kind === 'hello') {
        this.tell();
      }
    });
    this.endKeys = onPress(press => this.act(press));
    fill(this.article, h('p', { class: 'quiet', role: 'status' }, 'Opening the demo …'));
    void this.load();
  }

  close(): void {
    this.isClosed = true;
    this.link.send({ kind: 'gone' });
    this.link.close();
    this.endKeys();
    this.cluster?.close();
    this.stage?.close();
    this.kernel?.close();
  }

  private async load(): Promise<void> {
    try {
      const demo = await loadDemo(this.id);
      if (this.isClosed) {
        return;
      }

      // No file is behind the path: it gives the kernel the folder that the lesson's cells run in.
      const path = `notebooks/demo-${demo.id}.ipynb`;
      this.stage = new DemoStage(demo, path, () => this.kernel);
      this.stage.ran = () => { void this.cluster?.refresh(); };
      this.demo = demo;
      this.fresh = this.connect(path);
      document.title = `Demo: ${demo.title} · KubeLab`;
      fill(this.article, h('h1', { class: 'demo-name' }, h('span', { class: 'quiet' }, `Demo ${demo.id} `), demo.title), this.stage.element);
      this.show(atStart);
    } catch (error) {
      fill(this.article, h('h1', {}, this.title), h('p', { class: 'alarm', role: 'alert' }, `The demo cannot be opened: ${(error as Error).message}`));
    }
  }

  /** A kernel may live on from a demo before; this one begins with an empty one. */
  private async connect(path: string): Promise<void> {
    try {
      const kernel = new LabKernel(await labServer().openAnew(path));
      if (this.isClosed) {
        kernel.close();
        return;
      }

      this.kernel = kernel;
      this.cluster = new ClusterPanel(kernel.id, () => undefined);
      this.cluster.appeared = () => this.showCluster();
      fill(this.side, this.cluster.element);
    } catch (error) {
      announce(`The kernel does not start: ${(error as Error).message}`);
    }
  }

  private act(press: Press): void {
    if (!this.demo) {
      return;
    }

    const { standing, effect } = pressed(this.standing, press, this.demo.steps, Date.now());
    this.show(standing);
    if (effect === 'run') {
      void this.play(standing.done);
    } else if (effect === 'restart') {
      this.restart();
    }
  }

  private async play(index: number): Promise<void> {
    const life = this.life;
    const run = this.stage!.reveal(index);
    await this.fresh;
    if (life === this.life && !this.isClosed) {
      const end = await run();
      if (life === this.life) {
        announce(end === 'ok' ? 'The code has run.' : 'The code failed.');
        this.show(finished(this.standing));
      }
    }
  }

  private restart(): void {
    this.life++;
    this.stage!.clear();
    announce('The demo starts again.');
    this.fresh = this.fresh.then(() => this.kernel ? this.kernel.restart() : this.connect(this.stage!.path)).then(() => this.cluster?.refresh(), error => announce(`The kernel cannot be restarted: ${(error as Error).message}`));
  }

  private show(standing: Standing): void {
    const isOther = standing.at !== this.standing.at;
    this.standing = standing;
    this.stage!.show(standing.at);
    this.buttons.show(standing, this.demo!.steps);
    if (isOther) {
      scrollTo(0, 0);
      announce(`${stepWords(standing, this.demo!.steps)}: ${this.demo!.steps[standing.at]!.title}`);
    }

    this.tell();
  }

  /** The notes follow. */
  private tell(): void {
    if (this.demo) {
      this.link.send({ kind: 'standing', standing: this.standing });
    }
  }

  private showCluster(): void {
    const isThere = this.cluster?.isThere === true;
    this.side.hidden = !isThere;
    this.element.classList.toggle('with-cluster', isThere);
    this.cluster?.setShown(isThere);
  }
}
