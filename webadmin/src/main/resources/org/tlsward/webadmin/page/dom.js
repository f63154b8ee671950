/* SPDX-License-Identifier: Apache-2.0 */
// The only place that makes nodes. Whatever is shown becomes a text node: values of mail and DNS are written by strangers.

const SVG = 'http://www.w3.org/2000/svg';

// Control and format characters, line and paragraph separators, halves of characters, characters of nobody: invisible,
// or able to turn the text around them. Tabs and line ends are what they look like.
const ODD = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

const MOST = 4000;

const ATTRIBUTES = new Set([
  'autocomplete', 'checked', 'class', 'colspan', 'datetime', 'disabled', 'download', 'for', 'hidden', 'href', 'id',
  'lang', 'maxlength', 'name', 'open', 'placeholder', 'readonly', 'required', 'role', 'rows', 'scope', 'selected',
  'spellcheck', 'tabindex', 'title', 'type', 'value',
  // of pictures
  'cx', 'cy', 'd', 'fill', 'height', 'patternTransform', 'patternUnits', 'r', 'rx', 'text-anchor', 'viewBox', 'width',
  'x', 'x1', 'x2', 'y', 'y1', 'y2',
]);

/** Text in which nothing is invisible and nothing turns around. */
export function plain(text) {
  return String(text).replace(ODD, (odd) => `⟨U+${odd.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`);
}

/** An element; children are nodes, texts, lists of them, or nothing. Functions become listeners. */
export function element(name, attributes = {}, ...children) {
  return build(document.createElement(name), attributes, children);
}

/** The same for pictures. */
export function shape(name, attributes = {}, ...children) {
  return build(document.createElementNS(SVG, name), attributes, children);
}

function build(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    put(node, key, value);
  }
  node.append(...nodes(children));
  return node;
}

function put(node, key, value) {
  if (value === undefined || value === null || value === false) {
    return;
  }
  if (typeof value === 'function') {
    node.addEventListener(key, value);
    return;
  }
  if (!ATTRIBUTES.has(key) && !/^(aria|data)-[a-z]+$/.test(key)) {
    throw new Error(`attribute ${key} is not among those that the page uses`);
  }
  if (key === 'href' && !/^(#|blob:)/.test(value)) {
    throw new Error('a link leads to a view of this page, or to a file that it made');
  }
  node.setAttribute(key, value === true ? '' : plain(value));
}

/** Children as nodes. */
export function nodes(children) {
  return [children].flat(Infinity)
    .filter((child) => child !== undefined && child !== null && child !== false && child !== '')
    .map((child) => (child instanceof Node ? child : document.createTextNode(plain(child))));
}

/** Puts these in the place of everything inside. */
export function fill(node, ...children) {
  node.replaceChildren(...nodes(children));
  return node;
}

/** What a stranger may have written: apart from our words, whatever its direction, and of bounded length. */
export function value(text, most = MOST) {
  const whole = String(text ?? '');
  const shown = whole.length > most ? `${whole.slice(0, most)}… (+${whole.length - most})` : whole;
  return element('bdi', { class: 'value' }, shown);
}

/** Words of the server that are not translated. */
export function english(text) {
  return element('span', { lang: 'en' }, value(text));
}

/** Several of them, one a line. */
export function values(list, total) {
  const all = list ?? [];
  const left = (total ?? all.length) - all.length;
  return element('ul', { class: 'plain' },
    all.map((each) => element('li', {}, value(each))), left > 0 ? element('li', {}, `+ ${left}`) : null);
}

/** A name for an element that is referred to. */
export function fresh(prefix) {
  fresh.last = (fresh.last ?? 0) + 1;
  return `${prefix}-${fresh.last}`;
}
