/** Keeps small settings in the browser; where that is forbidden they last as long as the page. */
const memory = new Map<string, string>();

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`kubelab.${key}`);
  } catch {
    return memory.get(key) ?? null;
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`kubelab.${key}`, value);
  } catch {
    memory.set(key, value);
  }
}
