// Two pictures over each other, with a line between them, and what differs in their settings.
import { byId, element, number, settingsOf, shortened, sides } from './page.js';
import { show } from './pictures.js';

const NONE = '–';

const NAMES = [
  ['Prompt', (job, picture) => shortened(picture.prompt, 300)],
  ['Size', ({ settings }) => settings.size.replace('x', ' × ')],
  ['Seed', ({ settings }) => String(settings.seed)],
  ['Picture', (job, picture) => String(picture.index + 1)],
  ['Steps', ({ settings }) => String(settings.steps)],
  ['Guidance', ({ settings }) => number(settings.guidance_scale)],
  ['Picture guidance', ({ settings }) => (settings.image_guidance_scale === undefined ? NONE : number(settings.image_guidance_scale))],
  ['Late steps', ({ settings }) => settings.late_steps ?? NONE],
  ['Guidance every', ({ settings }) => (settings.guidance_every === undefined ? NONE : String(settings.guidance_every))],
  ['Sampler', ({ settings }) => settings.sampler],
  ['Timestep shift', ({ settings }) => number(settings.timestep_shift)],
  ['Negative prompt', ({ settings }) => shortened(settings.negative_prompt, 300) || NONE],
];

function table(a, b) {
  const told = ({ job, picture }, of) => of({ ...job, settings: settingsOf(job, picture) }, picture);
  const rows = NAMES.map(([name, of]) => [name, told(a, of), told(b, of)]);
  const some = rows.filter(([, left, right]) => left !== NONE || right !== NONE);
  byId('compare-table').tBodies[0].replaceChildren(...some.map(([name, left, right]) =>
    element('tr', { class: left === right ? 'same' : 'differs' },
      element('th', { scope: 'row' }, name),
      element('td', { dir: 'auto' }, left),
      element('td', { dir: 'auto' }, right))));
}

function slide() {
  byId('compare-frame').style.setProperty('--share', `${byId('compare-range').value}%`);
}

/** Opens the comparison. */
export async function compare(a, b) {
  const frame = byId('compare-frame');
  const { width, height } = sides(settingsOf(a.job, a.picture).size);
  frame.style.setProperty('--shape', `${width} / ${height}`);
  for (const [id, { picture }] of [['compare-a', a], ['compare-b', b]]) {
    byId(id).setAttribute('aria-label', `${id === 'compare-a' ? 'Left' : 'Right'}: ${shortened(picture.prompt, 200)}`);
  }
  table(a, b);
  byId('compare-range').value = 50;
  slide();
  byId('compare-dialog').showModal();
  byId('compare-range').focus();
  await Promise.all([show(byId('compare-a'), a.picture.url), show(byId('compare-b'), b.picture.url)]);
}

/** Wires the slider; the pictures can also be dragged over. */
export function comparison() {
  const range = byId('compare-range');
  const frame = byId('compare-frame');
  range.addEventListener('input', slide);
  const drag = (event) => {
    if (event.buttons > 0) {
      const box = frame.getBoundingClientRect();
      range.value = 100 * (event.clientX - box.left) / box.width;
      slide();
    }
  };
  frame.addEventListener('pointerdown', drag);
  frame.addEventListener('pointermove', drag);
}
