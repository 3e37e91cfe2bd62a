import { h } from '../shell/dom.ts';
import type { View } from '../shell/view.ts';

export class ClusterPage implements View {
  readonly title = 'Cluster';
  readonly element = h('div', {});

  constructor(readonly kernel: string, readonly cluster: string) {
  }

  close(): void {
    // Nothing was started.
  }
}
