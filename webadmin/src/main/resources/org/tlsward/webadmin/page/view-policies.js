/* SPDX-License-Identifier: Apache-2.0 */
// MTA-STS policies of others that are in force here.
import { ask } from './api.js';
import { element, english, fill, value, values } from './dom.js';
import { form } from './forms.js';
import { more, panel, table } from './parts.js';
import { distance, moment, say } from './words.js';

export function policiesView() {
  const found = element('div', { role: 'region', 'aria-live': 'polite', 'aria-label': say('result') });
  const show = (wanted) => fill(found, panel(say('policies.known'), () => ask('mta-sts', { ...wanted, limit: 500 }), listed).node);
  show({});
  return [form([{ name: 'domain', label: say('col.domain') }], say('filter'), show, { inline: true }), found];
}

function listed(answer) {
  return [table(say('policies.known'), [
    { head: say('col.domain'), name: true, cell: (each) => value(each.domain) },
    { head: say('col.mode'), cell: (each) => element('code', {}, value(each.mode)) },
    { head: say('col.mx'), cell: (each) => values(each.mx, each.mxTotal) },
    { head: say('col.ends'), cell: (each) => [moment(each.until), element('div', { class: 'small' }, distance(each.until))] },
    {
      head: say('col.setback'), cell: (each) => (each.setback
        ? [english(each.setback.why), element('div', { class: 'small' }, say('since'), ' ', moment(each.setback.since))] : null),
    },
  ], answer.policies ?? [], say('policies.none')), more(answer)];
}
