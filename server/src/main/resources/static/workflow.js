// A workflow: what it asks for becomes fields, and its run one job.
import { get, json, post } from './api.js';
import { announce, byId, element } from './page.js';

let known = [];

const chosen = () => known.find((each) => each.name === byId('workflow-name').value);

const fieldId = (parameter) => `workflow-value-${parameter.name}`;

const values = () => [...byId('workflow-values').querySelectorAll('[data-name]')];

function field(parameter, old) {
  const properties = { id: fieldId(parameter), 'data-name': parameter.name };
  const usual = old ?? parameter.default ?? '';
  let input;
  if (parameter.type === 'choice') {
    input = element('select', properties, ...parameter.choices.map((name) =>
      element('option', { value: name, selected: name === usual }, name)));
  } else if (parameter.type === 'whole') {
    input = element('input', { ...properties, type: 'number', min: parameter.min, max: parameter.max, step: 1, inputmode: 'numeric', value: usual });
  } else {
    input = element('input', {
      ...properties, type: 'text', maxlength: parameter.max_length, dir: 'auto', autocomplete: 'off', required: parameter.required, value: usual,
    });
  }
  return element('div', { class: 'field' }, element('label', { for: fieldId(parameter) }, parameter.title), input);
}

// Fields of the chosen workflow; what was typed for the one before stays where the names agree.
function fields() {
  const workflow = chosen();
  const old = new Map(values().map((input) => [input.dataset.name, input.value]));
  byId('workflow-about').textContent = workflow?.error ? `It has a mistake: ${workflow.error}` : workflow?.description ?? '';
  byId('workflow-values').replaceChildren(...(workflow?.parameters ?? []).map((parameter) => {
    const typed = old.get(parameter.name);
    return field(parameter, parameter.type === 'choice' && !parameter.choices.includes(typed) ? undefined : typed);
  }));
  const ways = workflow?.variants.length ?? 0;
  byId('workflow-count').textContent = !workflow || workflow.error ? ''
    : `Up to ${workflow.pictures.length} pictures${ways > 1 ? `, each in ${ways} ways (${workflow.variants.map((way) => way.title).join(', ')})` : ''}.`;
}

/** Fills the choice of workflows. */
export async function workflows() {
  known = (await get('/v1/workflows')).data;
  const presets = (await get('/v1/presets')).data;
  const quality = byId('workflow-quality');
  const was = quality.value;
  quality.replaceChildren(quality.options[0], ...presets.map(({ name }) =>
    element('option', { value: name, selected: name === was }, name)));
  const kept = byId('workflow-name').value;
  byId('workflow-name').replaceChildren(...known.map(({ name }) => element('option', { value: name, selected: name === kept }, name)));
  fields();
}

/** Runs the chosen one with a seed; gives the job, or null after saying what is missing. */
export async function runWorkflow(seed, complain) {
  const workflow = chosen();
  const empty = values().find((input) => input.required && input.value.trim() === '');
  if (empty) {
    complain(`${empty.labels[0].textContent} is missing.`, empty.id);
    return null;
  }
  const parameters = Object.fromEntries(values().filter((input) => input.value !== '').map((input) => [input.dataset.name, input.value]));
  const quality = byId('workflow-quality').value;
  const asked = { seed, parameters, ...(quality ? { quality } : {}) };
  const job = await post(`/v1/workflows/${encodeURIComponent(workflow.name)}/jobs`, json(asked));
  announce(`The workflow is in the queue, with ${job.pictures.length} pictures.`);
  return job;
}

/** Wires the choice. */
export function choosing() {
  byId('workflow-name').addEventListener('change', fields);
}
