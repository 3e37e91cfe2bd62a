import type { Layout, Template } from './figure.ts';

/** A figure may bring its own light and dark look; others get these colours, which people with colour blindness tell apart. */
export function chartTemplate(layout: Layout | undefined, dark: boolean): Template {
  const own = (dark ? layout?.meta?.dark : undefined) ?? layout?.template ?? fallback(dark);
  const style = getComputedStyle(document.documentElement);
  const paper = style.getPropertyValue('--paper').trim();
  const quiet = style.getPropertyValue('--quiet').trim();
  return { ...own, layout: { ...own.layout, paper_bgcolor: paper, plot_bgcolor: paper, modebar: { bgcolor: 'rgba(0,0,0,0)', color: quiet, activecolor: quiet } } };
}

function fallback(dark: boolean): Template {
  const ink = dark ? '#e4e9f0' : '#1c2430';
  const grid = dark ? '#333d49' : '#d5dce4';
  const axis = { gridcolor: grid, linecolor: grid, zerolinecolor: grid, tickcolor: grid, automargin: true };
  return {
    layout: {
      font: { color: ink, family: 'system-ui, sans-serif', size: 13 },
      colorway: dark
        ? ['#6cb2ff', '#ffb454', '#5ed3a8', '#ff8fa3', '#c9a7ff', '#e3d26f', '#7adcf0', '#c4ccd6']
        : ['#0b64c0', '#b35c00', '#00795a', '#b8304f', '#7440b8', '#7a6a00', '#00708a', '#5b6672'],
      xaxis: axis, yaxis: axis,
      hoverlabel: { bgcolor: dark ? '#1b212a' : '#ffffff', bordercolor: grid, font: { color: ink } },
      title: { x: 0, xref: 'paper', xanchor: 'left' },
      legend: { orientation: 'h', y: -0.18, yanchor: 'top' },
      margin: { l: 60, r: 60, t: 48, b: 48 },
    },
  };
}
