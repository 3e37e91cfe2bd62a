import { StreamLanguage } from '@codemirror/language';
import { csharp } from '@codemirror/legacy-modes/mode/clike';
import { json } from '@codemirror/legacy-modes/mode/javascript';
import { shell } from '@codemirror/legacy-modes/mode/shell';
import { yaml } from '@codemirror/legacy-modes/mode/yaml';
import { classHighlighter, highlightCode } from '@lezer/highlight';

/** The language of the cells. */
export const csharpLanguage = StreamLanguage.define(csharp);

const languages: Record<string, StreamLanguage<unknown>> = {
  csharp: csharpLanguage, cs: csharpLanguage, json: StreamLanguage.define(json),
  yaml: StreamLanguage.define(yaml), bash: StreamLanguage.define(shell), sh: StreamLanguage.define(shell),
};

/** Code as HTML with classes for its colours; a language that is not known gives plain text. */
export function highlight(code: string, name: string): string {
  const language = languages[name];
  if (!language) {
    return escaped(code);
  }

  let html = '';
  highlightCode(code, language.parser.parse(code), classHighlighter,
    (text, classes) => { html += classes ? `<span class="${classes}">${escaped(text)}</span>` : escaped(text); },
    () => { html += '\n'; });
  return html;
}

/** Text for HTML. */
export function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
