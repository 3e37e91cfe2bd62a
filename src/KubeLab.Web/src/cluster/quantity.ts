/** Powers that a quantity's suffix stands for. */
const suffixes: Record<string, number> = {
  n: 1e-9, u: 1e-6, m: 1e-3, '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18,
  Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60,
};

const known = new Map<string, number>();

/** The number a Kubernetes quantity stands for: cores for CPU, bytes for memory. What cannot be read is 0. */
export function quantity(text: string | number | undefined): number {
  if (text === undefined) {
    return 0;
  }

  const key = String(text);
  let value = known.get(key);
  if (value === undefined) {
    const match = /^([+-]?\d*\.?\d+)(?:([eE][+-]?\d+)|([numkMGTPE]|[KMGTPE]i))?$/.exec(key);
    value = match ? Number(match[1] + (match[2] ?? '')) * (suffixes[match[3] ?? ''] ?? 1) : 0;
    // The same few quantities come in thousands of pods.
    if (known.size < 5000) {
      known.set(key, value);
    }
  }

  return value;
}

/** Cores in words: 250m, 4. */
export function cpuWords(cores: number): string {
  return cores === 0 ? '0' : cores < 1 ? `${Math.round(cores * 1000)}m` : String(Math.round(cores * 100) / 100);
}

/** Bytes in words: 64 Mi, 1.5 Gi. */
export function memoryWords(bytes: number): string {
  for (const [unit, size] of [['Ti', 2 ** 40], ['Gi', 2 ** 30], ['Mi', 2 ** 20], ['Ki', 2 ** 10]] as const) {
    if (bytes >= size) {
      const value = bytes / size;
      return `${value >= 10 ? Math.round(value) : Math.round(value * 10) / 10} ${unit}`;
    }
  }

  return `${Math.round(bytes)} B`;
}
