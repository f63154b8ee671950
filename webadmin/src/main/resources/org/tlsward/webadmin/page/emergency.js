/* SPDX-License-Identifier: Apache-2.0 */
// The red handle: stop a class, a destination, all mail, the whole server or TLS, and let it go again.
import { order } from './api.js';
import { element, value } from './dom.js';
import { confirm } from './forms.js';
import { block, button, notice, refusal } from './parts.js';
import { moment, say } from './words.js';

const KINDS = ['destination', 'class', 'all', 'server', 'no-tls', 'refuse-version', 'refuse-cipher'];

/** One for each stop in force, above everything else. */
export function stopNotices(answer, context) {
  return (answer?.stops ?? []).map((stop) => notice('fail', [say(`stop.active.${kind(stop)}`), ' ', stop.name ? value(stop.name) : ''],
    element('p', {}, value(stop.why), ' – ', value(stop.by), ', ', moment(stop.since)),
    stop.until ? element('p', {}, say('stop.until.told'), ' ', moment(stop.until)) : null,
    button(say('stop.resume'), () => resume(stop, context), { about: `${say('stop.resume')}: ${stop.name || say(`stop.kind.${kind(stop)}`)}` })));
}

function kind(stop) {
  return KINDS.includes(stop.what) ? stop.what : 'all';
}

async function resume(stop, { tell, again }) {
  const done = await confirm({
    title: say('stop.resume.title'),
    body: [element('p', {}, say(`stop.active.${kind(stop)}`), ' ', stop.name ? value(stop.name) : ''), say('stop.resume.what')],
    label: say('stop.resume'),
    act: () => order('emergency/resume', { what: stop.what, name: stop.name ?? '' }),
  });
  if (done) {
    again();
    tell(say('stop.resumed'));
  }
}

/** The handle itself, at the end of the overview. */
export function emergencyPanel({ failure }, context) {
  return block(say('stop.title'), element('p', {}, say('stop.lead')),
    failure ? refusal(failure) : button(say('stop.do'), () => stop(context), { kind: 'danger' }));
}

async function stop({ tell, again }) {
  const done = await confirm({
    title: say('stop.title'),
    body: [say('stop.what')],
    fields: [
      {
        name: 'what', label: say('stop.kind'), kind: 'select', required: true, value: 'destination',
        options: KINDS.map((what) => [what, say(`stop.kind.${what}`)]),
      },
      { name: 'name', label: say('stop.name'), hint: say('stop.name.hint') },
      { name: 'until', label: say('stop.until'), hint: say('stop.until.hint') },
      { name: 'why', label: say('why'), kind: 'area', required: true },
    ],
    label: say('stop.do'),
    kind: 'danger',
    act: ({ what, name, until, why }) => order('emergency/stop', until ? { what, name, why, until } : { what, name, why }),
  });
  if (done) {
    again();
    tell(done.warning ? `${say('stop.done')} ${done.warning}` : say('stop.done'));
  }
}
