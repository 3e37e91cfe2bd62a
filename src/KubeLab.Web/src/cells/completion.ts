import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { LabKernel } from '../kernel/kernel.ts';

interface TypedMatch { text: string; type?: string; signature?: string }

const types: Record<string, string> = {
  method: 'method', function: 'function', property: 'property', field: 'property', class: 'class', struct: 'class', interface: 'interface',
  enum: 'enum', enummember: 'constant', constant: 'constant', local: 'variable', variable: 'variable', parameter: 'variable', keyword: 'keyword',
  namespace: 'namespace', event: 'property', delegate: 'type', instance: 'variable', module: 'namespace',
};

/** Asks the kernel what could stand at the cursor. While it runs something it cannot answer, and nothing is offered. */
export async function completeAt(context: CompletionContext, kernel: LabKernel | undefined): Promise<CompletionResult | null> {
  const word = context.matchBefore(/\w+/);
  const isAfterPoint = context.matchBefore(/\.\w*/) !== null;
  if (!kernel || kernel.state !== 'ready' || (!context.explicit && !isAfterPoint && !word)) {
    return null;
  }

  const code = context.state.doc.toString();
  const { content } = await kernel.complete(code, context.pos).catch(() => ({ content: null }));
  if (!content || content.status !== 'ok' || content.matches.length === 0) {
    return null;
  }

  const typed = (content.metadata as { _jupyter_types_experimental?: TypedMatch[] } | undefined)?._jupyter_types_experimental;
  const byText = new Map((typed ?? []).map(match => [match.text, match]));
  const options = content.matches.map((label, index): Completion => {
    const match = byText.get(label);
    const type = types[match?.type?.toLowerCase() ?? ''];
    return { label, boost: -index / content.matches.length, ...(match?.signature ? { detail: match.signature } : {}), ...(type ? { type } : {}) };
  });
  return { from: content.cursor_start, options, validFor: /^\w*$/ };
}
