/* SPDX-License-Identifier: Apache-2.0 */
// Whose eyes are these? A named token says it. It stays in this tab until the tab is closed.
import { ask, forget, keep } from './api.js';
import { element, english } from './dom.js';
import { field, form } from './forms.js';
import { notice } from './parts.js';
import { say } from './words.js';

/** The form; entered() is called once the token has been found good. */
export function signIn(why, entered) {
  const password = field({ name: 'password', label: say('sign-in.password'), kind: 'secret', hint: say('sign-in.password.hint') });
  const ask401 = why !== undefined && !why.ours;
  const node = form([{ name: 'token', label: say('sign-in.token'), kind: 'secret', required: true, hint: say('sign-in.token.hint') }],
    say('sign-in.enter'), async ({ token, password: word }) => {
      // Header fields are ASCII; anything else cannot be a token.
      keep(token.replace(/[^\x21-\x7e]/g, '?'), word.replace(/[^\x21-\x7e]/g, '?'));
      try {
        await ask('visitor');
      } catch (failure) {
        forget();
        if (failure.status === 401) {
          return; // the frame has asked again
        }
        throw failure;
      }
      entered();
    });
  node.querySelector('.form-end').before(
    element('details', { open: ask401, class: 'aside' }, element('summary', {}, say('sign-in.more')), password));
  return element('div', { class: 'sign-in' },
    element('h1', { tabindex: '-1' }, say('sign-in.title')),
    element('p', { class: 'lead' }, say('sign-in.lead')),
    why ? element('div', { role: 'alert' }, notice('fail', say(why.ours ? 'sign-in.refused' : 'sign-in.refused.james'),
      element('p', {}, english(why.message)))) : null,
    node,
    element('p', { class: 'quiet' }, say('sign-in.make')),
    element('pre', {}, 'tlsward token add NAME --conf conf'));
}
