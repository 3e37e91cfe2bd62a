(() => {
  'use strict';
  const root = document.documentElement;
  const button = document.getElementById('theme');
  const systemDark = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : systemDark.matches);

  // A figure may bring its own light and dark templates; others get these colours, which people with colour-blindness tell apart.
  const fallback = dark => {
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
        margin: { l: 60, r: 60, t: 48, b: 48 }
      }
    };
  };

  const template = layout => {
    const dark = isDark();
    const own = (dark && layout.meta && layout.meta.dark) || layout.template || fallback(dark);
    const page = getComputedStyle(root).getPropertyValue('--paper').trim();
    const quiet = getComputedStyle(root).getPropertyValue('--quiet').trim();
    return {
      ...own,
      layout: { ...own.layout, paper_bgcolor: page, plot_bgcolor: page, modebar: { bgcolor: 'rgba(0,0,0,0)', color: quiet, activecolor: quiet } }
    };
  };

  const charts = [...document.querySelectorAll('figure.chart > .plot')].map(place => ({ place, ...JSON.parse(place.nextElementSibling.textContent) }));
  const plotly = window.Plotly || window.moduleName;
  const config = {
    responsive: true, displaylogo: false, displayModeBar: 'hover', showSendToCloud: false, plotlyServerURL: '',
    modeBarButtonsToRemove: ['lasso2d', 'select2d', 'autoScale2d']
  };
  const draw = () => {
    for (const { place, data, layout = {}, ...figure } of charts) {
      const { width, ...free } = layout;
      plotly.react(place, data, { ...free, template: template(layout), autosize: true }, { ...config, ...figure.config });
    }
  };

  const label = () => { button.textContent = isDark() ? 'Light page' : 'Dark page'; };
  const changed = () => { label(); if (plotly) draw(); };
  button.hidden = false;
  button.addEventListener('click', () => { root.dataset.theme = isDark() ? 'light' : 'dark'; changed(); });
  systemDark.addEventListener('change', changed);
  changed();

  // Printed pages are light and have room for everything.
  let before;
  addEventListener('beforeprint', () => { before = root.dataset.theme; root.dataset.theme = 'light'; changed(); });
  addEventListener('afterprint', () => { if (before) { root.dataset.theme = before; } else { delete root.dataset.theme; } changed(); });

  const links = new Map([...document.querySelectorAll('nav a')].map(a => [a.getAttribute('href').slice(1), a]));
  if ('IntersectionObserver' in window) {
    const seen = new IntersectionObserver(entries => {
      for (const entry of entries) {
        if (entry.isIntersecting) {
          links.forEach(a => a.removeAttribute('aria-current'));
          links.get(entry.target.id)?.setAttribute('aria-current', 'true');
        }
      }
    }, { rootMargin: '-10% 0px -75% 0px' });
    links.forEach((_, id) => { const target = document.getElementById(id); if (target) { seen.observe(target); } });
  }
})();
