/* SPDX-License-Identifier: Apache-2.0 */
// The way to /tlsward/api. The token stands in this tab only, until it is closed, and goes nowhere but there.

const API = new URL('../api/', import.meta.url);
const TOKEN = 'tlsward.token';
const PASSWORD = 'tlsward.webadmin';

/** An answer that is none: a status (0 if there was no answer at all) and what the server said. */
export class Refusal extends Error {
  constructor(status, message, { missing = false, ours = true } = {}) {
    super(message);
    this.status = status;
    this.missing = missing;
    this.ours = ours;
  }
}

let signedOut = () => {};

/** Who is told that the token is not valid, or not valid any more. */
export function whenSignedOut(listener) {
  signedOut = listener;
}

export function hasToken() {
  return sessionStorage.getItem(TOKEN) !== null;
}

/** Keeps a token, and what James itself may ask for. */
export function keep(token, password) {
  sessionStorage.setItem(TOKEN, token);
  if (password) {
    sessionStorage.setItem(PASSWORD, password);
  } else {
    sessionStorage.removeItem(PASSWORD);
  }
}

export function forget() {
  sessionStorage.removeItem(TOKEN);
  sessionStorage.removeItem(PASSWORD);
}

/** Asks; parameters that are empty are left out. */
export function ask(path, parameters = {}) {
  const url = new URL(path, API);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== '') {
      url.searchParams.set(name, value);
    }
  }
  return request(url, { method: 'GET' });
}

/** Has something done. */
export function order(path, body = {}) {
  return request(new URL(path, API), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function request(url, options) {
  const response = await answer(url, options);
  const text = await response.text();
  if (response.ok) {
    return parsed(text) ?? {};
  }
  const why = parsed(text) ?? {};
  const refusal = new Refusal(response.status, why.message ?? text.slice(0, 300), {
    // James says so of a path that nobody serves; of a mail that is gone we say it ourselves, without a type.
    missing: response.status === 404 && why.type !== undefined,
    ours: String(why.message ?? '').includes('X-TlsWard-Token'),
  });
  if (response.status === 401) {
    signedOut(refusal);
  }
  throw refusal;
}

async function answer(url, { headers = {}, ...options }) {
  try {
    return await fetch(url, {
      ...options,
      headers: { ...headers, ...credentials(), Accept: 'application/json' },
      cache: 'no-store',
      credentials: 'omit',
      mode: 'same-origin',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
    });
  } catch (failure) {
    throw new Refusal(0, failure.message);
  }
}

/** James 3.8 knows JSON Web Tokens, 3.9 a password too. */
function credentials() {
  const password = sessionStorage.getItem(PASSWORD);
  const james = password === null ? {}
    : /^[\w-]+\.[\w-]+\.[\w-]+$/.test(password) ? { Authorization: `Bearer ${password}` } : { Password: password };
  return { 'X-TlsWard-Token': sessionStorage.getItem(TOKEN) ?? '', ...james };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
