// The picture that an edit begins with: dropped, chosen, pasted, or one that was drawn here.
import { announce, byId } from './page.js';
import { Mask } from './mask.js';

const MOST_PIXELS = 16_000_000;
const TYPES = ['image/png', 'image/jpeg', 'image/webp'];

let picture = null;
let mask = null;

/** The picture's file, or null. */
export const sourceFile = () => picture;

/** A file that is transparent where something new is drawn, or null if all of it may change. */
export const maskFile = async () => (mask && !mask.isEmpty() ? mask.toBlob() : null);

/** Takes a picture; fails with a message for people if it is none. */
export async function takeSource(blob) {
  if (!TYPES.includes(blob.type)) {
    throw new Error('Choose a PNG, JPEG or WebP picture.');
  }
  let bitmap;
  try {
    bitmap = await createImageBitmap(blob);
  } catch {
    throw new Error('This file cannot be read as a picture.');
  }
  if (bitmap.width * bitmap.height > MOST_PIXELS) {
    bitmap.close();
    throw new Error('This picture is too large: 16 million pixels is the most.');
  }
  picture = blob;
  mask = new Mask(bitmap);
  byId('drop').hidden = true;
  byId('brush').hidden = false;
  announce(`Picture of ${bitmap.width} by ${bitmap.height} pixels is ready for the edit.`);
}

function drop() {
  picture = null;
  mask = null;
  byId('drop').hidden = false;
  byId('brush').hidden = true;
  byId('file').value = '';
}

/** Wires the fields. */
export function sources(failed) {
  const take = (files) => {
    const first = [...files].find((file) => file.type.startsWith('image/')) ?? files[0];
    if (first) {
      takeSource(first).catch((e) => failed(e.message));
    }
  };
  const target = byId('composer');
  byId('file').addEventListener('change', (event) => take(event.target.files));
  byId('source-drop').addEventListener('click', () => {
    drop();
    byId('file').focus();
  });
  const isEdit = () => !byId('source').hidden;
  target.addEventListener('dragover', (event) => {
    if (isEdit()) {
      event.preventDefault();
      byId('drop').classList.add('over');
    }
  });
  target.addEventListener('dragleave', () => byId('drop').classList.remove('over'));
  target.addEventListener('drop', (event) => {
    if (isEdit()) {
      event.preventDefault();
      byId('drop').classList.remove('over');
      take(event.dataTransfer.files);
    }
  });
  document.addEventListener('paste', (event) => {
    if (isEdit() && event.clipboardData.files.length > 0) {
      event.preventDefault();
      take(event.clipboardData.files);
    }
  });
}
