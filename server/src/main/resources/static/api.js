// Requests to the server that the page came from.
import { key } from './key.js';

/** What the server refused, in its own words. */
export class ApiError extends Error {
  constructor(status, code, param, message) {
    super(message);
    this.status = status;
    this.code = code;
    this.param = param;
  }
}

function headers(more = {}) {
  return key() ? { ...more, Authorization: `Bearer ${key()}` } : more;
}

async function failure(response) {
  try {
    const { error } = await response.json();
    return new ApiError(response.status, error.code, error.param, error.message);
  } catch {
    return new ApiError(response.status, 'unknown', null, `the server answered ${response.status}`);
  }
}

/** Sends a request; fails with an ApiError unless it is answered as it should be. */
export async function send(path, { method = 'GET', headers: more, body, signal } = {}) {
  let response;
  try {
    response = await fetch(path, { method, headers: headers(more), body, signal, referrerPolicy: 'no-referrer' });
  } catch (e) {
    if (e.name === 'AbortError') {
      throw e;
    }
    throw new ApiError(0, 'unreachable', null, 'the server does not answer');
  }
  if (!response.ok) {
    throw await failure(response);
  }
  return response;
}

// Seeds may be longer than JavaScript's numbers: then they stay the text that they are.
const exactly = (name, value, context) =>
  name === 'seed' && !Number.isSafeInteger(value) && context?.source ? context.source : value;

const parsed = async (response) => JSON.parse(await response.text(), exactly);

/** Asks for JSON. */
export const get = async (path, signal) => parsed(await send(path, { signal }));

/** JSON of settings; a seed is written as the digits that it was given as. */
export function json({ seed, ...settings }) {
  const rest = JSON.stringify(settings);
  if (seed === undefined) {
    return rest;
  }
  return rest === '{}' ? `{"seed":${seed}}` : `{"seed":${seed},${rest.slice(1)}`;
}

/** Sends JSON or a form. */
export async function post(path, body, method = 'POST') {
  const more = { 'Idempotency-Key': crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}` };
  if (typeof body === 'string') {
    more['Content-Type'] = 'application/json';
  }
  return parsed(await send(path, { method, body, headers: more }));
}

/** Cancels something. */
export const remove = async (path) => parsed(await send(path, { method: 'DELETE' }));

/** A file. */
export const file = async (path, signal) => (await send(path, { signal })).blob();

export { exactly };
