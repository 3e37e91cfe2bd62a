import { h } from '../shell/dom.ts';
import { icon } from '../shell/icons.ts';

/** What was predicted, laid over what happened. Numbers stand on one line, so that the distance is seen. */
export function overlay(predicted: string, happened: string, agrees: boolean): HTMLElement {
  return h('div', { class: `overlay ${agrees ? 'agrees' : 'differs'}`, role: 'status' },
    h('p', { class: 'overlay-words' }, icon(agrees ? 'check' : 'bulb'), h('strong', {}, agrees ? 'As you said.' : 'A surprise: that is where learning starts.')),
    numberLine(predicted, happened),
    h('dl', {}, h('div', {}, h('dt', {}, 'You predicted'), h('dd', {}, predicted)), h('div', {}, h('dt', {}, 'What happened'), h('dd', {}, happened))));
}

/** Two marks on a line from zero, or nothing when the answers are words. */
function numberLine(predicted: string, happened: string): SVGSVGElement | null {
  const guess = Number(predicted);
  const fact = Number(happened);
  if (!Number.isFinite(guess) || !Number.isFinite(fact) || predicted.trim() === '' || happened.trim() === '') {
    return null;
  }

  const low = Math.min(0, guess, fact);
  const span = Math.max(0, guess, fact) - low || 1;
  const x = (value: number): number => 12 + (value - low) / span * 376;
  const svg = element('svg', { viewBox: '0 0 400 34', class: 'number-line', 'aria-hidden': 'true' });
  svg.append(
    element('line', { x1: 12, x2: 388, y1: 17, y2: 17, class: 'axis' }),
    element('line', { x1: x(guess), x2: x(fact), y1: 17, y2: 17, class: 'distance' }),
    element('circle', { cx: x(fact), cy: 17, r: 6, class: 'fact' }),
    element('path', { d: `M${x(guess)} 5l6 12l-6 12l-6-12z`, class: 'guess' }));
  return svg;
}

function element(name: string, attributes: Record<string, string | number>): SVGSVGElement {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name) as SVGSVGElement;
  Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, String(value)));
  return node;
}
