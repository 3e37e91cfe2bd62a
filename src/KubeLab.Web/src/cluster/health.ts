import type { Master } from './labApi.ts';

/** Whether the Kubernetes API can be asked now: `no store` when a server answers but its etcd does not, `no server` when none answers. */
export type Health = 'answers' | 'no store' | 'no server';

/** What a refusal of `/readyz` says. Whoever may not ask it, or finds no such path, learns nothing from it. */
export function healthOf(status: number, message: string): Health {
  return status === 500 && message.includes('etcd') ? 'no store' : status === 502 || status === 503 ? 'no server' : 'answers';
}

/** What to tell about it; empty while all is well. */
export function healthWords(health: Health, lastHeard: string): string {
  const since = lastHeard ? `What is shown is the last that it told, at ${lastHeard}.` : 'What is shown is the last that it told.';
  switch (health) {
    case 'answers': return '';
    case 'no store': return `The API server answers nobody: its etcd has no majority of the masters. ${since}`;
    case 'no server': return `No API server answers; trying again. ${since}`;
  }
}

/** What is wrong with a master beyond what its node's condition says, which nobody updates once the API is silent. */
export function troubleOf(master: Master): string | undefined {
  const etcd = master.components.find(component => component.name === 'etcd')?.state;
  return !master.isUp ? 'no power' : etcd === 'down' ? 'etcd is down' : !master.hasQuorum ? 'no majority' : undefined;
}
