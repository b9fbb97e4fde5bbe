// The fields of the form and what they mean to the API.
import { byId, element, settingsOf, sides } from './page.js';

const OWN = 'own';
let model = null;

const value = (id) => byId(id).value.trim();

/** Which of the tasks is chosen. */
export const task = () => document.querySelector('input[name=task]:checked').value;

/** Chooses a task. */
export function chooseTask(name) {
  const radio = document.querySelector(`input[name=task][value=${name}]`);
  radio.checked = true;
  radio.dispatchEvent(new Event('change', { bubbles: true }));
}

function shapes() {
  const { width, height } = sides(model.generate.size);
  const fits = (w, h) => w * h <= model.max_pixels;
  const choices = [
    ['Wide', 1.5, 1], ['Tall', 1, 1.5], ['Double', 2, 2],
  ].map(([name, across, down]) => [name, whole(width * across), whole(height * down)]);
  return choices.filter(([, w, h]) => fits(w, h));
}

const whole = (pixels) => Math.round(pixels / model.pixels_per_token) * model.pixels_per_token;

function sizeChoices() {
  const size = byId('size');
  const kept = size.value;
  const auto = task() === 'edit' ? 'As the picture' : model.generate.size.replace('x', ' × ');
  size.replaceChildren(element('option', { value: 'auto' }, auto));
  for (const [name, width, height] of shapes()) {
    size.append(element('option', { value: `${width}x${height}` }, `${name}, ${width} × ${height}`));
  }
  size.append(element('option', { value: OWN }, 'Other…'));
  size.value = [...size.options].some((option) => option.value === kept) ? kept : 'auto';
}

function chooseSize(text) {
  const size = byId('size');
  const known = text === model.generate.size && task() === 'generate' ? 'auto' : text;
  if ([...size.options].some((option) => option.value === known)) {
    size.value = known;
  } else {
    size.value = OWN;
    const { width, height } = sides(text);
    byId('width').value = width;
    byId('height').value = height;
  }
  showOwnSize();
}

function showOwnSize() {
  byId('own-size').hidden = byId('size').value !== OWN;
}

/** Two fields for one number: the slider for the usual ones, the other for all. */
function pair(id) {
  const range = byId(`${id}-range`);
  const field = byId(id);
  range.addEventListener('input', () => {
    field.value = range.value;
  });
  field.addEventListener('input', () => {
    range.value = field.value;
  });
}

// With all its digits: presets of large models become such guidance as 1.7692307 on small ones.
function fill(id, amount) {
  byId(id).value = String(amount);
  const range = byId(`${id}-range`);
  if (range) {
    range.value = amount;
  }
}

function styleChips() {
  const chips = byId('style-chips');
  for (const name of ['', ...model.styles]) {
    chips.append(element('label', { class: 'chip' },
      element('input', { type: 'radio', name: 'style', value: name, checked: name === '' }),
      element('span', {}, name || 'Usual')));
  }
}

/** What belongs to the task: labels, fields, defaults that nobody has changed. */
export function showTask() {
  const isEdit = task() === 'edit';
  const isWorkflow = task() === 'workflow';
  byId('workflow').hidden = !isWorkflow;
  byId('single').hidden = isWorkflow;
  byId('single-more').hidden = isWorkflow;
  byId('styles').hidden = isEdit || model.styles.length === 0;
  byId('image-guidance-field').hidden = !isEdit;
  byId('source').hidden = !isEdit;
  byId('prompt-label').textContent = isEdit ? 'What to change' : 'Prompt';
  byId('prompt').placeholder = isEdit ? 'make it blue' : 'a red heart';
  byId('draw').textContent = { edit: 'Draw the edit', workflow: 'Run the workflow' }[task()] ?? 'Draw';
  sizeChoices();
  showOwnSize();
}

/** Everything but prompt, picture and seed as the model has it. */
export function defaults() {
  const own = model[task()] ?? model.generate;
  fill('steps', own.steps);
  fill('guidance', own.guidance_scale);
  fill('image-guidance', model.edit.image_guidance_scale);
  byId('shift').value = String(own.timestep_shift);
  byId('late').value = own.late_steps === 'off' ? '' : own.late_steps;
  byId('every').value = own.guidance_every;
  byId('sampler').value = own.sampler;
  byId('negative').value = own.negative_prompt;
  byId('positive').value = own.positive_prompt;
  byId('format').value = 'png';
  byId('size').value = 'auto';
  byId('n').value = '1';
  showOwnSize();
}

/** Fills the form for a model. */
export function settings(shown) {
  model = shown;
  byId('n').max = model.max_pictures;
  for (const id of ['width', 'height']) {
    byId(id).min = model.pixels_per_token;
    byId(id).step = model.pixels_per_token;
  }
  byId('sampler').replaceChildren(...model.samplers.map((name) => element('option', { value: name }, name)));
  byId('style-chips').replaceChildren();
  styleChips();
  ['steps', 'guidance', 'image-guidance'].forEach(pair);
  byId('size').addEventListener('change', showOwnSize);
  byId('seed').addEventListener('change', () => {
    byId('seed-lock').checked = value('seed') !== '';
  });
  showTask();
  defaults();
}

const style = () => document.querySelector('input[name=style]:checked')?.value ?? '';

function prompt() {
  const words = byId('prompt').value;
  const named = style();
  return task() === 'generate' && named ? `${words.trimEnd()}, ${named} style` : words;
}

const size = () => (byId('size').value === OWN ? `${value('width')}x${value('height')}` : byId('size').value);

/** A seed that is not asked for anywhere. */
const newSeed = () => String(crypto.getRandomValues(new Uint32Array(1))[0]);

/** The seed of the next picture: the locked one, or a new one, which the field shows then. */
export function nextSeed() {
  if (!byId('seed-lock').checked || value('seed') === '') {
    byId('seed').value = newSeed();
  }
  return value('seed');
}

/** What the form asks for, under the names of the API. Empty numbers are left to the server, which names what is wrong. */
export function request(rowsOf) {
  const asked = {
    seed: nextSeed(),
    prompt: prompt(),
    n: Number(value('n') || 1),
    size: size(),
    steps: Number(value('steps')),
    guidance_scale: Number(value('guidance')),
    timestep_shift: Number(value('shift')),
    late_steps: value('late') || 'off',
    guidance_every: Number(value('every') || 1),
    sampler: value('sampler'),
    negative_prompt: byId('negative').value,
    positive_prompt: byId('positive').value,
    output_format: value('format'),
    partial_images: rowsOf(size()),
  };
  if (task() === 'edit') {
    asked.image_guidance_scale = Number(value('image-guidance'));
  }
  return asked;
}

/** Rows of tokens of a size; many if it is not known. */
export const rows = (text) => (text === 'auto' ? 4096 : Math.ceil(sides(text).height / model.pixels_per_token));

/** Puts the settings of a picture into the form, so that drawing again gives the same picture. */
export function use(job, picture) {
  const used = settingsOf(job, picture);
  chooseTask(job.task);
  let words = picture.prompt;
  const found = model.styles.find((name) => words.endsWith(`, ${name} style`));
  document.querySelectorAll('input[name=style]').forEach((radio) => {
    radio.checked = radio.value === (job.task === 'generate' && found ? found : '');
  });
  if (job.task === 'generate' && found) {
    words = words.slice(0, -`, ${found} style`.length);
  }
  byId('prompt').value = words;
  chooseSize(used.size);
  byId('n').value = picture.settings ? 1 : Math.min(model.max_pictures, Math.max(used.n, picture.index + 1));
  byId('seed').value = used.seed;
  byId('seed-lock').checked = true;
  fill('steps', used.steps);
  fill('guidance', used.guidance_scale);
  if (used.image_guidance_scale !== undefined) {
    fill('image-guidance', used.image_guidance_scale);
  }
  byId('shift').value = String(used.timestep_shift);
  // Jobs of older servers do not say: they were drawn with what the model likes.
  const late = used.late_steps ?? model[job.task].late_steps;
  byId('late').value = late === 'off' ? '' : late;
  byId('every').value = used.guidance_every ?? model[job.task].guidance_every;
  byId('sampler').value = used.sampler;
  byId('negative').value = used.negative_prompt;
  byId('positive').value = used.positive_prompt;
  byId('format').value = used.output_format;
}
