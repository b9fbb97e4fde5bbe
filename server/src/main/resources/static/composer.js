// From the form to a job.
import { json, post } from './api.js';
import { announce, byId } from './page.js';
import { nextSeed, request, rows, task } from './settings.js';
import { maskFile, sourceFile } from './source.js';
import { runWorkflow } from './workflow.js';

const FIELDS = {
  prompt: 'prompt', size: 'size', n: 'n', seed: 'seed', steps: 'steps', guidance_scale: 'guidance',
  image_guidance_scale: 'image-guidance', timestep_shift: 'shift', negative_prompt: 'negative', positive_prompt: 'positive',
  late_steps: 'late', guidance_every: 'every', sampler: 'sampler', output_format: 'format', image: 'file', mask: 'brush-mask',
  parameters: 'workflow-name', quality: 'workflow-quality',
};

let marked = null;

/** Says what is wrong, at the field if it is known which. */
export function complain(message, param) {
  marked?.removeAttribute('aria-invalid');
  marked = null;
  const error = byId('error');
  error.textContent = message;
  error.hidden = message === '';
  const field = byId(FIELDS[param] ?? param ?? '');
  if (field && message) {
    marked = field;
    field.setAttribute('aria-invalid', 'true');
    field.closest('details')?.setAttribute('open', '');
    field.focus();
  }
}

async function form(asked) {
  const body = new FormData();
  for (const [name, value] of Object.entries(asked)) {
    body.append(name, String(value));
  }
  body.append('image', sourceFile(), 'image');
  const mask = await maskFile();
  if (mask) {
    body.append('mask', mask, 'mask.png');
  }
  return body;
}

function missing() {
  if (task() === 'edit' && !sourceFile()) {
    return ['Choose a picture to edit first.', 'image'];
  }
  if (task() !== 'workflow' && byId('prompt').value.trim() === '') {
    return [task() === 'edit' ? 'Say what to change.' : 'Say what to draw.', 'prompt'];
  }
  return byId('seed-lock').checked && !/^(-?[0-9]{1,19})?$/.test(byId('seed').value.trim())
    ? ['A seed is a whole number.', 'seed'] : null;
}

/** Sends what the form says; gives the job, or null if something is missing. */
export async function submit() {
  const lack = missing();
  if (lack) {
    complain(...lack);
    return null;
  }
  complain('');
  if (task() === 'workflow') {
    return runWorkflow(nextSeed(), complain);
  }
  const asked = request(rows);
  const job = await post('/v1/jobs', task() === 'edit' ? await form(asked) : json(asked));
  announce(task() === 'edit' ? 'The edit is in the queue.' : 'The picture is in the queue.');
  return job;
}
