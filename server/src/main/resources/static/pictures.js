// Pictures from the server onto canvases.
import { file } from './api.js';
import { settingsOf } from './page.js';

/** Up to this width pictures are shown as the pixels that they are, without smoothing. */
const PIXEL_ART = 160;

/** Loads a picture. */
export async function bitmap(url, signal) {
  return createImageBitmap(await file(url, signal));
}

/** Makes a canvas as large as the picture will be, empty. */
export function prepare(canvas, width, height) {
  canvas.width = width;
  canvas.height = height;
  canvas.classList.toggle('pixels', width <= PIXEL_ART && height <= PIXEL_ART);
}

/** Paints what is there of a picture, from the top. */
export function paint(canvas, picture) {
  canvas.getContext('2d').drawImage(picture, 0, 0);
}

/** Paints a whole picture. */
export async function show(canvas, url, signal) {
  const picture = await bitmap(url, signal);
  prepare(canvas, picture.width, picture.height);
  paint(canvas, picture);
  picture.close();
}

/** Loads a file and gives it to the person. */
export async function download(url, name) {
  const address = URL.createObjectURL(await file(url));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A name for the file of a picture: words of the prompt and the seed. */
export function fileName(job, picture) {
  const used = settingsOf(job, picture);
  const words = (picture.prompt.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join('-');
  const index = picture.index > 0 ? `-${picture.index}` : '';
  const ending = { jpeg: 'jpg' }[used.output_format] ?? used.output_format;
  return `${[...words].slice(0, 40).join('') || 'picture'}-${used.seed}${index}.${ending}`;
}
