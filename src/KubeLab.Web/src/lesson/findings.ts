/** What checks and comparisons left in an output, read from the attributes that the lab writes. */
export interface Findings {
  readonly checks: { id: string; passed: boolean }[];
  readonly comparisons: { id: string; predicted: string; happened: string; agrees: boolean }[];
}

/** Reads the findings in a cell's outputs. */
export function findingsIn(outputs: HTMLElement): Findings {
  const checks = [...outputs.querySelectorAll<HTMLElement>('.kubelab-check[data-exercise]')].map(element =>
    ({ id: element.dataset['exercise'] ?? '', passed: element.dataset['passed'] === 'true' }));
  const comparisons = [...outputs.querySelectorAll<HTMLElement>('.kubelab-prediction[data-happened]')].map(element => ({
    id: element.dataset['prediction'] ?? '', predicted: element.dataset['predicted'] ?? '', happened: element.dataset['happened'] ?? '',
    agrees: element.dataset['agrees'] === 'true',
  }));
  return { checks, comparisons };
}
