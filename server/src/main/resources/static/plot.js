// Mean and variance of the tokens of each row, as two lines over the rows.
import { element, number } from './page.js';

const SPACE = 'http://www.w3.org/2000/svg';
const WIDTH = 320;
const HEIGHT = 150;
const LEFT = 30;
const RIGHT = 8;
const TOP = 8;
const BOTTOM = 22;

function shape(tag, attributes, text) {
  const made = document.createElementNS(SPACE, tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}

function bounds(statistics) {
  const values = statistics.flatMap((row) => [row.mean, row.variance]);
  const low = Math.min(0, ...values);
  const high = Math.max(1, ...values);
  const room = (high - low) * 0.08;
  return { low: low - room, high: high + room };
}

function summary(statistics, rows) {
  if (statistics.length === 0) {
    return 'No row is finished yet.';
  }
  const list = (name) => statistics.map((row) => number(row[name])).slice(0, 64).join(', ');
  return `${statistics.length} of ${rows} rows. Mean by row: ${list('mean')}. Variance by row: ${list('variance')}.`;
}

/**
 * The plot.
 * @param {{mean: number, variance: number}[]} statistics of the finished rows
 * @param {number} rows of the whole picture
 */
export function plot(statistics, rows) {
  const svg = shape('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': summary(statistics, rows), class: 'plot' });
  const { low, high } = bounds(statistics);
  const x = (row) => LEFT + (rows === 1 ? 0.5 : row / (rows - 1)) * (WIDTH - LEFT - RIGHT);
  const y = (value) => TOP + (high - value) / (high - low) * (HEIGHT - TOP - BOTTOM);
  for (const value of [0, 1]) {
    svg.append(
      shape('line', { x1: LEFT, x2: WIDTH - RIGHT, y1: y(value), y2: y(value), class: 'plot-guide' }),
      shape('text', { x: LEFT - 6, y: y(value) + 4, class: 'plot-text', 'text-anchor': 'end' }, String(value)));
  }
  svg.append(
    shape('text', { x: LEFT, y: HEIGHT - 6, class: 'plot-text' }, 'row 1'),
    shape('text', { x: WIDTH - RIGHT, y: HEIGHT - 6, class: 'plot-text', 'text-anchor': 'end' }, `row ${rows}`));
  for (const name of ['variance', 'mean']) {
    svg.append(shape('polyline', {
      points: statistics.map((row, i) => `${x(i)},${y(row[name])}`).join(' '),
      class: `plot-line plot-${name}`,
    }));
    if (rows <= 40) {
      statistics.forEach((row, i) => svg.append(shape('circle', { cx: x(i), cy: y(row[name]), r: 3, class: `plot-dot plot-${name}` })));
    }
  }
  const legend = element('p', { class: 'legend', 'aria-hidden': 'true' },
    element('span', { class: 'legend-variance' }, 'variance'), element('span', { class: 'legend-mean' }, 'mean'));
  return [svg, legend];
}
