/** What an element may hold: nodes, text, or nothing. */
export type Child = Node | string | number | null | undefined | false;

type Listener = (event: never) => void;
type Value = string | number | boolean | null | undefined | Listener;

/** Attributes by name; a function is a listener for the event of that name. `true` writes an empty attribute, `false` and null none. */
export type Attributes = Record<string, Value>;

/** Makes an element. The page needs no framework: this, and views that own their elements, is all there is. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(name, value as EventListener);
    } else {
      setAttribute(element, name, value);
    }
  }

  append(element, children);
  return element;
}

/** Sets or removes an attribute. */
export function setAttribute(element: Element, name: string, value: string | number | boolean | null | undefined): void {
  if (value === false || value === null || value === undefined) {
    element.removeAttribute(name);
  } else {
    element.setAttribute(name, value === true ? '' : String(value));
  }
}

/** Replaces everything an element holds. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren();
  append(element, children);
}

/** Text that changes often is written only when it differs, so that nothing is laid out again for nothing. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

function append(element: Element, children: Child[]): void {
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false) {
      element.append(typeof child === 'number' ? String(child) : child);
    }
  }
}
