import { iconButton } from './button.ts';
import { recall, remember } from './store.ts';

const systemDark = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

/** Whether the page is dark now. */
export function isDark(): boolean {
  return document.documentElement.dataset['theme'] === 'dark';
}

/** Calls back whenever the page turns light or dark, or changes its size. Returns how to stop. */
export function onLook(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

/** Applies what was chosen last time; until something is, the page is as dark as the system. */
export function restoreLook(): void {
  applyTheme();
  if (recall('size') === 'presenter') {
    document.documentElement.dataset['size'] = 'presenter';
  }

  systemDark.addEventListener('change', () => {
    applyTheme();
    tell();
  });
}

/** The two switches of the page's look. */
export function lookButtons(): HTMLElement[] {
  const theme = iconButton(isDark() ? 'light' : 'dark', '', () => {
    remember('theme', isDark() ? 'light' : 'dark');
    applyTheme();
    tell();
  });
  const size = iconButton('size', 'Presenter size', () => {
    const isLarge = document.documentElement.dataset['size'] === 'presenter';
    document.documentElement.dataset['size'] = isLarge ? 'normal' : 'presenter';
    remember('size', isLarge ? 'normal' : 'presenter');
    tell();
  });
  const label = (): void => {
    const words = isDark() ? 'Light page' : 'Dark page';
    theme.title = words;
    theme.setAttribute('aria-label', words);
    theme.replaceChildren(...iconButton(isDark() ? 'light' : 'dark', words, () => undefined).childNodes);
    size.setAttribute('aria-pressed', String(document.documentElement.dataset['size'] === 'presenter'));
  };
  onLook(label);
  label();
  return [size, theme];
}

function applyTheme(): void {
  const chosen = recall('theme');
  document.documentElement.dataset['theme'] = chosen === 'dark' || chosen === 'light' ? chosen : systemDark.matches ? 'dark' : 'light';
}

function tell(): void {
  listeners.forEach(changed => changed());
}
