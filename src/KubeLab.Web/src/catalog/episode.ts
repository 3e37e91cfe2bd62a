import { getJson } from '../shell/http.ts';

/** One lesson as the list shows it. Times are minutes. */
export interface Episode {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly teaching: number | null;
  readonly exercises: number | null;
  readonly prerequisites: readonly string[];
  readonly path: string;
  readonly hasDemo?: boolean;
}

/** All lessons, in their order. */
export async function listEpisodes(): Promise<Episode[]> {
  return (await getJson<{ episodes: Episode[] }>('lab/api/episodes')).episodes;
}
