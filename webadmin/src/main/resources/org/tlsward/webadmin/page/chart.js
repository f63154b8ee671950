/* SPDX-License-Identifier: Apache-2.0 */
// Bars by day. The picture is for a glance; the table below it says the same to everybody.
import { element, fresh, shape } from './dom.js';
import { table } from './parts.js';
import { day, number, say } from './words.js';

const WIDTH = 720;
const HEIGHT = 220;
const LEFT = 44;
const BOTTOM = 26;
const TOP = 10;

/**
 * @param title what is counted
 * @param days [{day, counts: {series: number}}], the oldest first
 * @param series [{name, label}], from the bottom to the top of a bar
 */
export function chart(title, days, series) {
  const most = Math.max(1, ...days.map((each) => sum(each, series)));
  if (days.every((each) => sum(each, series) === 0)) {
    return element('figure', { class: 'figure' }, element('figcaption', {}, title), element('p', { class: 'quiet' }, say('chart.none')));
  }
  const [top, step] = scale(most);
  const picture = shape('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', class: 'chart' },
    grid(top, step), bars(days, series, top), dates(days));
  const name = fresh('chart');
  picture.prepend(shape('title', { id: name }, `${title}. ${summary(days, series)}`));
  picture.setAttribute('aria-labelledby', name);
  return element('figure', { class: 'figure' },
    element('figcaption', {}, title),
    legend(series),
    picture,
    element('details', { class: 'aside' }, element('summary', {}, say('chart.table')),
      table(title, [
        { head: say('chart.day'), name: true, cell: (row) => day(row.day, { dateStyle: 'medium' }) },
        ...series.map(({ name: of, label }) => ({ head: label, kind: 'number', cell: (row) => number(row.counts[of]) })),
      ], [...days].reverse())));
}

function sum(each, series) {
  return series.reduce((total, { name }) => total + (each.counts[name] ?? 0), 0);
}

/** A round end of the scale and the way between its lines. */
function scale(most) {
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(Math.max(rough, 1)));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough);
  return [Math.ceil(most / step) * step, step];
}

function summary(days, series) {
  return series.map(({ name, label }) =>
    `${label}: ${number(days.reduce((total, each) => total + (each.counts[name] ?? 0), 0))}`).join(', ');
}

function legend(series) {
  return element('ul', { class: 'legend', 'aria-hidden': 'true' }, [...series].reverse().map(({ name, label }) =>
    element('li', {}, shape('svg', { viewBox: '0 0 14 14', width: '14', height: '14' },
      shape('rect', { class: `bar-${name}`, x: 0, y: 0, width: 14, height: 14, rx: 2 })), label)));
}

/** Series differ by their pattern too: for eyes that see no colours, and for printers that have none. Once for all charts. */
export function patterns() {
  const stripes = (id, turn) => shape('pattern', {
    id, width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: `rotate(${turn})`,
  }, shape('rect', { class: `${id}-field`, width: 6, height: 6 }), shape('rect', { class: `${id}-line`, width: 2.5, height: 6 }));
  return shape('svg', { width: 0, height: 0, 'aria-hidden': 'true', class: 'patterns' },
    shape('defs', {}, stripes('stripes-warning', 45), stripes('stripes-fail', -45)));
}

function grid(top, step) {
  const lines = [];
  for (let at = 0; at <= top; at += step) {
    const y = height(at, top);
    lines.push(shape('line', { class: at === 0 ? 'axis' : 'grid', x1: LEFT, x2: WIDTH, y1: y, y2: y }),
      shape('text', { class: 'tick', x: LEFT - 6, y: y + 4, 'text-anchor': 'end' }, number(at)));
  }
  return shape('g', { 'aria-hidden': 'true' }, lines);
}

function height(count, top) {
  return HEIGHT - BOTTOM - ((HEIGHT - BOTTOM - TOP) * count) / top;
}

function bars(days, series, top) {
  const room = (WIDTH - LEFT) / Math.max(1, days.length);
  const width = Math.min(40, room * 0.72);
  return days.map((each, index) => {
    let under = 0;
    const x = LEFT + room * index + (room - width) / 2;
    return shape('g', {}, shape('title', {}, `${day(each.day)} – ${summary([each], series)}`),
      series.map(({ name }) => {
        const count = each.counts[name] ?? 0;
        const y = height(under + count, top);
        const rect = count === 0 ? null
          : shape('rect', { class: `bar-${name}`, x, y, width, height: height(under, top) - y });
        under += count;
        return rect;
      }));
  });
}

function dates(days) {
  const room = (WIDTH - LEFT) / Math.max(1, days.length);
  const every = Math.max(1, Math.ceil(days.length / 8));
  return shape('g', { 'aria-hidden': 'true' }, days.map((each, index) =>
    ((days.length - 1 - index) % every === 0
      ? shape('text', { class: 'tick', x: index === days.length - 1 ? WIDTH : LEFT + room * (index + 0.5), y: HEIGHT - 8, 'text-anchor': index === days.length - 1 ? 'end' : 'middle' }, day(each.day))
      : null)));
}
