import type { ClusterApi } from './clusterApi.ts';

/** The clock of a simulated cluster. */
export interface Clock { now: string; speed: number | string; paused: boolean; canPause: boolean; started: string }

/** What a cluster costs, in a currency. */
export interface Bill { currency: string; total: number; perHour: number; lines?: { name?: string; text?: string; amount?: number }[]; nodes?: Record<string, number> }

/** A master of a simulated cluster. Without a majority its store answers nobody. */
export interface Master { name: string; leader: boolean; term?: number | null; isUp: boolean; hasQuorum: boolean; components: { name: string; state: string }[] }

/** What is beside the Kubernetes API of a simulated cluster: its clock, bill, masters, past, and ways to break it. A real cluster has none of it. */
export class LabApi {
  constructor(private readonly api: ClusterApi) {
  }

  clock(signal?: AbortSignal): Promise<Clock> {
    return this.api.get<Clock>('lab/clock', signal);
  }

  setClock(wish: { do: 'pause' | 'play' | 'step' } | { do: 'speed'; speed: number } | { do: 'forward'; seconds: number }): Promise<Clock | null> {
    return this.api.post<Clock>('lab/clock', wish);
  }

  bill(signal?: AbortSignal): Promise<Bill> {
    return this.api.get<Bill>('lab/bill', signal);
  }

  masters(signal?: AbortSignal): Promise<Master[]> {
    return this.api.get<Master[]>('lab/masters', signal);
  }

  async why(namespace: string, pod: string): Promise<string> {
    return (await this.api.get<{ text: string }>(`lab/why?namespace=${encodeURIComponent(namespace)}&pod=${encodeURIComponent(pod)}`)).text;
  }

  past(signal?: AbortSignal): Promise<{ from: string; to: string }> {
    return this.api.get('lab/past', signal);
  }

  act(what: 'kill' | 'restore' | 'partition' | 'heal' | 'stop' | 'start', target: string): Promise<unknown> {
    return this.api.post('lab/act', { do: what, target });
  }
}
