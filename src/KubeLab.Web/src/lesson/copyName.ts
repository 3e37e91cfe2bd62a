/**
 * What a kept version of a notebook is called: it stands beside the notebook and says whose it is, and when it was put there, in UTC.
 * @param path Of the notebook, below the lab's folder.
 */
export function copyName(path: string, whose: 'mine' | 'other', now: Date): string {
  const when = now.toISOString().replace(/\.\d+Z$/, '').replaceAll(':', '').replace('T', '-');
  return `${path.replace(/\.ipynb$/, '')}-${whose}-${when}.ipynb`;
}
