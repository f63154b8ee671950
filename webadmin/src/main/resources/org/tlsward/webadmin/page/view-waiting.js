/* SPDX-License-Identifier: Apache-2.0 */
// Why is this mail waiting? By destination, because that is what can be held, resumed or tried now.
import { ask, order } from './api.js';
import { element, english, fill, fresh, value, values } from './dom.js';
import { confirm, form } from './forms.js';
import { button, more, notice, panel, table } from './parts.js';
import { due, moment, number, say } from './words.js';

export function waitingView({ tell }) {
  let wanted = {};
  const found = element('div', { role: 'region', 'aria-live': 'polite', 'aria-label': say('result') });
  const context = { tell, again: () => show() };
  const show = () => {
    const part = panel(say('waiting.found'),
      async () => [await ask('queue', { ...wanted, limit: 500 }), await ask('queue/held')],
      ([queue, held]) => listed(queue, held.held ?? [], context));
    fill(found, part.node);
    return part;
  };
  show();
  return [
    form([{ name: 'destination', label: say('col.destination') }], say('filter'), (chosen) => {
      wanted = chosen;
      show();
    }, { inline: true }),
    found,
  ];
}

function listed(queue, held, context) {
  const groups = new Map(held.map((each) => [each.destination, []]));
  for (const mail of queue.mails ?? []) {
    for (const destination of mail.destinations?.length > 0 ? mail.destinations : ['']) {
      groups.set(destination, [...(groups.get(destination) ?? []), mail]);
    }
  }
  if (groups.size === 0) {
    return notice('ok', say('waiting.none'));
  }
  const since = new Map(held.map((each) => [each.destination, each.since]));
  return [
    element('div', { class: 'actions' }, button(say('retry.all'), () => act('queue/retry', 'retry', '', context))),
    [...groups].map(([destination, mails]) => group(destination, mails, since.get(destination), context)),
    more(queue),
  ];
}

function group(destination, mails, heldSince, context) {
  const heading = fresh('destination');
  const path = `queue/${encodeURIComponent(destination)}`;
  const act2 = (what) => button(say(`${what}.do`), () => act(`${path}/${what}`, what, destination, context),
    { about: `${say(`${what}.do`)}: ${destination}` });
  return element('section', { class: 'group', 'aria-labelledby': heading },
    element('div', { class: 'group-head' },
      element('h3', { id: heading }, value(destination || say('nobody'))),
      element('span', { class: 'quiet' }, say('waiting.count', { count: number(mails.length) })),
      destination ? element('div', { class: 'actions' }, heldSince ? act2('resume') : [act2('retry'), act2('hold')]) : null),
    heldSince ? notice('warning', [say('waiting.held-since'), ' ', moment(heldSince)]) : null,
    mails.length === 0 ? null : table(say('waiting.caption', { destination }), [
      {
        head: say('col.to'), name: true, cell: (mail) => [values(mail.recipients, mail.recipientsTotal),
          element('div', { class: 'small' }, say('from'), ' ', mail.sender ? value(mail.sender, 200) : say('nobody'))],
      },
      { head: say('col.why'), cell: (mail) => (mail.lastOutcome ? english(mail.lastOutcome) : say('waiting.new')) },
      { head: say('col.required'), cell: (mail) => [mail.required ? english(mail.required) : say('waiting.unknown'),
        mail.classes?.length > 0 ? element('div', { class: 'small' }, say('col.class'), ' ', value(mail.classes.join(', '))) : null] },
      { head: say('col.tries'), kind: 'number', cell: (mail) => number(mail.tries) },
      {
        head: say('col.next'), cell: (mail) => (heldSince ? say('waiting.held') : mail.nextAttempt
          ? [due(mail.nextAttempt), element('div', { class: 'small' }, moment(mail.nextAttempt))] : say('waiting.now')),
      },
    ], mails));
}

async function act(path, what, destination, { tell, again }) {
  const done = await confirm({
    title: say(`${what}.title`),
    body: [destination ? element('p', { class: 'which' }, value(destination)) : null, say(`${what}.what`)].filter(Boolean),
    label: say(`${what}.do`),
    act: () => order(path),
  });
  if (done) {
    again();
    tell(say(`${what}.done`, { count: number(done.due), destination }));
  }
}
