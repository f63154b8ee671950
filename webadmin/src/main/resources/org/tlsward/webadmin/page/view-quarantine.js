/* SPDX-License-Identifier: Apache-2.0 */
// Mail that may not travel: why, and what becomes of it. Bodies are never shown.
import { ask, order } from './api.js';
import { element, english, fill, value, values } from './dom.js';
import { confirm, form } from './forms.js';
import { bounce, confirmOverride, means, override, release, withdraw } from './quarantine-acts.js';
import { block, button, facts, more, notice, panel, table } from './parts.js';
import { distance, language, moment, number, say, size } from './words.js';

const REASONS = [
  'tls-not-offered', 'tls-handshake-failed', 'tls-version-too-low', 'tls-cipher-too-weak', 'certificate-untrusted',
  'certificate-name-mismatch', 'certificate-expired', 'dane-mismatch', 'dane-required', 'dnssec-failed', 'mx-not-trusted',
  'mtasts-mx-mismatch', 'policy-unavailable', 'requiretls-unsupported', 'fingerprint-mismatch', 'class-unknown',
  'never-by-mail', 'emergency', 'configuration-error',
];

export function quarantineView(context) {
  return context.rest[0] ? one(context.rest[0], context) : list(context);
}

function list(context) {
  const wanted = { destination: '', reason: '' };
  const found = element('div', { role: 'region', 'aria-live': 'polite', 'aria-label': say('result') });
  const show = () => fill(found, panel(say('quarantine.kept'), () => ask('quarantine', { ...wanted, lang: language() }), listed).node);
  const filter = form([
    { name: 'destination', label: say('col.destination') },
    {
      name: 'reason', label: say('col.reason'), kind: 'select',
      options: [['', say('quarantine.any')], ...REASONS.map((reason) => [reason, reason])],
    },
  ], say('filter'), (chosen) => {
    Object.assign(wanted, chosen);
    show();
  }, { inline: true });
  show();
  return [filter, found, releaseAll(context)];
}

function listed(answer) {
  const mails = answer.mails ?? [];
  return [table(say('quarantine.kept'), [
    {
      head: say('col.mail'), name: true, cell: (mail) => [
        element('a', { href: `#/quarantine/${encodeURIComponent(mail.id)}` }, mail.subject ? value(mail.subject, 200) : say('no-subject')),
        element('div', { class: 'small' }, say('from'), ' ', mail.sender ? value(mail.sender, 200) : say('nobody')),
        element('div', { class: 'small' }, say('to'), ' ', value((mail.recipients ?? []).join(', '), 300))],
    },
    { head: say('col.why'), cell: (mail) => [value(mail.sentence), ' ', element('code', {}, value(mail.reason))] },
    { head: say('col.since'), cell: (mail) => [moment(mail.withheldAt), element('div', { class: 'small' }, distance(mail.withheldAt))] },
    { head: say('col.until'), cell: (mail) => (mail.expires ? [moment(mail.expires), element('div', { class: 'small' }, distance(mail.expires))] : null) },
    { head: say('col.state'), cell: (mail) => (mail.pending ? [say('quarantine.pending'), ' ', value(mail.pending.by)] : say('quarantine.held')) },
  ], mails, say('quarantine.empty')), more(answer)];
}

function releaseAll({ again, tell }) {
  return block(say('release-all.title'), element('p', {}, say('release-all.lead')),
    form([{ name: 'destination', label: say('col.destination'), required: true }], say('release-all.do'), async ({ destination }) => {
      const done = await confirm({
        title: say('release-all.title'),
        body: [element('p', {}, say('release-all.ask'), ' ', value(destination)), say('release.what')],
        label: say('release-all.do'),
        act: () => order('quarantine/release', { destination }),
      });
      if (done) {
        again();
        tell(say(done.failed ? 'release-all.some' : 'release-all.done', { count: number(done.released), failed: number(done.failed) }));
      }
    }, { kind: 'plain', inline: true }));
}

function one(id, context) {
  const path = `quarantine/${encodeURIComponent(id)}`;
  const found = panel(say('quarantine.mail'), () => ask(path, { lang: language() }),
    (mail) => shown(mail, { ...context, path, reload: () => found.reload() }));
  return [element('p', {}, element('a', { href: '#/quarantine' }, say('quarantine.back'))), found.node];
}

function shown(mail, context) {
  return [
    notice('warning', say('quarantine.because'), element('p', {}, value(mail.sentence)),
      element('p', {}, element('code', {}, value(mail.reason)))),
    mail.pending ? pending(mail, context) : null,
    actions(mail, context),
    facts([
      [say('col.subject'), mail.subject ? value(mail.subject) : null],
      [say('col.from'), mail.sender ? value(mail.sender) : say('nobody')],
      [say('col.to'), values(mail.recipients, mail.recipientsTotal)],
      [say('col.required'), mail.required ? english(mail.required) : null],
      [say('col.class'), mail.classes?.length > 0 ? value(mail.classes.join(', ')) : null],
      [say('quarantine.admins'), mail.admins ? value(mail.admins) : null],
      [say('col.since'), [moment(mail.withheldAt), ' ', element('span', { class: 'quiet' }, distance(mail.withheldAt))]],
      [say('col.until'), mail.expires ? [moment(mail.expires), ' ', element('span', { class: 'quiet' }, distance(mail.expires))] : null],
      [say('col.size'), mail.size === undefined ? null : size(mail.size)],
      [say('quarantine.repository'), mail.repository ? value(mail.repository) : null],
    ]),
    mail.explanation ? [element('h3', {}, say('quarantine.explanation')), element('blockquote', { class: 'letter' }, value(mail.explanation))] : null,
    element('h3', {}, say('quarantine.headers')),
    element('p', { class: 'small' }, say('quarantine.headers.caption')),
    table(say('quarantine.headers'), [
      { head: say('col.header'), name: true, cell: (header) => value(header.name, 200) },
      { head: say('col.value'), cell: (header) => element('span', { class: 'mono' }, value(header.value)) },
    ], mail.headers ?? []),
  ];
}

function pending(mail, context) {
  const own = mail.pending.by === context.visitor;
  return notice('info', say('quarantine.pending.title'),
    facts([[say('asked-by'), value(mail.pending.by)], [say('asked-at'), moment(mail.pending.at)], [say('override.level'), mail.pending.level ? value(means(mail.pending)) : null], [say('why'), value(mail.pending.why)]]),
    element('p', {}, say(own ? 'quarantine.pending.own' : 'quarantine.pending.other')),
    element('div', { class: 'actions' },
      own ? null : button(say('confirm.do'), () => confirmOverride(mail, context), { kind: 'danger' }),
      button(say(own ? 'withdraw.own' : 'withdraw.other'), () => withdraw(context))));
}

function actions(mail, context) {
  return element('div', { class: 'actions', role: 'group', 'aria-label': say('actions') },
    button(say('release.do'), () => release(mail, context), { kind: 'primary' }),
    mail.pending ? null : button(say('override.do'), () => override(mail, context), { kind: 'danger' }),
    button(say('bounce.do'), () => bounce(mail, context)));
}
