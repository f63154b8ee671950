/* SPDX-License-Identifier: Apache-2.0 */
// What would become of a mail, and who is in which class. No mail is sent.
import { ask } from './api.js';
import { element, english, value } from './dom.js';
import { lookUp } from './forms.js';
import { block, copyable, facts, mark, notice, table, tree } from './parts.js';
import { language, say } from './words.js';

const KINDS = { ok: 'ok', warning: 'warning', fail: 'fail' };

export function explainView() {
  return [
    block(say('explain.form'), lookUp([
      { name: 'recipient', label: say('explain.recipient'), required: true, hint: say('explain.recipient.hint') },
      { name: 'sender', label: say('explain.sender') },
    ], say('explain.do'), ({ recipient, sender }) => ask('explain', { recipient, sender, lang: language() }), explained)),
    block(say('classes.form'), lookUp([
      { name: 'address', label: say('classes.address'), required: true },
    ], say('classes.do'), (wanted) => ask('classes', wanted), ({ address, classes }) => classTable(address, classes))),
  ];
}

function explained(answer) {
  return [
    element('h3', {}, say('explain.classes')), classTable(answer.recipient, answer.classes),
    way(answer),
    (answer.alsoTo ?? []).map((other) => element('section', { class: 'group' },
      element('h3', {}, say('explain.also'), ' ', value(other.recipient)), way(other))),
    answer.inbound?.length > 0 ? [element('h3', {}, say('explain.inbound')), table(say('explain.inbound'), [
      { head: say('col.mark'), kind: 'mark-column', cell: (each) => mark(each.mark) },
      { head: say('explain.session'), name: true, cell: (each) => english(each.session) },
      { head: say('explain.answer'), cell: (each) => english(each.text) },
    ], answer.inbound)] : null,
  ];
}

/** What would become of a mail to one address. */
function way(answer) {
  return [
    answer.prospect ? notice(KINDS[answer.prospect.mark] ?? 'info', say('explain.prospect'), element('p', {}, value(answer.prospect.sentence)),
      answer.admins ? element('p', {}, value(answer.admins)) : null,
      (answer.observations ?? []).map((each) => element('p', { class: 'quiet' }, english(each)))) : null,
    facts([[say('explain.required'), answer.required ? english(answer.required) : null]]),
    rules(answer),
    element('h3', {}, say('explain.publishes')),
    answer.publishes?.length > 0 ? tree(answer.publishes) : element('p', { class: 'quiet' }, say('explain.publishes-nothing')),
    answer.dsn ? [element('h3', {}, say('explain.dsn')), element('p', {}, say('explain.dsn.what')),
      copyable(answer.dsn.text, answer.dsn.subject)] : null,
  ];
}

function rules({ rules: all, exceptions }) {
  return [
    element('h3', {}, say('explain.rules')),
    table(say('explain.rules'), [
      { head: say('col.name'), name: true, cell: (rule) => value(rule.name) },
      { head: say('col.source'), cell: (rule) => english(rule.source) },
      { head: say('col.level'), cell: (rule) => (rule.level ? element('code', {}, value(rule.level)) : null) },
      { head: say('col.required'), cell: (rule) => (rule.required ? english(rule.required) : null) },
    ], all ?? [], say('explain.no-rules')),
    exceptions?.length > 0 ? [element('h3', {}, say('explain.lowered')), table(say('explain.lowered'), [
      { head: say('col.name'), name: true, cell: (each) => value(each.name) },
      { head: say('col.source'), cell: (each) => english(each.kind) },
      { head: say('col.because'), cell: (each) => value(each.reason) },
    ], exceptions)] : null,
  ];
}

function classTable(address, classes) {
  return table(say('classes.caption', { address }), [
    { head: say('col.class'), name: true, cell: (each) => value(each.name) },
    { head: say('col.because'), cell: (each) => english(each.because) },
  ], classes ?? [], say('classes.none'));
}
