import type { Kernel, KernelMessage, Session } from '@jupyterlab/services';
import type { Output } from '../lesson/notebook.ts';

/** What a run tells while it goes on. */
export interface RunListener {
  began(executionCount: number): void;
  output(output: Output, displayId: string | undefined): void;
  updated(output: Output, displayId: string): void;
  clear(wait: boolean): void;
  /** The cell asks for a line of text. */
  asked(prompt: string, isSecret: boolean): Promise<string>;
}

/** How a run ended. */
export type RunEnd = 'ok' | 'error' | 'aborted';

/** What the kernel is doing, in the words the page shows. */
export type KernelState = 'connecting' | 'ready' | 'busy' | 'lost';

/** A kernel as cells see it: run, complete, interrupt, restart. */
export class LabKernel {
  /** Called whenever the state may have changed. */
  stateChanged: (state: KernelState) => void = () => undefined;
  private readonly session: Session.ISessionConnection;

  constructor(session: Session.ISessionConnection) {
    this.session = session;
    session.statusChanged.connect(() => this.stateChanged(this.state));
    session.connectionStatusChanged.connect(() => this.stateChanged(this.state));
  }

  get id(): string {
    return this.connection.id;
  }

  get state(): KernelState {
    const kernel = this.session.kernel;
    if (!kernel || kernel.status === 'dead' || kernel.connectionStatus === 'disconnected') {
      return 'lost';
    }

    if (kernel.connectionStatus !== 'connected' || ['starting', 'restarting', 'autorestarting', 'unknown'].includes(kernel.status)) {
      return 'connecting';
    }

    return kernel.status === 'busy' ? 'busy' : 'ready';
  }

  /** Runs code and tells the listener all that comes of it. */
  async run(code: string, listener: RunListener): Promise<RunEnd> {
    const future = this.connection.requestExecute({ code, stop_on_error: true, store_history: true, allow_stdin: true }, false);
    future.onIOPub = message => this.onOutput(message, listener);
    future.onStdin = message => {
      if (message.header.msg_type === 'input_request') {
        const { prompt, password } = message.content as KernelMessage.IInputRequestMsg['content'];
        void listener.asked(prompt, password).then(value =>
          this.connection.sendInputReply({ value, status: 'ok' }, message.header as KernelMessage.IInputRequestMsg['header']));
      }
    };
    try {
      const reply = await future.done;
      return reply.content.status === 'ok' ? 'ok' : reply.content.status === 'error' ? 'error' : 'aborted';
    } catch {
      // The kernel restarted or went away in the middle of the run.
      return 'aborted';
    } finally {
      future.dispose();
    }
  }

  complete(code: string, cursor: number): Promise<KernelMessage.ICompleteReplyMsg> {
    return this.connection.requestComplete({ code, cursor_pos: cursor });
  }

  inspect(code: string, cursor: number): Promise<KernelMessage.IInspectReplyMsg> {
    return this.connection.requestInspect({ code, cursor_pos: cursor, detail_level: 0 });
  }

  interrupt(): Promise<void> {
    return this.connection.interrupt();
  }

  restart(): Promise<void> {
    return this.connection.restart();
  }

  /** Closes the connection; the kernel and its clusters live on. */
  close(): void {
    this.session.dispose();
  }

  private get connection(): Kernel.IKernelConnection {
    const kernel = this.session.kernel;
    if (!kernel) {
      throw new Error('the kernel has ended; restart it to go on');
    }

    return kernel;
  }

  private onOutput(message: KernelMessage.IIOPubMessage, listener: RunListener): void {
    const content = message.content as Record<string, unknown>;
    const display = (content['transient'] as { display_id?: string } | undefined)?.display_id;
    switch (message.header.msg_type) {
      case 'execute_input':
        listener.began(content['execution_count'] as number);
        break;
      case 'stream':
        listener.output({ output_type: 'stream', name: content['name'] as string, text: content['text'] as string }, undefined);
        break;
      case 'display_data':
      case 'execute_result':
        listener.output(withoutTransient(message.header.msg_type, content), display);
        break;
      case 'update_display_data':
        if (display) {
          listener.updated(withoutTransient('display_data', content), display);
        }

        break;
      case 'error':
        listener.output({ output_type: 'error', ename: content['ename'], evalue: content['evalue'], traceback: content['traceback'] } as Output, undefined);
        break;
      case 'clear_output':
        listener.clear(content['wait'] === true);
        break;
    }
  }
}

function withoutTransient(type: 'display_data' | 'execute_result', content: Record<string, unknown>): Output {
  const { transient: _, ...rest } = content;
  return { output_type: type, ...rest } as Output;
}
