import type { Press } from './standing.ts';

/** Where the key was pressed: text takes all keys for itself, a button or link Space and Enter. */
export type Place = 'page' | 'button' | 'text';

type Key = Pick<KeyboardEvent, 'key' | 'repeat' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey'>;

/** What a key means in a demo. Presenters' remote controls send Page Up and Page Down. A key that is held down counts once, or a resting hand would run everything. */
export function pressOf(event: Key, place: Place): Press | null {
  if (place === 'text' || event.repeat || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) {
    return null;
  }

  switch (event.key) {
    case ' ': case 'Enter': return place === 'page' ? 'next' : null;
    case 'ArrowRight': case 'PageDown': return 'next';
    case 'ArrowLeft': case 'PageUp': return 'back';
    case 'Home': return 'restart';
    default: return null;
  }
}

/** Listens on the whole window. Returns how to stop. */
export function onPress(act: (press: Press) => void): () => void {
  const listen = (event: KeyboardEvent): void => {
    const press = event.defaultPrevented ? null : pressOf(event, placeOf(event.target));
    if (press) {
      event.preventDefault();
      act(press);
    }
  };
  addEventListener('keydown', listen);
  return () => removeEventListener('keydown', listen);
}

function placeOf(target: EventTarget | null): Place {
  const element = target instanceof Element ? target : null;
  // The cluster has keys of its own.
  return element?.closest('input, select, textarea, [contenteditable="true"], .side, dialog') ? 'text' : element?.closest('button, a, summary') ? 'button' : 'page';
}
