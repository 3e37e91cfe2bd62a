import { neighbour } from './direction.ts';
import type { MapPlaces } from './mapPlaces.ts';
import type { Selection } from './selection.ts';

/** What a key chooses; null leaves the key to the browser. */
export function afterKey(key: string, chosen: Selection | undefined, places: Pick<MapPlaces, 'nodes' | 'keysOf'>): Selection | undefined | null {
  const { node, pod } = chosen ?? {};
  const pods = places.keysOf(node);
  if (key === 'Escape') {
    return pod === undefined ? chosen ? undefined : null : node === undefined ? undefined : { node };
  }

  if (key === 'Enter' && pod === undefined) {
    return pods[0] === undefined ? chosen ?? null : { ...(node ? { node } : {}), pod: pods[0] };
  }

  if (!key.startsWith('Arrow')) {
    return null;
  }

  if (pod !== undefined) {
    const by = key === 'ArrowRight' || key === 'ArrowDown' ? 1 : -1;
    const at = (pods.indexOf(pod) + by + pods.length) % pods.length;
    return { ...(node ? { node } : {}), pod: pods[at]! };
  }

  const found = neighbour(places.nodes, node, key);
  return found === undefined ? chosen ?? null : { node: found };
}
