/* SPDX-License-Identifier: Apache-2.0 */
// What lowers a requirement, and until when.
import { ask } from './api.js';
import { element, value } from './dom.js';
import { mark, more, panel, table } from './parts.js';
import { day, distance, moment, say } from './words.js';

const STATES = { active: 'ok', 'ends-soon': 'warning', expired: 'fail' };

export function exceptionsView() {
  return panel(say('exceptions.known'), () => ask('exceptions'), (answer) => [table(say('exceptions.known'), [
    { head: say('col.destination'), name: true, cell: (each) => value(each.match) },
    { head: say('col.level'), cell: (each) => element('code', {}, value(each.level)) },
    { head: say('col.because'), cell: (each) => value(each.reason) },
    { head: say('col.ends'), cell: (each) => (each.until ? [end(each.until), element('div', { class: 'small' }, distance(each.until))] : null) },
    {
      head: say('col.state'), cell: (each) => (each.state in STATES
        ? element('span', { class: 'state' }, mark(STATES[each.state]), element('span', { class: 'small' }, say(`exceptions.${each.state}`)))
        : value(each.state)),
    },
  ], answer.exceptions ?? [], say('exceptions.none')), more(answer)]).node;
}

/** The configuration has days, not moments. */
function end(until) {
  return /^\d{4}-\d\d-\d\d$/.test(until) ? element('time', { datetime: until }, day(until, { dateStyle: 'medium' })) : moment(until);
}
