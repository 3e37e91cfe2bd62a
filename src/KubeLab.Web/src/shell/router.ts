/** Where the learner is: the part of the address behind `#`. */
export type Route = { name: 'catalog' } | { name: 'lesson'; id: string } | { name: 'cluster'; kernel: string; cluster: string }
  | { name: 'demo'; id: string } | { name: 'notes'; id: string };

/** Reads an address such as `#/lesson/05`; what it does not know is the list of lessons. */
export function parseRoute(hash: string): Route {
  const [name, ...rest] = hash.replace(/^#?\/?/, '').split('/').map(decodeURIComponent);
  if (name === 'lesson' && rest[0]) {
    return { name: 'lesson', id: rest[0] };
  }

  if (name === 'cluster' && rest[0] && rest[1]) {
    return { name: 'cluster', kernel: rest[0], cluster: rest[1] };
  }

  if (name === 'demo' && rest[0]) {
    return { name: rest[1] === 'notes' ? 'notes' : 'demo', id: rest[0] };
  }

  return { name: 'catalog' };
}
