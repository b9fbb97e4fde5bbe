// What waits and what is being drawn, in the order in which it will be done.
import { get, post, remove } from './api.js';
import { announce, byId, duration, element, shortened } from './page.js';

const OFTEN = 1000;
const SELDOM = 15_000;
const MOST = 50;

let wiring = null;
let timer = 0;
let known = new Map();
let isBusy = false;

/** Looks now, and again as long as something happens. */
export function look() {
  clearTimeout(timer);
  timer = setTimeout(update, 0);
}

async function update() {
  if (isBusy) {
    return;
  }
  isBusy = true;
  clearTimeout(timer);
  try {
    const lists = await Promise.all(['running', 'queued', 'paused'].map((state) => get(`/v1/jobs?state=${state}&limit=${MOST}`)));
    const jobs = lists.flatMap((list) => list.data).sort(byTurn);
    const gone = [...known.values()].filter((job) => !jobs.some((each) => each.id === job.id));
    known = new Map(jobs.map((job) => [job.id, job]));
    render(jobs);
    if (gone.length > 0) {
      wiring.ended(gone);
    }
    again(jobs.length > 0);
  } catch (e) {
    wiring.failed(e);
    again(false);
  } finally {
    isBusy = false;
  }
}

function again(isLively) {
  timer = setTimeout(update, isLively && !document.hidden ? OFTEN : SELDOM);
}

const ORDER = { running: 0, queued: 1, paused: 2 };

function byTurn(a, b) {
  return ORDER[a.state] - ORDER[b.state] || (a.position ?? 0) - (b.position ?? 0) || a.created_at - b.created_at;
}

function state(job) {
  if (job.state === 'running') {
    return `drawing, ${Math.round(100 * job.progress)} %`;
  }
  if (job.state === 'paused') {
    return 'paused';
  }
  const place = job.position > 0 ? `${job.position} before it` : 'next';
  return job.eta_seconds ? `${place}, ${duration(job.eta_seconds)}` : place;
}

// Rows of jobs that stay keep their elements, so that a button that has the focus keeps it.
function render(jobs) {
  const list = byId('jobs');
  byId('queue').hidden = jobs.length === 0;
  const rows = new Map([...list.children].map((row) => [row.dataset.id, row]));
  jobs.forEach((job, i) => {
    const row = rows.get(job.id) ?? made(job);
    rows.delete(job.id);
    if (list.children[i] !== row) {
      const focused = row.contains(document.activeElement) ? document.activeElement : null;
      list.insertBefore(row, list.children[i] ?? null);
      focused?.focus();
    }
    fill(row, job, jobs);
  });
  rows.forEach((row) => row.remove());
}

function made(job) {
  const words = shortened(job.settings.prompt[0], 120);
  const button = (name, label, work) => element('button', {
    type: 'button', class: 'small', 'data-act': name, 'aria-label': `${label}: ${shortened(words, 40)}`, title: label, onclick: work,
  }, { up: '↑', down: '↓', cancel: '✕' }[name] ?? label);
  return element('li', { 'data-id': job.id },
    element('button', { type: 'button', class: 'job-name', dir: 'auto', onclick: () => wiring.show(known.get(job.id)) }, words),
    element('span', { class: 'job-state' }),
    element('span', { class: 'job-acts' },
      button('up', 'Move up', () => move(job.id, -1)),
      button('down', 'Move down', () => move(job.id, 1)),
      button('pause', 'Pause', () => pause(job.id)),
      button('cancel', 'Cancel', () => cancel(job.id))));
}

function fill(row, job, jobs) {
  row.dataset.state = job.state;
  row.style.setProperty('--done', `${100 * job.progress}%`);
  row.querySelector('.job-state').textContent = state(job);
  const waiting = jobs.filter((each) => each.state === 'queued');
  const place = waiting.findIndex((each) => each.id === job.id);
  const act = (name) => row.querySelector(`[data-act=${name}]`);
  act('up').disabled = place <= 0;
  act('down').disabled = place < 0 || place === waiting.length - 1;
  act('pause').textContent = job.state === 'paused' ? 'Resume' : 'Pause';
}

async function doing(work) {
  try {
    await work();
    look();
  } catch (e) {
    wiring.failed(e);
  }
}

const inOrder = () => [...known.values()].filter((job) => job.state === 'queued').sort(byTurn);

function move(id, by) {
  return doing(async () => {
    const line = inOrder();
    const at = line.findIndex((job) => job.id === id);
    const other = line[at + by];
    if (at < 0 || !other) {
      return;
    }
    const [first, second] = by < 0 ? [id, other.id] : [other.id, id];
    await post(`/v1/jobs/${first}`, JSON.stringify({ before: second }), 'PATCH');
    announce(`Moved to place ${at + by + 1} of ${line.length}.`);
  });
}

function pause(id) {
  return doing(async () => {
    const isPaused = known.get(id)?.state === 'paused';
    await post(`/v1/jobs/${id}/${isPaused ? 'resume' : 'pause'}`, '{}');
    announce(isPaused ? 'Goes on.' : 'Paused.');
  });
}

function cancel(id) {
  return doing(async () => {
    await remove(`/v1/jobs/${id}`);
    announce('Cancelled.');
  });
}

/** Begins to look. */
export function queue(wires) {
  wiring = wires;
  document.addEventListener('visibilitychange', () => document.hidden || look());
  look();
}
