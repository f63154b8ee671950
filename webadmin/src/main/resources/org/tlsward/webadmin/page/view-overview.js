/* SPDX-License-Identifier: Apache-2.0 */
// At three in the morning: is something wrong, what waits, and why.
import { ask } from './api.js';
import { chart, patterns } from './chart.js';
import { element, english, fill, value } from './dom.js';
import { emergencyPanel, stopNotices } from './emergency.js';
import { block, button, notice, refusal, table } from './parts.js';
import { due, language, moment, number, say } from './words.js';

const SOURCES = () => ({
  health: ['health'],
  resolver: ['resolver'],
  emergency: ['emergency'],
  held: ['queue/held'],
  queue: ['queue', { limit: 1000 }],
  quarantine: ['quarantine', { limit: 1000, lang: language() }],
  figures: ['figures', { days: 30 }],
});

export function overviewView({ tell, again }) {
  const node = element('div', { class: 'overview', 'aria-busy': 'true' }, element('p', { class: 'quiet' }, say('loading')));
  load().then((known) => {
    fill(node,
      element('div', { class: 'as-of' }, element('span', { class: 'quiet' }, say('overview.as-of'), ' ', moment(new Date().toISOString())),
        button(say('refresh'), again)),
      banners(known, { tell, again }),
      tiles(known),
      waiting(known),
      pictures(known),
      emergencyPanel(known.emergency, { tell, again }));
    node.removeAttribute('aria-busy');
  });
  return node;
}

/** Everything at once; what cannot be had is its own refusal. */
async function load() {
  const entries = await Promise.all(Object.entries(SOURCES()).map(async ([name, [path, parameters]]) => {
    try {
      return [name, { answer: await ask(path, parameters) }];
    } catch (failure) {
      return [name, { failure }];
    }
  }));
  return Object.fromEntries(entries);
}

function banners(known, context) {
  const all = [
    ...stopNotices(known.emergency.answer, context),
    ...problems(known).map((problem) =>
      notice(problem.severity === 'unhealthy' ? 'fail' : 'warning', [say('overview.problem'), ' ', value(problem.component)],
        element('p', {}, english(problem.message)))),
    ...resolver(known.resolver.answer),
    ...held(known.held.answer),
    ...unanswered(known),
  ];
  return element('div', { class: 'banners' }, all.length > 0 ? all : notice('ok', say('overview.calm')));
}

/** Those of the health check; what has a notice of its own, with something to do beside it, is not said twice. */
function problems({ health, resolver, held, emergency }) {
  const own = [
    held.answer?.held?.length > 0 ? 'held destinations' : undefined,
    emergency.answer?.stops?.length > 0 ? 'emergency stop' : undefined,
  ];
  return (health.answer?.problems ?? []).filter((problem) =>
    !own.includes(problem.component) && !(resolver.answer?.state !== 'ok' && problem.message === resolver.answer?.message));
}

/** What is not known is not well. A route that is missing has its own place below, but for the health. */
function unanswered(known) {
  const failed = Object.entries(known).filter(([name, { failure }]) => failure && (name === 'health' || !failure.missing));
  const silent = known.health.answer && !known.health.answer.status ? [notice('warning', say('overview.no-health'))] : [];
  return [...silent, ...failed.map(([name, { failure }]) => refusal(failure, say('overview.part', { name })))];
}

function resolver(answer) {
  if (answer === undefined) {
    return [];
  }
  const notices = [];
  if (answer.state !== 'ok') {
    const kind = { degraded: 'warning', unknown: 'info' }[answer.state] ?? 'fail';
    notices.push(notice(kind, say(answer.state === 'unknown' ? 'overview.resolver.unknown' : 'overview.resolver'),
      element('p', {}, english(answer.message)),
      answer.servers?.length > 0 ? element('p', { class: 'quiet' }, say('overview.resolver.asks'), ' ', value(answer.servers.join(', '))) : null));
  }
  if (answer.clock?.message) {
    notices.push(notice('warning', say('overview.clock'), element('p', {}, english(answer.clock.message))));
  }
  const off = Math.abs(Date.now() - new Date(answer.clock?.now ?? Date.now()).getTime());
  if (off > 300000) {
    notices.push(notice('warning', say('overview.clocks-differ'),
      element('p', {}, say('overview.clocks-differ.what', { minutes: Math.round(off / 60000) }))));
  }
  return notices;
}

function held(answer) {
  const all = answer?.held ?? [];
  return all.length === 0 ? [] : [notice('warning', say('overview.held', { count: number(all.length) }),
    element('ul', { class: 'plain' }, all.map((each) =>
      element('li', {}, value(each.destination), ' ', say('since'), ' ', moment(each.since)))),
    element('p', {}, element('a', { href: '#/waiting' }, say('overview.to-waiting'))))];
}

function tiles({ quarantine, queue, figures }) {
  const kept = quarantine.answer?.mails;
  const pending = kept?.filter((mail) => mail.pending).length;
  return element('ul', { class: 'tiles' },
    tile(say('tile.today'), figures.answer?.withheldToday, '#/quarantine'),
    tile(say('tile.quarantine'), kept?.length, '#/quarantine', quarantine.answer?.more),
    tile(say('tile.pending'), pending, '#/quarantine'),
    tile(say('tile.waiting'), queue.answer?.mails?.length, '#/waiting', queue.answer?.more));
}

function tile(label, count, href, atLeast = false) {
  return element('li', {}, element('a', { class: 'tile', href },
    element('span', { class: 'tile-count' }, count === undefined ? '–' : `${number(count)}${atLeast ? '+' : ''}`),
    element('span', { class: 'tile-label' }, label)));
}

/** By destination: how many, and why. */
function waiting({ queue, quarantine }) {
  const rows = [
    ...groups(quarantine.answer?.mails, (mail) => mail.reason).map((group) => ({
      ...group, where: 'quarantine', why: [value(group.first.sentence), ' ', element('code', {}, value(group.key))],
      next: say('overview.until-you'), whom: names(group.mails.flatMap((mail) => mail.recipients ?? [])),
    })),
    ...groups(queue.answer?.mails, (mail) => mail.destinations?.join(', ')).map((group) => ({
      ...group, where: 'waiting', why: group.first.lastOutcome ? english(group.first.lastOutcome) : say('waiting.new'),
      next: next(group.mails), whom: value(group.key),
    })),
  ];
  return block(say('overview.why'), table(say('overview.why'), [
    { head: say('col.destination'), name: true, cell: (row) => row.whom },
    { head: say('col.where'), cell: (row) => element('a', { href: `#/${row.where}` }, say(`${row.where}.short`)) },
    { head: say('col.mails'), kind: 'number', cell: (row) => number(row.mails.length) },
    { head: say('col.why'), cell: (row) => row.why },
    { head: say('col.next'), cell: (row) => row.next },
  ], rows, say('overview.nothing-waits')));
}

function groups(mails, keyOf) {
  const found = new Map();
  for (const mail of mails ?? []) {
    found.set(keyOf(mail), [...(found.get(keyOf(mail)) ?? []), mail]);
  }
  return [...found].map(([key, group]) => ({ key, mails: group, first: group[0] }))
    .sort((a, b) => b.mails.length - a.mails.length).slice(0, 20);
}

/** The domains of addresses, at most five of them. */
function names(recipients) {
  const domains = [...new Set(recipients.map((each) => each.slice(each.lastIndexOf('@') + 1)))];
  return [value(domains.slice(0, 5).join(', ')), domains.length > 5 ? ` + ${number(domains.length - 5)}` : ''];
}

function next(mails) {
  if (mails.some((mail) => mail.held?.length > 0)) {
    return say('waiting.held');
  }
  const first = mails.map((mail) => mail.nextAttempt).filter(Boolean).sort()[0];
  return first === undefined || mails.some((mail) => !mail.nextAttempt) ? say('waiting.now') : due(first);
}

function pictures({ figures }) {
  if (figures.failure) {
    return block(say('overview.pictures'), refusal(figures.failure));
  }
  const days = figures.answer.days ?? [];
  const series = (names) => names.map((name) => ({ name, label: say(`level.${name}`) }));
  return block(say('overview.pictures'), patterns(), figures.answer.more ? notice('info', say('overview.figures-more')) : null, element('div', { class: 'pictures' },
    chart(say('overview.out'), days.map(({ day, out }) => ({ day, counts: out ?? {} })),
      series(['authenticated', 'encrypted', 'cleartext', 'withheld'])),
    chart(say('overview.in'), days.map(({ day, in: inward }) => ({
      day,
      counts: {
        tls13: inward?.byTls?.['TLSv1.3'], tls12: inward?.byTls?.['TLSv1.2'], none: inward?.byTls?.none, refused: inward?.refused,
      },
    })), series(['tls13', 'tls12', 'none', 'refused']))));
}
