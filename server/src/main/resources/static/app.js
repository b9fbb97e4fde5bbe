// The page: puts its parts together.
import { ApiError, get } from './api.js';
import { compare, comparison } from './compare.js';
import { complain, submit } from './composer.js';
import { gallery, isMarked, mark, reload } from './gallery.js';
import { askForKey, keys } from './key.js';
import { brushes } from './mask.js';
import { byId, element, themes } from './page.js';
import { look, queue } from './queue.js';
import { chooseTask, defaults, nextSeed, settings, showTask, use } from './settings.js';
import { sources, takeSource } from './source.js';
import { refresh, show, stage } from './stage.js';
import { choosing, workflows } from './workflow.js';

const EXAMPLES = ['a red heart, noto style', 'panda, twemoji style', 'full moon, emojione style', 'hot beverage, flat style'];

let isAsking = false;

function failed(e) {
  if (e instanceof ApiError && e.status === 401) {
    if (!isAsking) {
      isAsking = true;
      askForKey('The server wants a key.').finally(() => {
        isAsking = false;
      });
    }
    return;
  }
  complain(e instanceof ApiError ? `The server says: ${e.message}` : String(e.message ?? e), e.param);
}

async function draw() {
  const button = byId('draw');
  button.disabled = true;
  try {
    const job = await submit();
    if (job) {
      show(job);
      look();
      byId('stage').scrollIntoView?.({ block: 'nearest' });
    }
  } catch (e) {
    failed(e);
  } finally {
    button.disabled = false;
  }
}

function examples(model) {
  if (model.styles.length === 0) {
    return;
  }
  byId('examples').replaceChildren(...EXAMPLES.map((words) => element('button', {
    type: 'button', class: 'chip-button', onclick: () => {
      chooseTask('generate');
      byId('prompt').value = words;
      document.querySelector('input[name=style]').checked = true;
      draw();
    },
  }, words)));
}

let isReady = false;

async function begin() {
  try {
    const model = (await get('/v1/models')).data[0];
    byId('model').textContent = model.id;
    if (!isReady) {
      isReady = true;
      settings(model);
      examples(model);
      queue({ show, failed, ended: reload });
    }
    await Promise.all([reload(), workflows()]);
    look();
    document.documentElement.dataset.ready = 'true';
  } catch (e) {
    failed(e);
  }
}

function wire() {
  byId('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    draw();
  });
  byId('prompt').addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      draw();
    }
  });
  document.querySelectorAll('input[name=task]').forEach((radio) => radio.addEventListener('change', () => {
    showTask();
    defaults();
  }));
  byId('defaults').addEventListener('click', defaults);
  for (let i = 0; i < 16; i++) {
    byId('welcome-grid').append(element('span'));
  }
}

themes(byId('theme'));
wire();
brushes();
choosing();
sources(complain);
comparison();
keys(begin);
stage({
  failed,
  isMarked,
  mark,
  changed: () => {
    reload();
    look();
  },
  use: (job, picture) => {
    use(job, picture);
    byId('prompt').focus();
  },
  again: (job, picture) => {
    use(job, picture);
    byId('seed-lock').checked = false;
    nextSeed();
    draw();
  },
  edit: async (blob) => {
    chooseTask('edit');
    await takeSource(blob);
    byId('prompt').value = '';
    byId('prompt').focus();
  },
});
gallery({ show, failed, compare: (a, b) => compare(a, b).catch(failed), marked: refresh });
begin();
