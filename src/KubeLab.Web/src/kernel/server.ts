import { ContentsManager, KernelManager, KernelSpecManager, ServerConnection, SessionManager, type Session } from '@jupyterlab/services';
import { root } from '../shell/http.ts';

/** The Jupyter side of the lab's server: notebooks, and sessions in which they run. One for the whole page. */
export class LabServer {
  readonly contents: ContentsManager;
  private readonly settings: ServerConnection.ISettings;
  private sessions: SessionManager | undefined;
  private specs: KernelSpecManager | undefined;

  constructor() {
    // The page and the server are one origin, so the cookie signs requests and no token is in the page's scripts.
    this.settings = ServerConnection.makeSettings({ baseUrl: root, wsUrl: root.replace(/^http/, 'ws'), appendToken: false, token: '' });
    this.contents = new ContentsManager({ serverSettings: this.settings });
  }

  /** The session of a notebook; one that runs already is joined, so that a reloaded page finds its cluster again. */
  async open(path: string): Promise<Session.ISessionConnection> {
    const sessions = this.running();
    await this.specs!.ready;
    const name = this.specs!.specs?.default ?? '.net-csharp';
    return sessions.startNew({ path, name: path.split('/').at(-1) ?? path, type: 'notebook', kernel: { name } });
  }

  /** The same with a kernel in which nothing has run yet: one that lives on from before is ended. */
  async openAnew(path: string): Promise<Session.ISessionConnection> {
    const known = await this.running().findByPath(path);
    if (known) {
      await this.running().shutdown(known.id);
    }

    return this.open(path);
  }

  private running(): SessionManager {
    const serverSettings = this.settings;
    this.specs ??= new KernelSpecManager({ serverSettings });
    return this.sessions ??= new SessionManager({ serverSettings, kernelManager: new KernelManager({ serverSettings }) });
  }
}

let server: LabServer | undefined;

/** The server, connected when it is first needed. */
export function labServer(): LabServer {
  return server ??= new LabServer();
}
