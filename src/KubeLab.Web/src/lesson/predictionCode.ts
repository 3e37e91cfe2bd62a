/** The call in a prediction's cell: `lesson.Predict("P05.1", "configured")` or with a panel as third argument. */
export interface PredictCall {
  readonly id: string;
  /** Whether the answer is a number in the template; then a number is asked for. */
  readonly isNumber: boolean;
  /** The template's example answer. */
  readonly example: string;
}

const call = /(lesson\s*\.\s*Predict\s*\(\s*"([^"]+)"\s*,\s*)("(?:[^"\\]|\\.)*"|-?\d[\d_]*(?:\.\d+)?)/;

/** Finds the call, or null when the learner has written something else. */
export function findPredict(source: string): PredictCall | null {
  const match = call.exec(source);
  if (!match) {
    return null;
  }

  const literal = match[3]!;
  const isNumber = !literal.startsWith('"');
  return { id: match[2]!, isNumber, example: isNumber ? literal : literal.slice(1, -1).replace(/\\(.)/g, '$1') };
}

/** The cell with the learner's answer in it. A number stays a number, whatever else is a text. */
export function withAnswer(source: string, answer: string): string {
  return source.replace(call, (_, head: string, _id: string, literal: string) => {
    const number = answer.trim().replace(',', '.');
    const isNumber = !literal.startsWith('"') && /^-?\d+(\.\d+)?$/.test(number);
    return head + (isNumber ? number : `"${answer.trim().replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/[\r\n]+/g, ' ')}"`);
  });
}

/** Which prediction a cell compares, if any. */
export function comparedIn(source: string): string | null {
  return /lesson\s*\.\s*Compare\s*\(\s*"([^"]+)"/.exec(source)?.[1] ?? null;
}
