/* SPDX-License-Identifier: Apache-2.0 */
// What can be done with a mail in quarantine. Each asks first and says what it means.
import { order } from './api.js';
import { element, value } from './dom.js';
import { confirm } from './forms.js';
import { known, say } from './words.js';

function which(mail) {
  return element('p', { class: 'which' }, say('to'), ' ', value((mail.recipients ?? []).join(', '), 300));
}

/** How a mail would travel under a lower level, in words. */
export function means({ level, means: english }) {
  const key = `override.level.${level}`;
  return known(key) ? say(key) : english ?? level;
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
    fields: [
      ...(mail.overrides?.length > 0 ? [{
        name: 'level', label: say('override.level'), kind: 'select', required: true, value: mail.overrides[0].level,
        options: mail.overrides.map((each) => [each.level, means(each)]),
      }] : []),
      { name: 'why', label: say('override.why'), kind: 'area', required: true, hint: say('override.why.hint') },
    ],
    label: say('override.go'), kind: 'danger',
    act: ({ why, level }) => order(`${path}/override`, { why, level }),
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
    body: [which(mail), element('p', {}, say('why'), ': ', value(mail.pending.why)),
      mail.pending.level ? element('p', {}, say('override.level'), ': ', value(means(mail.pending))) : null,
      element('p', {}, element('strong', {}, say('override.what')))].filter(Boolean),
    label: say('confirm.do'), kind: 'danger',
    // Which wish: another one may have come in its place since.
    act: () => order(`${path}/confirm`, { at: mail.pending.at }),
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
    go('#/quarantine', say(done.state === 'removed' ? 'bounce.removed' : 'bounce.done'));
  }
}
