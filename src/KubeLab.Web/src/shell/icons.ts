/** Line drawings on a grid of 16, in the colour of the text beside them. */
const paths = {
  play: 'M5 3.2v9.6l7.6-4.8z',
  stop: 'M4 4h8v8H4z',
  pause: 'M5 3.5v9M11 3.5v9',
  step: 'M4 3.5v9l5.5-4.5zM12 3.5v9',
  forward: 'M2.5 3.8v8.4L8 8zM8.5 3.8v8.4L14 8z',
  restart: 'M12.8 8a4.8 4.8 0 1 1-1.5-3.5M12.8 2.2v2.9H9.9',
  check: 'M3 8.5l3.2 3.2L13 4.8',
  cross: 'M4 4l8 8M12 4l-8 8',
  circle: 'M8 2.8a5.2 5.2 0 1 0 0 10.4a5.2 5.2 0 1 0 0-10.4z',
  lock: 'M4 7.3h8v6H4zM5.6 7.3V5a2.4 2.4 0 0 1 4.8 0v2.3',
  bulb: 'M6.3 12.2h3.4M6.8 14h2.4M8 2a3.9 3.9 0 0 0-2.2 7.1c.5.4.7.9.7 1.4h3c0-.5.2-1 .7-1.4A3.9 3.9 0 0 0 8 2z',
  key: 'M6.2 9.8a3 3 0 1 1 1.2-1.2l5 5M10.6 11.8l1.4-1.4',
  light: 'M8 5.2a2.8 2.8 0 1 0 0 5.6a2.8 2.8 0 1 0 0-5.6zM8 1.4v1.5M8 13.1v1.5M1.4 8h1.5M13.1 8h1.5M3.3 3.3l1.1 1.1M11.6 11.6l1.1 1.1M3.3 12.7l1.1-1.1M11.6 4.4l1.1-1.1',
  dark: 'M12.9 9.7A5.4 5.4 0 0 1 6.3 3.1a5.4 5.4 0 1 0 6.6 6.6z',
  size: 'M1.8 12.5L5 4.5l3.2 8M3 9.8h4M9.6 12.5L12 6.5l2.4 6M10.5 10.5h3',
  save: 'M8 2.5v7.2M5 6.9l3 3l3-3M3 13h10',
  back: 'M9.8 3.2L5 8l4.8 4.8',
  cluster: 'M2.5 2.5h4.8v4.8H2.5zM8.7 2.5h4.8v4.8H8.7zM2.5 8.7h4.8v4.8H2.5zM8.7 8.7h4.8v4.8H8.7z',
  list: 'M2.5 4h11M2.5 8h11M2.5 12h7',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  crown: 'M2.6 11.8L2 4.6l3.6 2.6L8 3.2l2.4 4L14 4.6l-.6 7.2z',
  break: 'M9 1.8L3.8 9h4L7 14.2L12.2 7h-4z',
  clock: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11zM8 5v3.2l2.2 1.4',
  trash: 'M3 4.5h10M6.3 4.5v-2h3.4v2M4.3 4.5l.6 9h6.2l.6-9',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
} as const;

/** The name of a drawing. */
export type IconName = keyof typeof paths;

/** A drawing. It is hidden from screen readers; the text or label beside it speaks. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  for (const [key, value] of Object.entries({ viewBox: '0 0 16 16', class: `icon icon-${name}`, 'aria-hidden': 'true', focusable: 'false' })) {
    svg.setAttribute(key, value);
  }

  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}
