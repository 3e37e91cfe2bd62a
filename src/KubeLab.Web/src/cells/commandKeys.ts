/** What a key means while a cell is selected as a whole, as in Jupyter. */
export type Command = 'edit' | 'up' | 'down' | 'run-next' | 'run-stay' | 'run-insert' | 'insert-below' | 'insert-above' | 'delete' | 'interrupt' | 'first' | 'last';

/** Reads keys; `delete` needs d twice, `interrupt` i twice. */
export class CommandKeys {
  private last = '';

  read(event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>): Command | null {
    const before = this.last;
    this.last = '';
    if (event.key === 'Enter') {
      return event.shiftKey ? 'run-next' : event.ctrlKey || event.metaKey ? 'run-stay' : event.altKey ? 'run-insert' : 'edit';
    }

    if (event.ctrlKey || event.metaKey || event.altKey) {
      return null;
    }

    switch (event.key) {
      case 'ArrowUp': case 'k': return 'up';
      case 'ArrowDown': case 'j': return 'down';
      case 'Home': return 'first';
      case 'End': return 'last';
      case 'a': return 'insert-above';
      case 'b': return 'insert-below';
      case 'd': case 'i':
        if (before === event.key) {
          return event.key === 'd' ? 'delete' : 'interrupt';
        }

        this.last = event.key;
        return null;
      default: return null;
    }
  }
}
