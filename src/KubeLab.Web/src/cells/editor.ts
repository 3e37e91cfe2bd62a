import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, completionStatus, startCompletion, type CompletionSource } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentLess, insertTab } from '@codemirror/commands';
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { EditorState, Prec } from '@codemirror/state';
import { drawSelection, EditorView, highlightSpecialChars, keymap } from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';
import { csharpLanguage } from '../outputs/highlight.ts';

/** What the cell does for its editor. */
export interface EditorHost {
  readonly label: string;
  changed(source: string): void;
  /** Shift+Enter runs and goes on, Ctrl+Enter runs and stays, Alt+Enter runs and adds a cell. */
  run(then: 'next' | 'stay' | 'insert'): void;
  /** Escape: back to moving between cells. */
  leave(): void;
  /** The cursor left through the top or the bottom. Returns whether there is a cell to go to. */
  move(by: -1 | 1): boolean;
  readonly complete: CompletionSource;
  /** Shift+Tab: what is known of the thing at the cursor. */
  inspect(cursor: number): void;
}

/** The text of a code cell, edited as in a notebook. */
export function createEditor(source: string, host: EditorHost): EditorView {
  const runs = (then: 'next' | 'stay' | 'insert') => (): boolean => {
    host.run(then);
    return true;
  };
  const moves = (by: -1 | 1) => (view: EditorView): boolean => {
    const { state } = view;
    const line = state.doc.lineAt(state.selection.main.head).number;
    const isAtEdge = by < 0 ? line === 1 : line === state.doc.lines;
    return isAtEdge && state.selection.main.empty && completionStatus(state) === null && host.move(by);
  };
  const keys = Prec.highest(keymap.of([
    { key: 'Shift-Enter', run: runs('next') },
    { key: 'Mod-Enter', run: runs('stay') },
    { key: 'Ctrl-Enter', run: runs('stay') },
    { key: 'Alt-Enter', run: runs('insert') },
  ]));
  const moving = keymap.of([
    { key: 'ArrowUp', run: moves(-1) },
    { key: 'ArrowDown', run: moves(1) },
    { key: 'Escape', run: view => {
      if (completionStatus(view.state) !== null) {
        return false;
      }

      host.leave();
      return true;
    } },
    { key: 'Tab', run: completeOrIndent, shift: view => {
      if (!view.state.selection.main.empty) {
        return indentLess(view);
      }

      host.inspect(view.state.selection.main.head);
      return true;
    } },
  ]);
  return new EditorView({
    state: EditorState.create({
      doc: source,
      extensions: [
        keys,
        keymap.of(completionKeymap),
        moving,
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap]),
        history(),
        highlightSpecialChars(),
        drawSelection(),
        indentOnInput(),
        indentUnit.of('    '),
        EditorState.tabSize.of(4),
        bracketMatching(),
        closeBrackets(),
        csharpLanguage,
        syntaxHighlighting(classHighlighter),
        autocompletion({ override: [host.complete], activateOnTyping: true, icons: true, defaultKeymap: false, maxRenderedOptions: 60 }),
        EditorView.contentAttributes.of({ 'aria-label': host.label, tabindex: '0', spellcheck: 'false', autocapitalize: 'off' }),
        EditorView.updateListener.of(update => {
          if (update.docChanged) {
            host.changed(update.state.doc.toString());
          }
        }),
      ],
    }),
  });
}

/** Tab completes after a word or a point, and indents elsewhere, as in Jupyter. */
function completeOrIndent(view: EditorView): boolean {
  const { state } = view;
  const at = state.selection.main.head;
  const before = state.sliceDoc(Math.max(0, at - 1), at);
  if (state.selection.main.empty && /[\w.]/.test(before)) {
    return startCompletion(view);
  }

  return insertTab(view);
}

/** Replaces the whole text, as one step that can be undone. */
export function setSource(view: EditorView, source: string): void {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: source } });
}
