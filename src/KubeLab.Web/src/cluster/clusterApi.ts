import { RequestError, getJson, send, sendJson } from '../shell/http.ts';
import { healthOf, type Health } from './health.ts';
import { lines } from './lines.ts';
import type { List, Meta } from './kubernetes.ts';

/** What a watch tells. */
export interface WatchListener<T> {
  /** A list was read: it is all there is now. */
  listed(items: T[]): void;
  changed(type: 'ADDED' | 'MODIFIED' | 'DELETED', object: T): void;
  /** The connection is there, or is lost and will be tried again. */
  connected(isConnected: boolean): void;
}

interface WatchEvent<T> { type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR'; object: T & { metadata?: Meta; code?: number } }

/** The Kubernetes API of one cluster, below an address that the lab's server gives it. Nothing here knows whether the cluster is simulated. */
export class ClusterApi {
  constructor(readonly base: string) {
  }

  get<T>(path: string, signal?: AbortSignal): Promise<T> {
    return getJson<T>(this.base + path, signal);
  }

  async text(path: string, signal?: AbortSignal): Promise<string> {
    return (await send('GET', this.base + path, undefined, signal)).text();
  }

  post<T>(path: string, body: unknown): Promise<T | null> {
    return sendJson<T>('POST', this.base + path, body);
  }

  patch<T>(path: string, body: unknown): Promise<T | null> {
    return sendJson<T>('PATCH', this.base + path, body, 'application/strategic-merge-patch+json');
  }

  /** Asks a server how it is. A watch that is open tells nothing when the store is silent, so somebody has to ask. */
  async health(signal: AbortSignal): Promise<Health> {
    try {
      await this.text('readyz', signal);
      return 'answers';
    } catch (error) {
      return error instanceof RequestError ? healthOf(error.status, error.message) : 'no server';
    }
  }

  /** Reads a whole list, page by page. */
  async list<T>(path: string, signal?: AbortSignal): Promise<{ items: T[]; version: string }> {
    const items: T[] = [];
    let next = '';
    let version = '';
    do {
      const page = await this.get<List<T>>(`${path}?limit=2000${next ? `&continue=${encodeURIComponent(next)}` : ''}`, signal);
      items.push(...page.items ?? []);
      version = page.metadata?.resourceVersion ?? version;
      next = page.metadata?.continue ?? '';
    } while (next);
    return { items, version };
  }

  /** Lists and watches until the signal ends it, as clients of Kubernetes do: a watch that breaks goes on where it was, and a version that is too old is listed anew. */
  async watch<T extends { metadata: Meta }>(path: string, listener: WatchListener<T>, signal: AbortSignal): Promise<void> {
    let version = '';
    let pause = 500;
    while (!signal.aborted) {
      try {
        if (version === '') {
          const list = await this.list<T>(path, signal);
          version = list.version;
          listener.listed(list.items);
        }

        listener.connected(true);
        version = await this.follow(path, version, listener, signal);
        pause = 500;
      } catch (error) {
        if (signal.aborted) {
          return;
        }

        listener.connected(false);
        if (error instanceof RequestError && error.status === 410) {
          version = '';
        }

        pause = Math.min(pause * 2, 10_000);
      }

      await new Promise(resolve => setTimeout(resolve, pause));
    }
  }

  /** Follows one watch to its end and returns the version to go on from; empty when the list must be read again. */
  private async follow<T extends { metadata: Meta }>(path: string, from: string, listener: WatchListener<T>, signal: AbortSignal): Promise<string> {
    let version = from;
    const response = await send('GET', `${this.base}${path}?watch=1&allowWatchBookmarks=true&resourceVersion=${encodeURIComponent(version)}`, undefined, signal);
    if (!response.body) {
      return version;
    }

    for await (const line of lines(response.body)) {
      if (line.length === 0) {
        continue;
      }

      const { type, object } = JSON.parse(line) as WatchEvent<T>;
      if (type === 'ERROR') {
        return '';
      }

      version = object.metadata.resourceVersion ?? version;
      if (type !== 'BOOKMARK') {
        listener.changed(type, object);
      }
    }

    return version;
  }
}
