/* SPDX-License-Identifier: Apache-2.0 */
// What would become of a mail, and who is in which class. No mail is sent.
import { ask } from './api.js';
import { element, english, value } from './dom.js';
import { lookUp } from './forms.js';
import { block, copyable, notice, table, tree } from './parts.js';
import { language, say } from './words.js';

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
  const bad = answer.prospect?.mark === 'fail' ? 'fail' : answer.prospect?.mark === 'ok' ? 'ok' : 'warning';
  return [
    answer.prospect ? notice(bad, say('explain.prospect'), element('p', {}, value(answer.prospect.sentence))) : null,
    element('h3', {}, say('explain.required')), element('p', {}, english(answer.required)),
    element('h3', {}, say('explain.classes')), classTable(answer.recipient, answer.classes),
    element('h3', {}, say('explain.rules')),
    table(say('explain.rules'), [
      { head: say('col.source'), name: true, cell: (rule) => english(rule.source) },
      { head: say('col.name'), cell: (rule) => value(rule.name) },
      { head: say('col.level'), cell: (rule) => element('code', {}, value(rule.level)) },
    ], answer.rules ?? [], say('explain.no-rules')),
    element('h3', {}, say('explain.publishes')),
    answer.publishes?.length > 0 ? tree(answer.publishes) : element('p', { class: 'quiet' }, say('explain.publishes-nothing')),
    answer.dsn ? [element('h3', {}, say('explain.dsn')), element('p', {}, say('explain.dsn.what')),
      copyable(answer.dsn.text, answer.dsn.subject)] : null,
  ];
}

function classTable(address, classes) {
  return table(say('classes.caption', { address }), [
    { head: say('col.class'), name: true, cell: (each) => value(each.name) },
    { head: say('col.because'), cell: (each) => english(each.because) },
  ], classes ?? [], say('classes.none'));
}
