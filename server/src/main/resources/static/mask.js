// A brush over a picture. What is brushed is transparent in the file that the server gets: there something new is drawn.
import { byId } from './page.js';
import { paint, prepare } from './pictures.js';

const OPAQUE = '#000';
let current = null;

/** A mask over one picture, as large as it. */
export class Mask {
  #marks = document.createElement('canvas');
  #shown = byId('brush-mask');
  #at;
  #isPainting = false;

  constructor(bitmap) {
    current = this;
    const base = byId('brush-picture');
    prepare(base, bitmap.width, bitmap.height);
    paint(base, bitmap);
    prepare(this.#shown, bitmap.width, bitmap.height);
    this.#marks.width = bitmap.width;
    this.#marks.height = bitmap.height;
    this.#at = { x: bitmap.width / 2, y: bitmap.height / 2 };
    byId('brush-frame').style.setProperty('--shape', `${bitmap.width} / ${bitmap.height}`);
    const longest = Math.max(bitmap.width, bitmap.height);
    const size = byId('brush-size');
    size.min = Math.max(1, Math.round(longest / 64));
    size.max = Math.round(longest / 2);
    size.value = Math.round(longest / 5);
    this.#render();
  }

  /** Whether nothing is marked. */
  isEmpty() {
    const { width, height } = this.#marks;
    const pixels = this.#marks.getContext('2d').getImageData(0, 0, width, height).data;
    for (let i = 3; i < pixels.length; i += 4) {
      if (pixels[i] > 0) {
        return false;
      }
    }
    return true;
  }

  /** The file: opaque where all stays. */
  toBlob() {
    const made = document.createElement('canvas');
    made.width = this.#marks.width;
    made.height = this.#marks.height;
    const context = made.getContext('2d');
    context.fillStyle = OPAQUE;
    context.fillRect(0, 0, made.width, made.height);
    context.globalCompositeOperation = 'destination-out';
    context.drawImage(this.#marks, 0, 0);
    return new Promise((resolve) => made.toBlob(resolve, 'image/png'));
  }

  /** Marks everything, or nothing. */
  fill(all) {
    const context = this.#marks.getContext('2d');
    context.clearRect(0, 0, this.#marks.width, this.#marks.height);
    if (all) {
      context.fillStyle = OPAQUE;
      context.fillRect(0, 0, this.#marks.width, this.#marks.height);
    }
    this.#render();
  }

  #radius() {
    return Number(byId('brush-size').value) / 2;
  }

  #stroke(from, to) {
    const context = this.#marks.getContext('2d');
    context.globalCompositeOperation = byId('brush-erase').checked ? 'destination-out' : 'source-over';
    context.lineCap = 'round';
    context.lineWidth = this.#radius() * 2;
    context.strokeStyle = OPAQUE;
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.lineTo(to.x + 0.01, to.y);
    context.stroke();
    context.globalCompositeOperation = 'source-over';
    this.#render();
  }

  #render() {
    const context = this.#shown.getContext('2d');
    context.clearRect(0, 0, this.#shown.width, this.#shown.height);
    context.drawImage(this.#marks, 0, 0);
    context.globalCompositeOperation = 'source-in';
    context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--mask');
    context.fillRect(0, 0, this.#shown.width, this.#shown.height);
    context.globalCompositeOperation = 'source-over';
    this.#showCursor();
  }

  #showCursor() {
    const cursor = byId('brush-cursor').style;
    const { width, height } = this.#shown;
    cursor.setProperty('--x', `${100 * this.#at.x / width}%`);
    cursor.setProperty('--y', `${100 * this.#at.y / height}%`);
    cursor.setProperty('--size', `${200 * this.#radius() / width}%`);
  }

  #point(event) {
    const box = this.#shown.getBoundingClientRect();
    return {
      x: (event.clientX - box.left) / box.width * this.#shown.width,
      y: (event.clientY - box.top) / box.height * this.#shown.height,
    };
  }

  pointer(event) {
    const to = this.#point(event);
    if (event.type === 'pointerdown') {
      this.#shown.setPointerCapture(event.pointerId);
      this.#isPainting = true;
      this.#at = to;
      this.#stroke(to, to);
    } else if (event.type === 'pointermove') {
      const from = this.#at;
      this.#at = to;
      if (this.#isPainting) {
        this.#stroke(from, to);
      } else {
        this.#showCursor();
      }
    } else {
      this.#isPainting = false;
    }
  }

  keyboard(event) {
    const step = Math.max(1, this.#radius() / 2);
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const from = this.#at;
    if (way) {
      const { width, height } = this.#shown;
      this.#at = {
        x: Math.min(width, Math.max(0, from.x + way[0] * step)),
        y: Math.min(height, Math.max(0, from.y + way[1] * step)),
      };
      if (event.shiftKey) {
        this.#stroke(from, this.#at);
      }
    } else if (event.key === ' ') {
      this.#stroke(from, from);
    } else {
      return;
    }
    event.preventDefault();
    this.#showCursor();
  }

  refresh() {
    this.#showCursor();
  }
}

/** Wires the brush; there is one mask at a time. */
export function brushes() {
  const canvas = byId('brush-mask');
  for (const name of ['pointerdown', 'pointermove', 'pointerup', 'pointercancel']) {
    canvas.addEventListener(name, (event) => current?.pointer(event));
  }
  canvas.addEventListener('keydown', (event) => current?.keyboard(event));
  const cursor = byId('brush-cursor');
  for (const name of ['focus', 'pointerenter']) {
    canvas.addEventListener(name, () => {
      cursor.hidden = false;
    });
  }
  for (const name of ['blur', 'pointerleave']) {
    canvas.addEventListener(name, () => {
      cursor.hidden = document.activeElement !== canvas || name === 'blur';
    });
  }
  byId('brush-size').addEventListener('input', () => current?.refresh());
  byId('brush-all').addEventListener('click', () => current?.fill(true));
  byId('brush-clear').addEventListener('click', () => current?.fill(false));
}
