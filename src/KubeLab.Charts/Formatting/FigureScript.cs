namespace KubeLab.Charts.Formatting;

/// <summary>The script that replaces a figure's words by its picture.</summary>
internal static class FigureScript
{
    /// <summary>Needs <c>$NAME</c> and <c>$FIGURE</c> filled in. The JSON has <c>&lt;</c> escaped, so it cannot end the script.</summary>
    /// <remarks>
    /// Plotly may be a global of the page, come later (a report may load it at its end), or be a module known to require.js, as in VS Code.
    /// The picture follows the page's theme (the lab's <c>data-theme</c>, VS Code, JupyterLab), else the system's, and changes with it.
    /// </remarks>
    public const string Draw = """
        (() => {
          const place = document.querySelector('.kubelab-figure[data-figure="$NAME"]:not([data-state])');
          if (!place) return;
          place.dataset.state = 'words';
          const figure = $FIGURE;
          const system = window.matchMedia('(prefers-color-scheme: dark)');
          const isDark = () => {
            const root = document.documentElement.dataset, body = document.body.dataset;
            if (body.jpThemeLight) return body.jpThemeLight === 'false';
            const theme = root.theme || body.theme || body.vscodeThemeKind;
            return theme ? /dark|contrast$/.test(theme) : system.matches;
          };
          const draw = Plotly => {
            if (place.dataset.state === 'picture') return;
            place.dataset.state = 'picture';
            place.textContent = '';
            place.style.height = figure.layout.height + 'px';
            place.setAttribute('role', 'img');
            place.setAttribute('aria-label', figure.layout.meta.alt);
            const light = figure.layout.template, dark = figure.layout.meta.dark;
            const config = {responsive: true, displaylogo: false, modeBarButtonsToRemove: ['lasso2d', 'select2d', 'autoScale2d']};
            let shown;
            const show = () => {
              const now = isDark();
              if (now === shown) return;
              shown = now;
              Plotly.react(place, figure.data, {...figure.layout, template: now ? dark : light}, config);
            };
            show();
            system.addEventListener('change', show);
            const watch = new MutationObserver(() => place.isConnected ? show() : watch.disconnect());
            for (const node of [document.documentElement, document.body]) {
              watch.observe(node, {attributeFilter: ['data-theme', 'data-jp-theme-light', 'data-vscode-theme-kind']});
            }
          };
          const find = triesLeft => {
            if (window.Plotly) return draw(window.Plotly);
            const amd = window.require;
            const module = amd && amd.specified && ['plotly', 'Plotly'].find(name => amd.specified(name));
            if (module) return amd([module], draw);
            if (triesLeft > 0) setTimeout(() => find(triesLeft - 1), 100);
          };
          find(100);
        })();
        """;
}
