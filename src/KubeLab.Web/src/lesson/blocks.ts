import { hasTag, type Cell } from './notebook.ts';

/** What a lesson is made of, in reading order. */
export type Block =
  | { kind: 'text'; cell: Cell }
  | { kind: 'code'; cell: Cell }
  | { kind: 'prediction'; id: string; question: Cell[]; cell: Cell }
  | { kind: 'exercise'; id: string | undefined; title: string; parts: Block[]; hints: Cell[]; solutions: Cell[] };

const exerciseTitle = /^### Exercise(?:: *(.*))?$/m;

/** Finds exercises and predictions among the cells. An exercise ends at the next heading, or at text after its hints and solution. */
export function toBlocks(cells: readonly Cell[]): Block[] {
  const blocks: Block[] = [];
  let exercise: Extract<Block, { kind: 'exercise' }> | undefined;
  let question: Cell[] = [];

  const add = (block: Block): void => { (exercise?.parts ?? blocks).push(block); };
  const flush = (): void => {
    question.forEach(cell => add({ kind: 'text', cell }));
    question = [];
  };

  for (const cell of cells) {
    if (cell.cell_type === 'code') {
      const id = cell.metadata.kubelab?.prediction;
      if (id && hasTag(cell, 'prediction')) {
        add({ kind: 'prediction', id, question, cell });
        question = [];
        continue;
      }

      flush();
      if (exercise) {
        const isItsOwn = hasTag(cell, 'exercise') || hasTag(cell, 'solution') || cell.metadata.kubelab?.own;
        exercise = isItsOwn ? exercise : undefined;
        if (exercise) {
          exercise.id ??= cell.metadata.kubelab?.check;
        }
      }

      add({ kind: 'code', cell });
      continue;
    }

    if (hasTag(cell, 'prediction')) {
      question.push(cell);
      continue;
    }

    flush();
    if (exercise && hasTag(cell, 'hint')) {
      exercise.hints.push(cell);
    } else if (exercise && hasTag(cell, 'solution')) {
      exercise.solutions.push(cell);
    } else if (exerciseTitle.test(cell.source) && cell.source.startsWith('### ')) {
      exercise = { kind: 'exercise', id: undefined, title: exerciseTitle.exec(cell.source)?.[1] ?? '', parts: [{ kind: 'text', cell }], hints: [], solutions: [] };
      blocks.push(exercise);
    } else {
      if (exercise && (/^#{1,3} /.test(cell.source) || exercise.hints.length + exercise.solutions.length > 0)) {
        exercise = undefined;
      }

      add({ kind: 'text', cell });
    }
  }

  flush();
  return blocks;
}

/** The C# of a folded solution, all its fences joined into one cell. A fence that ends in a value shows it, as it would as a cell of its own. */
export function solutionCode(cells: readonly Cell[]): string {
  const fences = cells.flatMap(cell => [...cell.source.matchAll(/^(`{3,})csharp[^\n]*\n([\s\S]*?)\n\1$/gm)].map(match => match[2] ?? ''));
  return fences.map((fence, i) => i === fences.length - 1 || /[;}]\s*(\/\/[^\n]*)?$/.test(fence) ? fence : `${fence}.Display();`).join('\n\n');
}

/** The text inside a folded part, without the fold itself: the page has its own. */
export function unfolded(source: string): string {
  return source.replace(/<details>\s*<summary>[^<]*<\/summary>/g, '').replace(/<\/details>/g, '').trim();
}
