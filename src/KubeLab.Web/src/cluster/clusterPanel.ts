import { h } from '../shell/dom.ts';

/** The cluster beside a lesson. */
export class ClusterPanel {
  readonly element = h('div', {});
  readonly isThere: boolean = false;
  appeared: () => void = () => undefined;

  constructor(readonly kernel: string, readonly changed: (isThere: boolean) => void) {
  }

  refresh(): Promise<void> {
    return Promise.resolve();
  }

  setShown(isShown: boolean): void {
    void isShown;
  }

  close(): void {
    // Nothing was started.
  }
}
