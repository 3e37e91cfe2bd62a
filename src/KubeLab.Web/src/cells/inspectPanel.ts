import type { LabKernel } from '../kernel/kernel.ts';
import { joined } from '../lesson/notebook.ts';
import { withoutAnsi } from '../outputs/ansi.ts';
import { h, fill } from '../shell/dom.ts';

/** Below a cell: what the kernel knows of the thing at the cursor. */
export class InspectPanel {
  readonly element = h('div', { class: 'inspected', role: 'status' });

  async show(kernel: LabKernel | undefined, code: string, cursor: number): Promise<void> {
    const reply = kernel?.state === 'ready' ? await kernel.inspect(code, cursor).catch(() => null) : null;
    const content = reply?.content;
    const text = content?.status === 'ok' && content.found ? withoutAnsi(joined(content.data['text/plain'])).trim() : '';
    fill(this.element, text.length > 0 ? h('pre', { tabindex: 0, role: 'group', 'aria-label': 'About the word at the cursor' }, text) : 'Nothing is known of the word at the cursor.');
  }

  hide(): void {
    fill(this.element);
  }
}
