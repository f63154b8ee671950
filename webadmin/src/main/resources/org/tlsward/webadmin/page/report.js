/* SPDX-License-Identifier: Apache-2.0 */
// A report of steps, as the command line prints it: of a domain check, or of the hops of a mail.
import { element, english, value } from './dom.js';
import { copyable, mark, notice, table } from './parts.js';
import { say } from './words.js';

const EXITS = { 0: ['ok', 'report.clean'], 1: ['warning', 'report.problems'], 2: ['info', 'report.unknown'] };

export function report(answer) {
  const [kind, words] = EXITS[answer.exit] ?? EXITS[2];
  return [
    notice(kind, say(words), element('p', {}, value(answer.title))),
    (answer.sections ?? []).map(section),
  ];
}

function section({ title, items }) {
  const parts = [];
  for (const item of items ?? []) {
    if (item.lines) {
      parts.push(copyable(item.lines.join('\n'), item.block ?? item.name ?? title));
    } else if (Array.isArray(parts.at(-1))) {
      parts.at(-1).push(item);
    } else {
      parts.push([item]);
    }
  }
  return element('section', { class: 'report-section' }, element('h3', {}, value(title)),
    parts.map((part) => (Array.isArray(part) ? steps(title, part) : part)));
}

function steps(title, rows) {
  return table(title, [
    { head: say('col.mark'), kind: 'mark-column', cell: (row) => mark(row.mark) },
    { head: say('col.step'), name: true, kind: 'step-column', cell: (row) => english(row.step) },
    {
      head: say('col.finding'), cell: (row) => [english(row.text),
        row.advice ? element('p', { class: 'advice' }, element('strong', {}, say('advice')), ' ', english(row.advice)) : null],
    },
  ], rows);
}
