/* SPDX-License-Identifier: Apache-2.0 */
// Who could be stricter at once, what "observe" would withhold, and reports to hand on.
import { ask } from './api.js';
import { element, value } from './dom.js';
import { lookUp } from './forms.js';
import { block, button, copyable, more, panel, table, tree } from './parts.js';
import { language, number, say } from './words.js';

export function suggestionsView() {
  return [
    panel(say('suggestions.found'), () => ask('suggestions', { days: 30, lang: language() }), suggested).node,
    block(say('month.form'), lookUp([
      { name: 'month', label: say('month.month'), kind: 'month', required: true, value: new Date().toISOString().slice(0, 7) },
    ], say('month.do'), ({ month }) => ask('reports/month', { month, lang: language() }), ({ text, figures }, { month }) => [
      copyable(text, say('month.text', { month })),
      button(say('print'), () => print()),
      figures ? element('details', { class: 'aside' }, element('summary', {}, say('month.figures')), tree(figures)) : null,
    ])),
    block(say('partner.form'), lookUp([
      { name: 'destination', label: say('col.destination'), required: true },
    ], say('partner.do'), ({ destination }) => ask('reports/partner', { destination, lang: language() }),
    ({ subject, text }) => [copyable(subject, say('col.subject')), copyable(text, say('partner.text'))])),
  ];
}

function suggested(answer) {
  const lines = answer.suggestions ?? [];
  return [
    element('p', { class: 'small' }, say('suggestions.caption')),
    table(say('suggestions.found'), [
      { head: say('col.destination'), name: true, cell: (each) => value(each.destination) },
      { head: say('col.because'), cell: (each) => value(each.because) },
      { head: say('col.line'), cell: (each) => element('code', {}, value(each.line)) },
    ], lines, say('suggestions.none')),
    lines.length > 0 ? copyable(lines.map((each) => each.line).join('\n'), say('suggestions.lines')) : null,
    more(answer),
    element('h3', {}, say('observed.title')),
    table(say('observed.title'), [
      { head: say('col.destination'), name: true, cell: (each) => value(each.destination) },
      { head: say('col.mails'), kind: 'number', cell: (each) => number(each.mails) },
      { head: say('col.why'), cell: (each) => [value(each.sentence), ' ', element('code', {}, value(each.reason))] },
    ], answer.observed ?? [], say('observed.none')),
  ];
}
