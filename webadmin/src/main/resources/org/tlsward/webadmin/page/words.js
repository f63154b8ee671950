/* SPDX-License-Identifier: Apache-2.0 */
// What the page says. One table a language; a test compares their keys.
import de from './words-de.js';
import en from './words-en.js';
import { element, plain, value } from './dom.js';

const TABLES = { de, en };
const KEPT = 'tlsward.language';

let current = 'en';

export const LANGUAGES = { de: 'Deutsch', en: 'English' };

/** The language of the operator: as chosen before, or as the browser says. */
export function startLanguage() {
  const wanted = [localStorage.getItem(KEPT), ...navigator.languages].map((each) => String(each).slice(0, 2));
  setLanguage(wanted.find((each) => each in TABLES) ?? 'en');
}

export function setLanguage(code) {
  current = code;
  document.documentElement.lang = code;
}

export function chooseLanguage(code) {
  localStorage.setItem(KEPT, code);
  setLanguage(code);
}

export function language() {
  return current;
}

/** A text of ours; {names} in it are replaced. */
export function say(key, parts = {}) {
  const text = TABLES[current][key];
  if (text === undefined) {
    throw new Error(`no words for ${key}`);
  }
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in parts ? plain(parts[name]) : whole));
}

/** Whether there are words for it: for codes that come from the server. */
export function known(key) {
  return key in TABLES[current];
}

/** A point in time, as clocks show it where the operator is. */
export function moment(text) {
  const at = new Date(text);
  if (text === undefined || Number.isNaN(at.getTime())) {
    return value(text ?? '–');
  }
  return element('time', { datetime: at.toISOString(), title: at.toISOString() },
    new Intl.DateTimeFormat(current, { dateStyle: 'medium', timeStyle: 'short' }).format(at));
}

/** A day like 2026-11-22, which is the same day everywhere. */
export function day(text, fields = { day: 'numeric', month: 'short' }) {
  const at = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(at.getTime()) ? String(text)
    : new Intl.DateTimeFormat(current, { ...fields, timeZone: 'UTC' }).format(at);
}

/** When a next attempt is due; what is past is due by now. */
export function due(text) {
  return new Date(text).getTime() > Date.now() ? distance(text) : say('waiting.now');
}

/** How far away, in the largest unit that fits. */
export function distance(text) {
  const seconds = (new Date(text).getTime() - Date.now()) / 1000;
  if (Number.isNaN(seconds)) {
    return '';
  }
  const [unit, size] = [['day', 86400], ['hour', 3600], ['minute', 60]]
    .find(([, each]) => Math.abs(seconds) >= each) ?? ['minute', 60];
  return new Intl.RelativeTimeFormat(current, { numeric: 'auto' }).format(Math.trunc(seconds / size), unit);
}

export function number(count) {
  return new Intl.NumberFormat(current).format(count ?? 0);
}

export function size(bytes) {
  const [unit, scale] = bytes >= 1048576 ? ['megabyte', 1048576] : bytes >= 1024 ? ['kilobyte', 1024] : ['byte', 1];
  return new Intl.NumberFormat(current, { style: 'unit', unit, maximumFractionDigits: 1 }).format(bytes / scale);
}
