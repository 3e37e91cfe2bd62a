import { highlight } from '../outputs/highlight.ts';
import { plotly } from '../outputs/chart.ts';
import { escaped } from '../outputs/highlight.ts';

/** The lesson as it stands now, as one HTML file that needs no network and no script. */
export async function exportHtml(lesson: HTMLElement, title: string, sources: ReadonlyMap<string, string>): Promise<string> {
  const copy = lesson.cloneNode(true) as HTMLElement;
  const originals = [...lesson.querySelectorAll<HTMLElement>('.plot')];
  const library = originals.some(plot => plot.dataset['drawn']) ? await plotly() : undefined;
  for (const [index, plot] of [...copy.querySelectorAll<HTMLElement>('.plot')].entries()) {
    const original = originals[index]!;
    if (library && original.dataset['drawn']) {
      const image = document.createElement('img');
      image.alt = original.getAttribute('aria-label') ?? 'Chart';
      image.src = await library.toImage(original, { format: 'svg', width: Math.max(320, original.clientWidth), height: original.clientHeight });
      plot.replaceWith(image);
    }
  }

  for (const cell of copy.querySelectorAll<HTMLElement>('[data-cell]')) {
    const pre = document.createElement('pre');
    pre.className = 'editor';
    pre.innerHTML = highlight(sources.get(cell.dataset['cell'] ?? '') ?? '', 'csharp');
    cell.querySelector('.editor')?.replaceWith(pre);
  }

  copy.querySelectorAll('button, .cell-tools, .gate, .asking, .inspected').forEach(part => part.remove());
  copy.querySelectorAll('input').forEach(input => {
    const answer = document.createElement('output');
    answer.textContent = input.value || '–';
    input.replaceWith(answer);
  });
  copy.querySelectorAll('img').forEach(image => image.removeAttribute('loading'));
  await Promise.all([...copy.querySelectorAll('img')].map(embed));
  const theme = document.documentElement.dataset['theme'];
  return `<!doctype html>\n<html lang="en"${theme ? ` data-theme="${theme}"` : ''}>\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n`
    + `<title>${escaped(title)}</title>\n<style>\n${styles()}\n</style>\n</head>\n<body class="exported">\n<main>${copy.outerHTML}</main>\n</body>\n</html>\n`;
}

/** Offers a text as a file. */
export function download(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/html' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function styles(): string {
  return [...document.styleSheets].flatMap(sheet => {
    try {
      return [...sheet.cssRules].map(rule => rule.cssText);
    } catch {
      return [];
    }
  }).join('\n').replace(/<\/style/gi, '<\\/style');
}

async function embed(image: HTMLImageElement): Promise<void> {
  if (image.src.startsWith('data:')) {
    return;
  }

  try {
    const blob = await (await fetch(image.src)).blob();
    image.src = await new Promise<string>((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result as string);
      reader.onerror = () => reject(reader.error);
      reader.readAsDataURL(blob);
    });
  } catch {
    image.removeAttribute('src');
  }
}
