// The API key: kept by the tab, sent with each request, asked for when the server wants one.
import { byId } from './page.js';

const NAME = 'nextstep.key';
let inMemory = '';

/** The key, or ''. */
export function key() {
  try {
    return sessionStorage.getItem(NAME) ?? inMemory;
  } catch {
    return inMemory;
  }
}

function keep(value) {
  inMemory = value;
  try {
    if (value) {
      sessionStorage.setItem(NAME, value);
    } else {
      sessionStorage.removeItem(NAME);
    }
  } catch { /* kept in memory */ }
  show();
}

function show() {
  byId('key-open').textContent = key() ? 'API key ✓' : 'API key';
}

const waiting = [];

/** Asks for a key; fulfilled when the dialog is closed, with whether there is a new one. */
export function askForKey(reason) {
  const dialog = byId('key-dialog');
  byId('key-hint').textContent = `${reason} It stays in this tab and is forgotten when you close it.`.trim();
  if (!dialog.open) {
    byId('key').value = key();
    dialog.showModal();
  }
  return new Promise((resolve) => waiting.push(resolve));
}

/** Wires button and dialog. */
export function keys(changed) {
  const dialog = byId('key-dialog');
  show();
  byId('key-open').addEventListener('click', () => askForKey(''));
  byId('key-forget').addEventListener('click', () => {
    keep('');
    dialog.close('forgotten');
  });
  byId('key-form').addEventListener('submit', () => keep(byId('key').value.trim()));
  dialog.addEventListener('close', () => {
    const isNew = dialog.returnValue === 'save';
    dialog.returnValue = '';
    waiting.splice(0).forEach((resolve) => resolve(isNew));
    changed();
  });
}
