/** How much of a cluster is drawn: each pod, or each node as a cell with counts. */
export type Detail = 'pods' | 'cells';

/** Above these numbers single pods are too small to be told apart, and drawing them is work for nothing. */
export function detailFor(nodes: number, pods: number): Detail {
  return nodes > 200 || pods > 5000 ? 'cells' : 'pods';
}
