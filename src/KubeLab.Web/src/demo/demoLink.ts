import type { Press, Standing } from './standing.ts';

/** What the room's window and the notes say to each other. */
export type Message =
  /** The notes were opened, or a window of the room's came to life: say where the demo stands. */
  | { readonly kind: 'hello' }
  | { readonly kind: 'standing'; readonly standing: Standing }
  | { readonly kind: 'press'; readonly press: Press }
  /** The room's window was closed. */
  | { readonly kind: 'gone' };

/** Ties the two windows of one demo, in the same browser and without a server. */
export class DemoLink {
  private readonly channel: BroadcastChannel;

  constructor(id: string, received: (message: Message) => void) {
    this.channel = new BroadcastChannel(`kubelab-demo-${id}`);
    this.channel.onmessage = (event: MessageEvent<Message>) => received(event.data);
  }

  send(message: Message): void {
    this.channel.postMessage(message);
  }

  close(): void {
    this.channel.close();
  }
}
