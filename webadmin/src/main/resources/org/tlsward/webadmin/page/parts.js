/* SPDX-License-Identifier: Apache-2.0 */
// What views are made of.
import { element, english, fill, fresh, nodes, value } from './dom.js';
import { known, say } from './words.js';

/** A mark says it by its symbol and its word; colour only helps. */
const MARKS = { ok: '✓', warning: '!', fail: '✕', 'not-applicable': '–', unknown: '?', info: 'i' };

export function mark(name) {
  const kind = name in MARKS ? name : 'unknown';
  return element('span', { class: `mark mark-${kind}` },
    element('span', { class: 'symbol', 'aria-hidden': 'true' }, MARKS[kind]), say(`mark.${kind}`));
}

/** A message that stands out: kind is info, ok, warning or fail. */
export function notice(kind, title, ...body) {
  const symbol = { info: 'i', ok: '✓', warning: '!', fail: '✕' }[kind];
  return element('div', { class: `notice notice-${kind}`, 'data-kind': kind },
    element('span', { class: 'symbol', 'aria-hidden': 'true' }, symbol),
    element('div', { class: 'notice-body' }, title ? element('p', { class: 'notice-title' }, title) : null, body));
}

/** What went wrong with a request, in words. */
export function refusal(failure, about) {
  if (failure.status === undefined) {
    throw failure; // a defect of the page
  }
  if (failure.missing) {
    return notice('info', say('refusal.missing'), about ? element('p', {}, about) : null, element('p', {}, say('refusal.missing.what')));
  }
  const key = `refusal.${failure.status}`;
  const title = known(key) ? say(key) : say('refusal.other', { status: failure.status });
  return notice(failure.status === 404 ? 'info' : 'fail', title, about ? element('p', {}, about) : null,
    element('p', {}, english(failure.message)));
}

/** A part of a view with a heading, filled when its answer is there. A part that fails says so and leaves the others alone. */
export function panel(title, load, render, { quiet = false } = {}) {
  const heading = fresh('heading');
  const body = element('div', { class: 'panel-body' });
  const node = element('section', { class: quiet ? 'panel quiet-panel' : 'panel', 'aria-labelledby': heading },
    element('h2', { id: heading }, title), body);
  async function reload() {
    body.setAttribute('aria-busy', 'true');
    if (!body.hasChildNodes()) {
      fill(body, element('p', { class: 'quiet' }, say('loading')));
    }
    try {
      fill(body, render(await load()));
    } catch (failure) {
      fill(body, refusal(failure));
    }
    body.removeAttribute('aria-busy');
  }
  reload();
  return { node, reload };
}

/** A part that needs no answer. */
export function block(title, ...children) {
  const heading = fresh('heading');
  return element('section', { class: 'panel', 'aria-labelledby': heading },
    element('h2', { id: heading }, title), element('div', { class: 'panel-body' }, children));
}

/**
 * A table. On narrow screens its rows become cards; the roles keep it a table for screen readers.
 * Columns: {head, cell, name?: true for what names the row, kind?: 'number' or 'actions'}.
 */
export function table(caption, columns, rows, empty = say('nothing')) {
  if (rows.length === 0) {
    return element('p', { class: 'quiet' }, empty);
  }
  return element('table', { role: 'table' },
    element('caption', {}, caption),
    element('thead', { role: 'rowgroup' }, element('tr', { role: 'row' }, columns.map((column) =>
      element('th', { scope: 'col', role: 'columnheader', class: column.kind }, column.head)))),
    element('tbody', { role: 'rowgroup' }, rows.map((row) =>
      element('tr', { role: 'row' }, columns.map((column) => cell(column, row))))));
}

function cell(column, row) {
  const attributes = { class: column.kind, 'data-label': column.head };
  const content = nodes(column.cell(row));
  const shown = content.length === 0 ? element('span', { class: 'quiet' }, '–') : content;
  return column.name
    ? element('th', { ...attributes, scope: 'row', role: 'rowheader' }, element('div', { class: 'cell' }, shown))
    : element('td', { ...attributes, role: 'cell' }, element('div', { class: 'cell' }, shown));
}

/** That a list goes on. */
export function more(answer) {
  return answer.more ? element('p', { class: 'quiet' }, say('more')) : null;
}

/** Names and what they are. Entries without content are left out. */
export function facts(entries) {
  return element('dl', { class: 'facts' }, entries
    .filter(([, content]) => nodes(content ?? null).length > 0)
    .map(([term, content]) => element('div', {}, element('dt', {}, term), element('dd', {}, content))));
}

export function button(label, click, { kind = 'plain', about } = {}) {
  return element('button', { type: 'button', class: `button button-${kind}`, 'aria-label': about, click }, label);
}

/** Text to be read or copied as it stands. */
export function copyable(text, name) {
  const pre = element('pre', { tabindex: '0', role: 'group', 'aria-label': name }, String(text));
  const told = element('span', { class: 'quiet', role: 'status' });
  const copy = button(say('copy'), async () => {
    try {
      await navigator.clipboard.writeText(text);
      fill(told, say('copied'));
    } catch {
      // Only pages over HTTPS or on this machine may write there.
      getSelection().selectAllChildren(pre);
      pre.focus();
      fill(told, say('copy.yourself'));
    }
  }, { about: `${say('copy')}: ${name}` });
  return element('figure', { class: 'copyable' },
    element('figcaption', {}, element('span', {}, name), element('span', { class: 'copy' }, told, copy)), pre);
}

/** Anything that JSON can be, for parts whose form is not ours. */
export function tree(data) {
  if (Array.isArray(data)) {
    return element('ul', { class: 'tree' }, data.map((each) => element('li', {}, tree(each))));
  }
  if (data !== null && typeof data === 'object') {
    return facts(Object.entries(data).map(([key, each]) => [value(key), tree(each)]));
  }
  return value(data);
}
