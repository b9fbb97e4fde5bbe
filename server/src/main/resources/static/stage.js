// The picture that is looked at: growing row by row, or done.
import { file, get, remove } from './api.js';
import { isEnd, jobEvents } from './events.js';
import { announce, byId, duration, element, number, settingsOf, shortened, sides } from './page.js';
import { bitmap, download, fileName, paint, prepare } from './pictures.js';
import { plot } from './plot.js';

const STATES = {
  queued: 'Waiting', running: 'Drawing', paused: 'Paused', completed: 'Done', failed: 'Failed', cancelled: 'Cancelled',
};

let shown = null; // { job, number, following, canvases, painted }
let wiring = null;

const picture = () => shown.job.pictures[shown.number];

/** The job and the picture that are shown, or null. */
export const current = () => (shown ? { job: shown.job, picture: picture() } : null);

/**
 * Shows a picture of a job; if it is not done, as it grows.
 * @param {object} job as the API tells about it
 * @param {number} which picture of it
 */
export function show(job, which = 0) {
  shown?.following.abort();
  shown = { job, number: which, following: new AbortController(), canvases: new Map(), painted: new Map() };
  byId('welcome').hidden = true;
  byId('shown').hidden = false;
  byId('statistics').open = byId('statistics').open && job.pictures.length > 0;
  strip();
  main();
  render();
  for (const one of job.pictures) {
    grow(shown, one);
  }
  if (!isEnd(job.state)) {
    follow(shown);
  }
}

/** Forgets what is shown if it is that job. */
export const isShown = (id) => shown?.job.id === id;

function main() {
  const { width, height } = sides(settingsOf(shown.job, picture()).size);
  prepare(byId('picture'), width, height);
  byId('frame').style.setProperty('--shape', `${width} / ${height}`);
  byId('frame').style.setProperty('--across', String(Math.min(1, width / height)));
  const tokens = Math.round(width / (height / picture().rows));
  byId('pending').style.setProperty('--columns', tokens);
  shown.canvases.set(shown.number, [byId('picture')]);
  const small = byId('strip').querySelectorAll('canvas')[shown.number];
  if (small) {
    shown.canvases.get(shown.number).push(small);
  }
}

function strip() {
  const list = byId('strip');
  const { job } = shown;
  list.hidden = job.pictures.length < 2;
  list.replaceChildren();
  if (list.hidden) {
    return;
  }
  for (const one of job.pictures) {
    const { width, height } = sides(settingsOf(job, one).size);
    const canvas = element('canvas', { 'aria-hidden': 'true' });
    prepare(canvas, width, height);
    const button = element('button', {
      type: 'button',
      'aria-label': `Picture ${one.number + 1}: ${shortened(one.prompt, 60)}`,
      'aria-pressed': String(one.number === shown.number),
      onclick: () => choose(one.number),
    }, canvas);
    list.append(element('li', {}, button));
    shown.canvases.set(one.number, [canvas]);
  }
}

function choose(which) {
  if (which === shown.number) {
    return;
  }
  const small = byId('strip').querySelectorAll('canvas')[shown.number];
  shown.canvases.set(shown.number, [small]);
  shown.number = which;
  byId('strip').querySelectorAll('button').forEach((button, i) => button.setAttribute('aria-pressed', String(i === which)));
  main();
  shown.painted.delete(which);
  render();
  grow(shown, picture());
}

async function follow(view) {
  try {
    for await (const { name, data } of jobEvents(view.job.id, view.following.signal)) {
      if (name.startsWith('picture.')) {
        view.job.pictures[data.number] = data;
        grow(view, data);
      } else if (name === 'job') {
        view.job.state = data.state;
        view.job.error = data.error;
      } else if (name === 'position') {
        view.job.position = data.position;
        view.job.eta_seconds = data.eta_seconds;
      }
      if (view === shown) {
        render();
      }
    }
    if (!view.following.signal.aborted) {
      view.job = await get(`/v1/jobs/${view.job.id}`);
      if (view === shown) {
        render();
        ended(view);
      }
      wiring.changed(view.job);
    }
  } catch (e) {
    if (!view.following.signal.aborted) {
      wiring.failed(e);
    }
  }
}

function ended({ job }) {
  const words = shortened(job.pictures[0].prompt, 60);
  announce({
    completed: `Done: ${words}`, failed: `Failed: ${job.error?.message ?? words}`, cancelled: `Cancelled: ${words}`,
  }[job.state] ?? '');
}

// Paints what is new of a picture. Rows are final: what came late, after more rows, is left out.
async function grow(view, one) {
  const address = one.url ?? one.partial_url;
  const rows = one.url ? Infinity : one.partial_rows;
  if (!address || rows <= (view.painted.get(one.number) ?? 0)) {
    return;
  }
  try {
    const made = await bitmap(address, view.following.signal);
    if (view === shown && rows > (view.painted.get(one.number) ?? 0)) {
      view.painted.set(one.number, rows);
      view.canvases.get(one.number).forEach((canvas) => paint(canvas, made));
      if (one.number === view.number) {
        cover();
      }
    }
    made.close();
  } catch (e) {
    // Partial pictures go when the next rows come.
    if (one.url && !view.following.signal.aborted) {
      wiring.failed(e);
    }
  }
}

// Hides what is not there yet.
function cover() {
  const { rows, state } = picture();
  const painted = Math.min(rows, shown.painted.get(shown.number) ?? 0);
  const pending = byId('pending');
  pending.hidden = painted === rows;
  pending.style.setProperty('--rows', rows - painted);
  pending.style.setProperty('--from', `${100 * painted / rows}%`);
  pending.classList.toggle('active', state === 'running');
  const canvas = byId('picture');
  canvas.dataset.rows = painted;
  canvas.setAttribute('aria-label', painted === rows
    ? `Picture: ${shortened(picture().prompt, 200)}`
    : `Picture, ${painted} of ${rows} rows drawn: ${shortened(picture().prompt, 200)}`);
}

function stateText(one) {
  const { job } = shown;
  if (one.state === 'running' && one.finished_rows > 0) {
    return `Row ${Math.min(one.rows, one.finished_rows + 1)} of ${one.rows}`;
  }
  if (one.state === 'queued' && job.position !== undefined) {
    const before = job.position === 0 ? 'Next in line' : `${job.position} before it`;
    return job.eta_seconds === undefined ? before : `${before}, ${duration(job.eta_seconds)} in all`;
  }
  return one.error ? `Failed: ${one.error.message}` : STATES[one.state];
}

function facts(job, one) {
  const settings = settingsOf(job, one);
  const list = [
    ['Size', settings.size.replace('x', ' × ')],
    ['Seed', `${settings.seed}${one.index > 0 ? `, picture ${one.index + 1}` : ''}`],
    ['Steps', settings.steps],
    ['Guidance', number(settings.guidance_scale)],
  ];
  if (job.task === 'edit') {
    list.push(['Picture guidance', number(settings.image_guidance_scale)]);
  }
  list.push(['Sampler', settings.sampler]);
  if (settings.negative_prompt) {
    list.push(['Keep away from', shortened(settings.negative_prompt, 200)]);
  }
  if (job.list) {
    list.push(['Of', shortened(job.list.title, 80)], ['Name', settings.name], ['Quality', settings.quality]);
  }
  return list;
}

// Each kind is found in one of twenty sound pictures too, so this is a hint where to look.
function warnings(one) {
  const text = byId('warnings');
  text.hidden = !(one.warnings?.length > 0);
  text.textContent = text.hidden ? ''
    : `Rare in sound pictures: ${one.warnings.map((each) =>
      `${each.kind.replaceAll('_', ' ')} ${number(each.value)} (usual up to ${number(each.limit)})`).join(', ')}.`;
}

function render() {
  const { job } = shown;
  const one = picture();
  const isDone = one.state === 'completed';
  byId('state-text').textContent = stateText(one);
  byId('state-dot').dataset.state = one.state;
  const done = job.pictures.reduce((sum, each) => sum + (each.state === 'completed' ? 1 : each.finished_rows / each.rows), 0);
  byId('progress').value = done / job.pictures.length;
  byId('progress').hidden = isEnd(job.state);
  byId('caption').textContent = one.prompt;
  byId('facts').replaceChildren(...facts(job, one).map(([name, value]) =>
    element('div', {}, element('dt', {}, name), element('dd', { dir: 'auto' }, String(value)))));
  byId('cancel').hidden = isEnd(job.state);
  for (const id of ['download', 'edit', 'compare-mark']) {
    byId(id).hidden = !isDone;
  }
  const isMarked = wiring.isMarked(job, one);
  byId('compare-mark').setAttribute('aria-pressed', String(isMarked));
  byId('plot').replaceChildren(...plot(one.row_statistics ?? [], one.rows));
  warnings(one);
  byId('package').hidden = !job.list?.package_url;
  cover();
}

/** Shows again what somebody else has changed. */
export function refresh() {
  if (shown) {
    render();
  }
}

/** Wires the buttons. */
export function stage(wires) {
  wiring = wires;
  const act = (id, work) => byId(id).addEventListener('click', async () => {
    try {
      await work(shown.job, picture());
    } catch (e) {
      wiring.failed(e);
    }
  });
  act('cancel', async (job) => {
    shown.job = { ...shown.job, ...await remove(`/v1/jobs/${job.id}`) };
    render();
  });
  act('download', (job, one) => download(one.url, fileName(job, one)));
  act('package', (job) => download(job.list.package_url, `${job.list.workflow?.name ?? 'batch'}-${job.id}.zip`));
  act('use', (job, one) => wiring.use(job, one));
  act('again', (job, one) => wiring.again(job, one));
  act('edit', async (job, one) => wiring.edit(await file(one.url)));
  act('compare-mark', (job, one) => {
    wiring.mark(job, one);
    render();
  });
}
