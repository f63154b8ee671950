/* SPDX-License-Identifier: Apache-2.0 */
// How a mail travelled, told from the evidence, and a statement of it for a recipient or an auditor.
import { ask } from './api.js';
import { element, value, values } from './dom.js';
import { lookUp } from './forms.js';
import { block, button, facts, more, notice, refusal } from './parts.js';
import { language, moment, say } from './words.js';

export function evidenceView({ tell }) {
  return block(say('evidence.form'), lookUp([
    { name: 'recipient', label: say('evidence.recipient') },
    { name: 'messageId', label: 'Message-ID', hint: say('evidence.id.hint') },
    { name: 'since', label: say('evidence.since'), kind: 'date', hint: say('evidence.since.hint') },
  ], say('evidence.do'), (wanted) => ask('evidence', { ...wanted, lang: language() }), (answer) => [
    answer.mails?.length > 0 ? answer.mails.map((mail) => story(mail, tell)) : notice('info', say('evidence.none')), more(answer),
    answer.unreadable > 0 ? notice('warning', say('evidence.unreadable', { count: answer.unreadable })) : null,
  ]));
}

function story(mail, tell) {
  return element('article', { class: 'story' },
    element('h3', {}, mail.messageId ? value(mail.messageId, 300) : say('evidence.no-id')),
    facts([[say('col.from'), mail.sender ? value(mail.sender) : say('nobody')], [say('col.to'), values(mail.recipients, mail.recipientsTotal)]]),
    element('ol', { class: 'timeline' }, (mail.story ?? []).map((step) => element('li', { class: `step step-${kind(step)}` },
      element('p', { class: 'small' }, moment(step.time)),
      mail.recipients?.length > 1 && step.recipient ? element('p', { class: 'small' }, say('to'), ' ', value(step.recipient, 200)) : null,
      element('p', {}, value(step.sentence), step.reason ? [' ', element('code', {}, value(step.reason))] : null),
      element('p', { class: 'small quiet' }, say('evidence.line', { file: step.file ?? '?', line: step.line ?? step.seq ?? '?' }))))),
    more(mail),
    mail.messageId ? button(say('certificate.do'), () => certificate(mail.messageId, tell), {
      about: `${say('certificate.do')}: ${mail.messageId}`,
    }) : null);
}

/** Only to colour the dot; the sentence says it. */
function kind({ outcome }) {
  return { delivered: 'ok', accepted: 'ok', withheld: 'fail', refused: 'fail', rejected: 'fail', bounced: 'fail' }[outcome] ?? 'plain';
}

/** To be kept as a file: another document has no business in this page. */
async function certificate(messageId, tell) {
  try {
    const { html } = await ask('evidence/certificate', { messageId, lang: language() });
    const url = URL.createObjectURL(new Blob([html], { type: 'text/html' }));
    element('a', { href: url, download: `${messageId.replace(/[^\w.@-]/g, '_').slice(0, 100)}.html` }).click();
    // The browser has taken the file by then.
    setTimeout(() => URL.revokeObjectURL(url), 60000);
    tell(say('certificate.done'));
  } catch (failure) {
    tell(refusal(failure));
  }
}
