// Server-sent events by fetch, since the browser's own way cannot send a key. Comes back where it was cut off.
import { ApiError, exactly, send } from './api.js';

const LONGEST_PAUSE = 8000;

/** Events of a text that arrives in pieces. */
export class EventParser {
  #rest = '';

  /** The events that a piece completes. */
  push(piece) {
    this.#rest += piece;
    const blocks = this.#rest.split(/\r?\n\r?\n/);
    this.#rest = blocks.pop();
    return blocks.map(EventParser.#event).filter((event) => event !== null);
  }

  static #event(block) {
    const event = { name: 'message', id: '', data: '' };
    for (const line of block.split(/\r?\n/)) {
      const colon = line.indexOf(':');
      const field = line.slice(0, colon);
      const value = line.slice(colon + 1).replace(/^ /, '');
      if (field === 'event') {
        event.name = value;
      } else if (field === 'id') {
        event.id = value;
      } else if (field === 'data') {
        event.data += value;
      }
    }
    return event.data === '' ? null : { ...event, data: JSON.parse(event.data, exactly) };
  }
}

const pause = (millis, signal) => new Promise((resolve) => {
  const timer = setTimeout(resolve, millis);
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    resolve();
  }, { once: true });
});

/** Events of a job until it has ended or nobody wants them any more. */
export async function* jobEvents(id, signal) {
  let last = '';
  let wait = 250;
  while (!signal.aborted) {
    try {
      const more = last ? { 'Last-Event-ID': last } : {};
      const response = await send(`/v1/jobs/${id}/events`, { headers: more, signal });
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      const parser = new EventParser();
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
        for (const event of parser.push(piece.value)) {
          last = event.id || last;
          wait = 250;
          yield event;
          if (event.name === 'job' && isEnd(event.data.state)) {
            return;
          }
        }
      }
      if (last === '') {
        return; // the server has nothing to say of it
      }
    } catch (e) {
      if (signal.aborted || (e instanceof ApiError && e.status >= 400 && e.status < 500 && e.status !== 429)) {
        if (!signal.aborted) {
          throw e;
        }
        return;
      }
    }
    await pause(wait, signal);
    wait = Math.min(LONGEST_PAUSE, wait * 2);
  }
}

/** Whether nothing more will happen to a job in that state. */
export const isEnd = (state) => ['completed', 'failed', 'cancelled'].includes(state);
