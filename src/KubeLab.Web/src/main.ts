import './styles/base.css';
import './styles/catalog.css';
import './styles/lesson.css';
import './styles/outputs.css';
import './styles/cluster.css';
import './styles/demo.css';
import { CatalogView } from './catalog/catalogView.ts';
import { ClusterPage } from './cluster/clusterPage.ts';
import { DemoView } from './demo/demoView.ts';
import { NotesView } from './demo/notesView.ts';
import { LessonView } from './lesson/lessonView.ts';
import { announce } from './shell/announcer.ts';
import { h, fill } from './shell/dom.ts';
import { icon } from './shell/icons.ts';
import { parseRoute } from './shell/router.ts';
import { lookButtons, restoreLook } from './shell/theme.ts';
import type { View } from './shell/view.ts';

restoreLook();

// The address that opened the page carries the token. The cookie has it now; on a projector nobody needs to read it.
if (new URLSearchParams(location.search).has('token')) {
  history.replaceState(null, '', `${location.pathname}${location.hash}`);
}

const header = document.getElementById('header')!;
const main = document.getElementById('main')!;
const tools = h('div', { class: 'header-tools' });
fill(header, h('a', { class: 'brand', href: '#/' }, icon('cluster'), h('span', {}, 'KubeLab')), tools, h('div', { class: 'look' }, ...lookButtons()));

let view: View | undefined;

/** Replaces the view; the page's title and a live region say where the learner is now. */
function show(): void {
  // A link inside the page, such as a heading or "skip to the content", is not a view of its own.
  if (/^#[^/]/.test(location.hash)) {
    return;
  }

  const route = parseRoute(location.hash);
  const isFirst = view === undefined;
  view?.close();
  view = route.name === 'lesson' ? new LessonView(route.id)
    : route.name === 'cluster' ? new ClusterPage(route.kernel, route.cluster)
      : route.name === 'demo' ? new DemoView(route.id)
        : route.name === 'notes' ? new NotesView(route.id)
          : new CatalogView();
  document.title = `${view.title} · KubeLab`;
  document.body.dataset['view'] = route.name;
  fill(tools, view.tools);
  fill(main, view.element);
  scrollTo(0, 0);
  if (!isFirst) {
    main.focus({ preventScroll: true });
    announce(view.title);
  }
}

addEventListener('hashchange', show);
addEventListener('pagehide', () => view?.close());
show();
