/* SPDX-License-Identifier: Apache-2.0 */
// Fields, and the questions before something is done.
import { element, fill, fresh } from './dom.js';
import { refusal } from './parts.js';
import { say } from './words.js';

/**
 * A field: {name, label, hint?, filter?, kind?: 'text', 'area', 'select', 'secret', 'month' or 'date', value?, required?, options?}.
 */
export function field(spec) {
  const id = fresh('field');
  const hint = spec.hint ? fresh('hint') : undefined;
  const shared = {
    id, name: spec.name, required: spec.required, 'aria-describedby': hint, autocomplete: 'off', spellcheck: 'false',
  };
  return element('div', { class: `field field-${spec.kind ?? 'text'}` },
    element('label', { for: id }, spec.label,
      spec.required || spec.filter ? null : element('span', { class: 'quiet' }, ` ${say('optional')}`)),
    control(spec, shared),
    spec.hint ? element('p', { class: 'hint', id: hint }, spec.hint) : null);
}

function control(spec, shared) {
  if (spec.kind === 'area') {
    const area = element('textarea', { ...shared, rows: spec.rows ?? 3 });
    area.value = spec.value ?? '';
    return area;
  }
  if (spec.kind === 'select') {
    return element('select', shared, spec.options.map(([code, label]) =>
      element('option', { value: code, selected: code === (spec.value ?? '') }, label)));
  }
  const type = { secret: 'password', month: 'month', date: 'date' }[spec.kind] ?? 'text';
  const input = element('input', { ...shared, type });
  input.value = spec.value ?? '';
  return input;
}

/** A form that calls act(values) and shows beside itself why it could not be done. */
export function form(fields, label, act, { kind = 'primary', inline = false } = {}) {
  const problem = element('div', { role: 'alert' });
  const submit = element('button', { type: 'submit', class: `button button-${kind}` }, label);
  const node = element('form', { class: inline ? 'form form-inline' : 'form' },
    fields.map((spec) => field({ filter: inline, ...spec })), element('div', { class: 'form-end' }, submit), problem);
  let busy = false;
  node.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (busy) {
      return;
    }
    busy = true;
    submit.setAttribute('aria-disabled', 'true');
    fill(problem);
    try {
      await act(entries(node));
    } catch (failure) {
      fill(problem, refusal(failure));
    }
    busy = false;
    submit.removeAttribute('aria-disabled');
  });
  return node;
}

function entries(node) {
  return Object.fromEntries([...new FormData(node)].map(([name, text]) => [name, String(text).trim()]));
}

/** A form with the answer below it: look(values) brings the answer, render shows it. */
export function lookUp(fields, label, look, render, { wait = say('loading') } = {}) {
  const result = element('div', { class: 'result', role: 'region', 'aria-live': 'polite', 'aria-label': say('result') });
  const node = form(fields, label, async (values) => {
    fill(result, element('p', { class: 'quiet waiting' }, wait));
    result.setAttribute('aria-busy', 'true');
    try {
      fill(result, render(await look(values), values));
    } catch (failure) {
      fill(result);
      throw failure;
    } finally {
      result.removeAttribute('aria-busy');
    }
  });
  return [node, result];
}

/**
 * Asks before it is done: act(values) runs while the dialog is open, so that a refusal is read where the question was.
 * Focus goes back to where it was. Resolves to what act brought, or undefined if it was called off.
 */
export function confirm({ title, body = [], fields = [], label, kind = 'primary', act }) {
  const heading = fresh('dialog');
  const back = document.activeElement;
  return new Promise((resolve) => {
    let outcome;
    const dialog = element('dialog', { 'aria-labelledby': heading },
      element('h2', { id: heading, tabindex: '-1' }, title),
      body.map((each) => (typeof each === 'string' ? element('p', {}, each) : each)));
    const question = form(fields, label, async (values) => {
      outcome = await act(values);
      dialog.close();
    }, { kind });
    question.querySelector('.form-end').append(element('button', {
      type: 'button', class: 'button button-plain', click: () => dialog.close(),
    }, say('cancel')));
    dialog.append(question);
    dialog.addEventListener('close', () => {
      dialog.remove();
      if (back?.isConnected) {
        back.focus();
      }
      resolve(outcome);
    });
    document.body.append(dialog);
    dialog.showModal();
    (dialog.querySelector('input, textarea, select') ?? dialog.querySelector('.button-plain')).focus();
  });
}
