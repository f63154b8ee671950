/* SPDX-License-Identifier: Apache-2.0 */
// What can be done with a mail in quarantine. Each asks first and says what it means.
import { order } from './api.js';
import { element, value } from './dom.js';
import { confirm } from './forms.js';
import { say } from './words.js';

function which(mail) {
  return element('p', { class: 'which' }, say('to'), ' ', value((mail.recipients ?? []).join(', '), 300));
}

/** Tries again; what was required is required still. */
export async function release(mail, { path, go }) {
  const done = await confirm({
    title: say('release.title'), body: [which(mail), say('release.what')], label: say('release.do'),
    act: () => order(`${path}/release`),
  });
  if (done) {
    go('#/quarantine', say('release.done'));
  }
}

/** Sends it although the requirement is not met. */
export async function override(mail, { path, go, tell, reload }) {
  const done = await confirm({
    title: say('override.title'),
    body: [which(mail), element('p', {}, element('strong', {}, say('override.what'))), say('override.eyes')],
    fields: [{ name: 'why', label: say('override.why'), kind: 'area', required: true, hint: say('override.why.hint') }],
    label: say('override.go'), kind: 'danger',
    act: ({ why }) => order(`${path}/override`, { why }),
  });
  if (done?.state === 'released') {
    go('#/quarantine', say('override.done'));
  } else if (done) {
    await reload();
    tell(say('override.pending'));
  }
}

/** The second person agrees. */
export async function confirmOverride(mail, { path, go }) {
  const done = await confirm({
    title: say('confirm.title'),
    body: [which(mail), element('p', {}, say('why'), ': ', value(mail.pending.why)), element('p', {}, element('strong', {}, say('override.what')))],
    label: say('confirm.do'), kind: 'danger',
    act: () => order(`${path}/confirm`),
  });
  if (done) {
    go('#/quarantine', say('override.done'));
  }
}

/** Takes the request for an override back, or refuses it. */
export async function withdraw({ path, tell, reload }) {
  const done = await confirm({
    title: say('withdraw.title'), body: [say('withdraw.what')], label: say('withdraw.do'),
    act: () => order(`${path}/withdraw`),
  });
  if (done) {
    await reload();
    tell(say('withdraw.done'));
  }
}

/** Gives it back to the sender. */
export async function bounce(mail, { path, go }) {
  const done = await confirm({
    title: say('bounce.title'),
    body: [element('p', { class: 'which' }, say('from'), ' ', mail.sender ? value(mail.sender) : say('nobody')), say('bounce.what')],
    label: say('bounce.do'), kind: 'danger',
    act: () => order(`${path}/bounce`),
  });
  if (done) {
    go('#/quarantine', say('bounce.done'));
  }
}
