import { getJson } from '../shell/http.ts';

/** A cluster that a notebook has opened. */
export interface ClusterEntry {
  readonly kernel: string;
  readonly name: string;
  readonly title: string;
}

/** The clusters alive now, of all kernels. */
export async function listClusters(): Promise<ClusterEntry[]> {
  return (await getJson<{ clusters: ClusterEntry[] }>('lab/clusters')).clusters;
}

/** Where the Kubernetes API of a cluster answers, below the page's address. */
export function apiOf(kernel: string, name: string): string {
  return `lab/clusters/${encodeURIComponent(kernel)}/${encodeURIComponent(name)}/`;
}
