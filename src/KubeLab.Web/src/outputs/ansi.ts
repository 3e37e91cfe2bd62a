/** Texts for terminals carry colours; the page shows the words only. */
export function withoutAnsi(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '');
}

/** Carriage returns overwrite the line, as on a terminal: progress meters show their last state. */
export function overwritten(text: string): string {
  return text.replace(/\r\n/g, '\n').split('\n').map(line => line.slice(line.lastIndexOf('\r', line.length - 2) + 1).replace(/\r$/, '')).join('\n');
}
