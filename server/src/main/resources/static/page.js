// Small things that every part of the page needs. Texts of people go into the page as text, never as markup.

/** The element of that id. */
export const byId = (id) => document.getElementById(id);

/**
 * A new element.
 * @param {string} tag
 * @param {object} properties attributes; functions are listeners ('onclick'); false and undefined are left out
 * @param {...(string|Node)} children strings become text
 */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === 'function') {
      made.addEventListener(name.slice(2), value);
    } else if (value === true) {
      made.setAttribute(name, '');
    } else if (value !== false && value !== undefined) {
      made.setAttribute(name, value);
    }
  }
  made.append(...children);
  return made;
}

let pendingMessage = 0;

/** Tells people who listen to the page; the last of several messages in a short time. */
export function announce(text) {
  clearTimeout(pendingMessage);
  pendingMessage = setTimeout(() => {
    byId('status').textContent = text;
  }, 150);
}

/** A text that fits into a line. */
export function shortened(text, length = 80) {
  const points = [...text];
  return points.length <= length ? text : points.slice(0, length - 1).join('') + '…';
}

/** Seconds as people say them. */
export function duration(seconds) {
  if (seconds < 90) {
    return `${Math.max(1, Math.round(seconds))} s`;
  }
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

/** A number without noise behind the point. */
export const number = (value) => String(Math.round(value * 1000) / 1000);

/** Settings of a picture: its own, where it is one of a batch or a workflow, over those of its job. */
export const settingsOf = (job, picture) => ({ ...job.settings, ...picture.settings });

/** Width and height of '64x64'. */
export function sides(size) {
  const [width, height] = size.split('x').map(Number);
  return { width, height };
}

const THEME = 'nextstep.theme';

/** Lets people choose light or dark; until they do, their system decides. */
export function themes(select) {
  const apply = (theme) => {
    document.documentElement.dataset.theme = theme;
  };
  let saved = 'auto';
  try {
    saved = localStorage.getItem(THEME) ?? 'auto';
  } catch { /* storage is forbidden here */ }
  select.value = ['light', 'dark'].includes(saved) ? saved : 'auto';
  apply(select.value);
  select.addEventListener('change', () => {
    apply(select.value);
    try {
      localStorage.setItem(THEME, select.value);
    } catch { /* then for this visit only */ }
  });
}
