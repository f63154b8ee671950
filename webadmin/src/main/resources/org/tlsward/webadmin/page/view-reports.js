/* SPDX-License-Identifier: Apache-2.0 */
// What others say of TLS to us (RFC 8460). Anybody can send a report with anything in it.
import { ask } from './api.js';
import { element, value, values } from './dom.js';
import { copyable, facts, more, notice, panel, table } from './parts.js';
import { moment, number, say } from './words.js';

export function reportsView({ rest }) {
  return rest[0] ? one(rest[0]) : panel(say('reports.received'), () => ask('tls-reports', { limit: 200 }), listed).node;
}

function listed(answer) {
  return [table(say('reports.received'), [
    {
      head: say('col.organization'), name: true, cell: (each) => [
        element('a', { href: `#/reports/${encodeURIComponent(each.id)}` }, value(each.organization || each.sender, 200)),
        element('div', { class: 'small' }, value(each.sender, 200))],
    },
    { head: say('col.period'), cell: (each) => [moment(each.start), ' – ', moment(each.end)] },
    { head: say('col.successful'), kind: 'number', cell: (each) => number(each.successful) },
    { head: say('col.failed'), kind: 'number', cell: (each) => (each.failed > 0 ? element('strong', { class: 'bad' }, number(each.failed)) : number(0)) },
    { head: say('col.received'), cell: (each) => moment(each.received) },
  ], answer.reports ?? [], say('reports.none')), more(answer)];
}

function one(id) {
  return [
    element('p', {}, element('a', { href: '#/reports' }, say('reports.back'))),
    panel(say('reports.one'), () => ask(`tls-reports/${encodeURIComponent(id)}`), shown).node,
  ];
}

function shown(each) {
  const policies = each.report?.policies;
  return [
    each.failed > 0 ? notice('warning', say('reports.failures', { count: number(each.failed) })) : notice('ok', say('reports.clean')),
    facts([
      [say('col.organization'), value(each.organization)],
      [say('col.from'), value(each.sender)],
      [say('reports.id'), value(each.reportId)],
      [say('col.period'), [moment(each.start), ' – ', moment(each.end)]],
      [say('col.received'), moment(each.received)],
      [say('col.successful'), number(each.successful)],
      [say('col.failed'), number(each.failed)],
    ]),
    Array.isArray(policies) ? policies.map(policy) : null,
    element('details', { class: 'aside' }, element('summary', {}, say('reports.raw')),
      copyable(JSON.stringify(each.report, null, 2), say('reports.raw'))),
  ];
}

function policy(each) {
  const failures = each?.['failure-details'];
  return element('section', { class: 'report-section' },
    element('h3', {}, say('reports.policy'), ' ', value(each?.policy?.['policy-domain']), ' (', value(each?.policy?.['policy-type']), ')'),
    Array.isArray(each?.policy?.['mx-host']) ? values(each.policy['mx-host']) : null,
    table(say('reports.failure-table'), [
      { head: say('col.result'), name: true, cell: (failure) => element('code', {}, value(failure?.['result-type'])) },
      { head: say('col.mx'), cell: (failure) => value(failure?.['receiving-mx-hostname']) },
      { head: say('col.sending'), cell: (failure) => value(failure?.['sending-mta-ip']) },
      { head: say('col.failed'), kind: 'number', cell: (failure) => value(failure?.['failed-session-count']) },
      { head: say('col.more'), cell: (failure) => value(failure?.['additional-information'] ?? failure?.['failure-reason-code']) },
    ], Array.isArray(failures) ? failures : [], say('reports.no-failures')));
}
