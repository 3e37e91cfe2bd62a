import { listEpisodes } from '../catalog/episode.ts';
import { Progress } from '../catalog/progress.ts';
import type { CodeCell } from '../cells/codeCell.ts';
import { ClusterPanel } from '../cluster/clusterPanel.ts';
import { LabKernel } from '../kernel/kernel.ts';
import { labServer } from '../kernel/server.ts';
import { announce } from '../shell/announcer.ts';
import { confirmed } from '../shell/dialog.ts';
import { h, fill } from '../shell/dom.ts';
import { sendJson } from '../shell/http.ts';
import { recall, remember } from '../shell/store.ts';
import type { View } from '../shell/view.ts';
import { Autosave } from './autosave.ts';
import { download, exportHtml } from './exportHtml.ts';
import { LessonBody } from './lessonBody.ts';
import { LessonTools } from './lessonTools.ts';
import { readNotebook } from './notebook.ts';
import { outline } from './outline.ts';
import { RunMemory } from './runMemory.ts';
import { SaveConflict } from './saveConflict.ts';

/** A lesson: the page to read and run, and beside it the cluster it works on. */
export class LessonView implements View {
  readonly title: string;
  readonly element: HTMLElement;
  readonly tools: HTMLElement;
  private readonly lessonTools: LessonTools;
  private readonly article = h('article', { class: 'lesson' });
  private readonly side = h('aside', { class: 'side', 'aria-label': 'The cluster, live' });
  private readonly left = h('div', { class: 'left' });
  private body: LessonBody | undefined;
  private save: Autosave | undefined;
  private conflict: SaveConflict | undefined;
  private kernel: LabKernel | undefined;
  private progress: Progress | undefined;
  private cluster: ClusterPanel | undefined;
  private endOutline: (() => void) | undefined;
  private path = '';
  private wantsCluster = recall('cluster') !== 'hidden';
  private isClosed = false;

  constructor(private readonly id: string) {
    this.title = `Lesson ${id}`;
    this.lessonTools = new LessonTools({
      runAll: () => { void this.body?.runner.runAll(); },
      interrupt: () => { this.body?.runner.stop(); void this.kernel?.interrupt().catch(() => undefined); },
      restart: () => { void this.restart(); },
      clear: () => this.body?.clearOutputs(),
      resetLesson: () => { void this.reset(); },
      exportHtml: () => { void this.export(); },
      toggleCluster: () => this.toggleCluster(),
    });
    this.tools = this.lessonTools.element;
    this.element = h('div', { class: 'lesson-page' }, this.left, this.article, this.side);
    fill(this.article, h('p', { class: 'quiet', role: 'status' }, 'Opening the lesson …'));
    this.showSide();
    void this.load();
  }

  close(): void {
    this.isClosed = true;
    void this.save?.leave();
    void this.progress?.flush();
    this.conflict?.close();
    this.endOutline?.();
    this.cluster?.close();
    this.body?.close();
    this.kernel?.close();
  }

  private async load(): Promise<void> {
    try {
      const [opened, progress] = await Promise.all([sendJson<{ path: string }>('POST', `lab/api/lessons/${encodeURIComponent(this.id)}/open`), Progress.load()]);
      this.path = opened?.path ?? '';
      this.progress = progress;
      const model = await labServer().contents.get(this.path, { type: 'notebook', content: true });
      const notebook = readNotebook(model.content);
      if (this.isClosed) {
        return;
      }

      this.save = new Autosave(this.path, notebook, model.last_modified, this.lessonTools.saved);
      this.conflict = new SaveConflict(this.save, () => showAgain());
      this.body = new LessonBody(this.id, this.path, notebook, progress, () => this.kernel, this.save);
      this.body.ran = () => { void this.cluster?.refresh(); };
      this.body.runner.changed = isRunning => this.lessonTools.showKernel(this.kernel?.state ?? 'connecting', isRunning);
      fill(this.article, this.conflict.element, this.body.element);
      const sections = outline(this.article);
      this.endOutline = sections.close;
      fill(this.left, sections.element);
      document.title = `${this.article.querySelector('h1')?.textContent ?? this.title} · KubeLab`;
      void this.addNext();
    } catch (error) {
      fill(this.article, h('h1', {}, this.title), h('p', { class: 'alarm', role: 'alert' }, `The lesson cannot be opened: ${(error as Error).message}`));
      return;
    }

    await this.connect();
  }

  private async connect(): Promise<void> {
    this.lessonTools.showKernel('connecting', false);
    try {
      const kernel = new LabKernel(await labServer().open(this.path));
      if (this.isClosed) {
        kernel.close();
        return;
      }

      this.kernel = kernel;
      kernel.stateChanged = state => this.lessonTools.showKernel(state, this.body?.runner.isRunning === true);
      kernel.stateChanged(kernel.state);
      this.body!.remember(new RunMemory(this.path, kernel.id));
      this.cluster = new ClusterPanel(kernel.id, isThere => this.lessonTools.showCluster(this.wantsCluster && isThere, isThere));
      this.showSide();
    } catch (error) {
      this.lessonTools.showKernel('lost', false);
      announce(`The kernel does not start: ${(error as Error).message}`);
    }
  }

  private async restart(): Promise<void> {
    if (!await confirmed('Restart the kernel? The cluster and all variables are lost; your text and the outputs stay.', 'Restart')) {
      return;
    }

    this.body?.runner.stop();
    try {
      if (this.kernel) {
        await this.kernel.restart();
      } else {
        await this.connect();
      }

      this.body?.restarted();
      announce('The kernel is restarted.');
    } catch (error) {
      announce(`The kernel cannot be restarted: ${(error as Error).message}`);
    }
  }

  private async reset(): Promise<void> {
    if (!await confirmed('Reset the lesson? Your text, outputs and predictions of this lesson are lost. What you passed stays passed.', 'Reset')) {
      return;
    }

    this.save?.stop();
    this.body?.forgetPredictions();
    await this.progress?.flush();
    try {
      await sendJson('POST', `lab/api/lessons/${encodeURIComponent(this.id)}/reset`);
      await this.kernel?.restart().catch(() => undefined);
    } catch (error) {
      announce(`The lesson cannot be reset: ${(error as Error).message}`);
      return;
    }

    this.body?.restarted();
    showAgain();
  }

  private async export(): Promise<void> {
    if (this.body) {
      const sources = new Map(this.body.cells.map((cell: CodeCell) => [cell.cell.id, cell.source]));
      download(`${this.path.split('/').at(-1)?.replace(/\.ipynb$/, '') ?? this.id}.html`, await exportHtml(this.body.element, document.title, sources));
    }
  }

  private toggleCluster(): void {
    this.wantsCluster = !this.wantsCluster;
    remember('cluster', this.wantsCluster ? 'shown' : 'hidden');
    this.showSide();
  }

  /** The cluster stands beside the lesson as soon as there is one; before that the lesson has the room. */
  private showSide(): void {
    const isThere = this.cluster?.isThere === true;
    const isShown = this.wantsCluster && isThere;
    this.lessonTools.showCluster(isShown, isThere);
    this.side.hidden = !isShown;
    this.element.classList.toggle('with-cluster', isShown);
    if (this.cluster) {
      this.cluster.appeared = () => this.showSide();
      if (!this.cluster.element.isConnected || this.cluster.element.parentElement !== this.side) {
        fill(this.side, this.cluster.element);
      }

      this.cluster.setShown(isShown);
    }
  }

  private async addNext(): Promise<void> {
    const episodes = await listEpisodes().catch(() => []);
    const original = episodes.find(episode => episode.id === this.id)?.path;
    if (original && original !== this.path) {
      void labServer().contents.get(original, { type: 'notebook', content: true }).then(model => this.body?.setOriginals(readNotebook(model.content).cells), () => undefined);
    }

    const next = episodes[episodes.findIndex(episode => episode.id === this.id) + 1];
    this.article.append(h('p', { class: 'next' }, h('a', { href: '#/' }, 'All lessons'),
      next && h('a', { href: `#/lesson/${next.id}` }, `Next: ${next.title}`)));
  }
}

/** Opens the same view once more, from what the server has. */
function showAgain(): void {
  dispatchEvent(new HashChangeEvent('hashchange'));
}
