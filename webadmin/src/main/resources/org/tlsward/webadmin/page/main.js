/* SPDX-License-Identifier: Apache-2.0 */
// The frame: who is signed in, the menu, and which view is shown. The address after # says which, so that "back" works.
import { ask, forget, hasToken, whenSignedOut } from './api.js';
import { element, fill, shape, value } from './dom.js';
import { button, refusal } from './parts.js';
import { signIn } from './sign-in.js';
import { chooseLanguage, language, LANGUAGES, say, startLanguage } from './words.js';
import { checkView } from './view-check.js';
import { evidenceView } from './view-evidence.js';
import { exceptionsView } from './view-exceptions.js';
import { explainView } from './view-explain.js';
import { headersView } from './view-headers.js';
import { overviewView } from './view-overview.js';
import { policiesView } from './view-policies.js';
import { quarantineView } from './view-quarantine.js';
import { reportsView } from './view-reports.js';
import { suggestionsView } from './view-suggestions.js';
import { waitingView } from './view-waiting.js';

const MENU = [
  ['now', { overview: overviewView, quarantine: quarantineView, waiting: waitingView }],
  ['ask', { check: checkView, explain: explainView, evidence: evidenceView, headers: headersView }],
  ['known', { exceptions: exceptionsView, policies: policiesView, reports: reportsView, suggestions: suggestionsView }],
];
const VIEWS = Object.assign({}, ...MENU.map(([, views]) => views));

const page = document.getElementById('page');
const session = { name: undefined, message: undefined };
let main;
let status;

function start() {
  startLanguage();
  whenSignedOut((why) => {
    session.name = undefined;
    forget();
    frame();
    showSignIn(why);
  });
  addEventListener('hashchange', () => showView(true));
  frame();
  enter(false);
}

/** Learns whose token it is, and shows what was asked for. */
async function enter(focus) {
  if (!hasToken()) {
    showSignIn();
    return;
  }
  try {
    session.name = (await ask('visitor')).name;
  } catch (failure) {
    if (failure.status !== 401) {
      frame();
      fill(main, element('h1', { tabindex: '-1' }, say('brand')), refusal(failure),
        button(say('again'), () => enter(true), { kind: 'primary' }));
    }
    return;
  }
  frame();
  showView(focus);
}

function frame() {
  main = element('main', { id: 'main' });
  status = element('div', { id: 'status', role: 'status', class: 'status' });
  fill(page,
    element('a', {
      class: 'skip', href: '#main', click: (event) => { event.preventDefault(); heading().focus(); },
    }, say('skip')),
    bar(),
    element('div', { class: session.name ? 'frame' : 'frame frame-alone' }, session.name ? menu() : null,
      element('div', { class: 'content' }, status, main)),
    element('footer', { class: 'foot' }, say('foot', { zone: Intl.DateTimeFormat().resolvedOptions().timeZone })));
}

function bar() {
  return element('header', { class: 'bar' },
    session.name ? menuButton() : null,
    element('a', { class: 'brand', href: '#/overview' }, shield(), say('brand')),
    element('div', { class: 'bar-end' },
      session.name ? element('span', { class: 'who' }, element('span', { class: 'who-word' }, say('who'), ' '),
        element('strong', { id: 'visitor' }, value(session.name))) : null,
      languageChoice(),
      session.name ? button(say('sign-out'), () => { forget(); session.name = undefined; frame(); showSignIn(); }) : null));
}

function shield() {
  return shape('svg', { viewBox: '0 0 32 32', width: '26', height: '26', 'aria-hidden': 'true', class: 'shield' },
    shape('path', { class: 'shield-field', d: 'M16 1.5 28 6v9c0 7.6-5 13-12 15.5C9 28 4 22.6 4 15V6z' }),
    shape('path', { class: 'shield-cross', d: 'M14 8h4v5h5v4h-5v5h-4v-5H9v-4h5z' }));
}

function languageChoice() {
  const choice = element('select', { id: 'language', 'aria-label': say('language') },
    Object.entries(LANGUAGES).map(([code, name]) =>
      element('option', { value: code, lang: code, selected: code === language() }, name)));
  choice.addEventListener('change', () => {
    chooseLanguage(choice.value);
    frame();
    if (session.name) {
      showView(false);
    } else {
      showSignIn();
    }
    document.getElementById('language').focus();
  });
  return choice;
}

function menuButton() {
  return element('button', {
    type: 'button', class: 'button button-plain menu-button', 'aria-expanded': 'false', 'aria-controls': 'menu',
    click: (event) => openMenu(event.currentTarget.getAttribute('aria-expanded') !== 'true'),
  }, say('menu'));
}

function openMenu(open) {
  page.querySelector('.menu-button')?.setAttribute('aria-expanded', String(open));
  page.querySelector('#menu')?.classList.toggle('open', open);
}

function menu() {
  return element('nav', { id: 'menu', 'aria-label': say('menu') },
    element('p', { class: 'menu-who' }, say('who'), ' ', element('strong', {}, value(session.name))), MENU.map(([group, views]) => [
    element('p', { class: 'menu-group', id: `group-${group}` }, say(`menu.${group}`)),
    element('ul', { 'aria-labelledby': `group-${group}` }, Object.keys(views).map((name) =>
      element('li', {}, element('a', { href: `#/${name}`, 'data-view': name }, say(`${name}.title`))))),
  ]));
}

function showSignIn(why) {
  document.title = `${say('sign-in.title')} – ${say('brand')}`;
  fill(main, signIn(why, () => enter(true)));
  main.querySelector('input').focus();
}

function heading() {
  return main.querySelector('h1') ?? main;
}

/** The view that the address names, with what else it says: #/quarantine/ID. */
function showView(focus) {
  if (session.name === undefined || !/^#\/|^$/.test(location.hash)) {
    return;
  }
  const [name, ...rest] = location.hash.slice(2).split('/').map(decoded);
  const view = Object.hasOwn(VIEWS, name) ? name : 'overview';
  openMenu(false);
  for (const link of page.querySelectorAll('#menu a')) {
    if (link.dataset.view === view) {
      link.setAttribute('aria-current', 'page');
    } else {
      link.removeAttribute('aria-current');
    }
  }
  fill(status, session.message ?? '');
  session.message = undefined;
  const title = say(`${view}.title`);
  document.title = `${title} – ${say('brand')}`;
  fill(main,
    element('div', { class: 'view-head' }, element('h1', { tabindex: '-1' }, title),
      element('p', { class: 'lead' }, say(`${view}.lead`))),
    VIEWS[view]({ rest, visitor: session.name, tell, go, again: () => showView(true) }));
  if (focus) {
    scrollTo(0, 0);
    heading().focus({ preventScroll: true });
  }
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

/** Says, visibly and to screen readers, what was done. */
function tell(message) {
  fill(status, message);
}

/** To another view, where a message is said. */
function go(hash, message) {
  session.message = message;
  if (location.hash === hash) {
    showView(true);
  } else {
    location.hash = hash;
  }
}

start();
