// What was drawn, the newest first.
import { file, get } from './api.js';
import { byId, element, settingsOf, shortened, sides } from './page.js';

const PAGE = 24;
const PAUSE = 250;

let wiring = null;
let last = '';
let asked = 0;
let timer = 0;

/** Two pictures that are to be compared, or one, or none. */
const marked = [];

const same = (a, b) => a.job.id === b.job.id && a.picture.number === b.picture.number;

/** Whether a picture is marked. */
export const isMarked = (job, picture) => marked.some((mark) => same(mark, { job, picture }));

/** Marks a picture for comparison, or no longer; of more than two, the last two count. */
export function mark(job, picture) {
  const at = marked.findIndex((each) => same(each, { job, picture }));
  if (at >= 0) {
    marked.splice(at, 1);
  } else {
    marked.push({ job, picture });
    marked.splice(0, marked.length - 2);
  }
  renderMarks();
}

function renderMarks() {
  byId('compare-bar').hidden = marked.length === 0;
  byId('compare-text').textContent = marked.length === 1 ? 'One picture is marked; mark another.' : 'Two pictures are marked.';
  byId('compare-open').disabled = marked.length < 2;
  for (const box of byId('tiles').querySelectorAll('input')) {
    box.checked = marked.some(({ job, picture }) => box.value === `${job.id}/${picture.number}`);
  }
}

const address = (after) => {
  const query = new URLSearchParams({ state: 'completed', limit: PAGE });
  const text = byId('search').value.trim();
  if (text) {
    query.set('q', text);
  }
  if (after) {
    query.set('after', after);
  }
  return `/v1/jobs?${query}`;
};

/** Loads the first page again. */
export const reload = () => load('');

async function load(after) {
  asked += 1;
  const mine = asked;
  try {
    const page = await get(address(after));
    if (mine !== asked) {
      return; // somebody has typed on
    }
    const before = after ? [...byId('tiles').children] : [];
    const known = new Map([...byId('tiles').children].map((item) => [item.dataset.id, item]));
    const items = page.data.flatMap((job) => job.pictures.map((picture) =>
      known.get(`${job.id}/${picture.number}`) ?? tile(job, picture)));
    byId('tiles').replaceChildren(...before, ...items);
    last = page.last_id ?? last;
    byId('older').hidden = !page.has_more;
    empty(items.length + before.length);
    renderMarks();
  } catch (e) {
    wiring.failed(e);
  }
}

function empty(count) {
  const text = byId('gallery-empty');
  text.hidden = count > 0;
  text.textContent = byId('search').value.trim() ? 'No prompt has these words.' : 'What you draw is kept here for a while.';
}

function tile(job, picture) {
  const words = shortened(picture.prompt, 120);
  const image = element('img', { alt: '', width: 96, height: 96, decoding: 'async' });
  const settings = settingsOf(job, picture);
  const { width, height } = sides(settings.size);
  image.classList.toggle('pixels', Math.max(width, height) <= 160);
  const item = element('li', { class: 'tile', 'data-id': `${job.id}/${picture.number}` },
    element('button', {
      type: 'button', class: 'tile-open', title: shortened(words, 80), onclick: () => wiring.show(job, picture.number),
    }, image, element('span', { class: 'tile-words', dir: 'auto' }, words)),
    element('label', { class: 'tile-mark' },
      element('input', {
        type: 'checkbox', value: `${job.id}/${picture.number}`,
        'aria-label': `Compare: ${shortened(words, 60)}, seed ${settings.seed}`,
        onchange: () => {
          mark(job, picture);
          wiring.marked();
        },
      })));
  thumbnail(image, picture.url);
  return item;
}

async function thumbnail(image, url) {
  try {
    const own = URL.createObjectURL(await file(url));
    const free = () => URL.revokeObjectURL(own);
    image.addEventListener('load', free, { once: true });
    image.addEventListener('error', free, { once: true });
    image.src = own;
  } catch {
    image.classList.add('missing'); // its time was over
  }
}

/** Wires the gallery. */
export function gallery(wires) {
  wiring = wires;
  byId('search').addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(reload, PAUSE);
  });
  byId('older').addEventListener('click', () => load(last));
  byId('compare-open').addEventListener('click', () => wiring.compare(...marked));
  byId('compare-none').addEventListener('click', () => {
    marked.length = 0;
    renderMarks();
    wiring.marked();
  });
}
