import { h } from '../shell/dom.ts';
import { joined, type MimeBundle, type Output } from '../lesson/notebook.ts';
import { bundleElement } from './bundle.ts';
import { errorElement } from './error.ts';
import { showText, textElement } from './text.ts';

/** Below a cell: what it showed. Outputs come one by one; texts of one stream grow together. */
export class OutputArea {
  readonly element: HTMLElement;
  /** The outputs as they are saved. */
  outputs: Output[] = [];
  /** Called after anything changed. */
  changed: () => void = () => undefined;
  private readonly displays = new Map<string, { index: number }[]>();
  private readonly path: string;
  private clearsNext = false;
  /** Texts that have grown since the last frame: of both streams, when a cell writes to both. */
  private readonly growing = new Map<HTMLElement, string>();

  constructor(label: string, path: string) {
    this.path = path;
    this.element = h('div', { class: 'outputs', role: 'group', 'aria-label': label });
  }

  show(outputs: readonly Output[]): void {
    this.clear();
    outputs.forEach(output => this.add(output));
  }

  add(output: Output, displayId?: string): void {
    if (this.clearsNext) {
      this.clear();
    }

    const last = this.outputs.at(-1);
    if (output.output_type === 'stream' && last?.output_type === 'stream' && last.name === output.name) {
      last.text = joined(last.text) + joined(output.text);
      this.growText(this.element.lastElementChild as HTMLElement, last.text);
      this.changed();
      return;
    }

    this.outputs.push({ ...output });
    if (displayId) {
      this.displays.set(displayId, [...this.displays.get(displayId) ?? [], { index: this.outputs.length - 1 }]);
    }

    this.element.append(this.render(output));
    this.changed();
  }

  /** Puts a newer value in the place of an earlier one. */
  update(output: Output, displayId: string): boolean {
    const places = this.displays.get(displayId) ?? [];
    for (const { index } of places) {
      this.outputs[index] = output;
      this.element.children[index]?.replaceWith(this.render(output));
    }

    this.changed();
    return places.length > 0;
  }

  /** With `wait` the old outputs stay until a new one comes, so that nothing flickers. */
  clear(wait = false): void {
    this.clearsNext = wait;
    if (!wait) {
      this.outputs = [];
      this.displays.clear();
      this.element.replaceChildren();
      this.changed();
    }
  }

  private render(output: Output): HTMLElement {
    switch (output.output_type) {
      case 'stream':
        return textElement(joined(output.text), output.name === 'stderr' ? 'text-output stderr' : 'text-output');
      case 'error':
        return errorElement(output.ename, output.evalue, output.traceback);
      default:
        return this.value(output.data);
    }
  }

  /** A value that breaks what shows it is told, in the place where it would stand. */
  private value(data: MimeBundle): HTMLElement {
    try {
      return bundleElement(data, this.path);
    } catch (error) {
      return textElement(`This value cannot be shown: ${(error as Error).message}`, 'text-output stderr');
    }
  }

  /** A program that prints fast must not lay the page out for every line: the text is written once per frame. */
  private growText(place: HTMLElement, text: string): void {
    if (this.growing.size === 0) {
      requestAnimationFrame(() => {
        this.growing.forEach((newest, at) => { showText(at, newest); });
        this.growing.clear();
      });
    }

    this.growing.set(place, text);
  }
}
