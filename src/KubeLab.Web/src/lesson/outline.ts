import { h } from '../shell/dom.ts';

/** The lesson's sections, to jump to; the one being read is marked. */
export function outline(lesson: HTMLElement): { element: HTMLElement; close: () => void } {
  const links = new Map<Element, HTMLAnchorElement>();
  const list = h('ol', { role: 'list' });
  for (const [index, heading] of [...lesson.querySelectorAll<HTMLElement>('h2, .exercise h3')].entries()) {
    heading.id ||= `section-${index + 1}`;
    heading.tabIndex = -1;
    const link = h('a', { href: `#${heading.id}`, class: heading.tagName.toLowerCase(), click: (event: Event) => {
      event.preventDefault();
      heading.scrollIntoView({ block: 'start' });
      heading.focus({ preventScroll: true });
    } }, heading.textContent ?? '');
    links.set(heading, link);
    list.append(h('li', {}, link));
  }

  const seen = new IntersectionObserver(entries => {
    const entered = entries.filter(entry => entry.isIntersecting).at(-1);
    if (entered) {
      links.forEach(link => link.removeAttribute('aria-current'));
      links.get(entered.target)?.setAttribute('aria-current', 'true');
    }
  }, { rootMargin: '-8% 0px -75% 0px' });
  links.forEach((_, heading) => seen.observe(heading));
  return { element: h('nav', { class: 'outline', 'aria-label': 'Sections' }, h('p', {}, 'In this lesson'), list), close: () => seen.disconnect() };
}
