// Two live regions: what happens is said politely, what went wrong at once. A toast shows the same words for a while.
import {el, drawing} from './dom.js';

const polite = el('div', {class: 'unseen', role: 'status', 'aria-live': 'polite'});
const urgent = el('div', {class: 'unseen', role: 'alert', 'aria-live': 'assertive'});
const toasts = el('div', {class: 'toasts'});

export function start_announcing() {
  document.body.append(polite, urgent, toasts);
}

export function announce(words) {
  polite.append(el('p', {}, words));
  while (polite.childElementCount > 5) polite.firstChild.remove();
}

// Something the person should see now; stays until closed or for eight seconds.
export function tell(words, {wrong = false} = {}) {
  (wrong ? urgent : polite).replaceChildren(el('p', {}, words));
  const toast = el('div', {class: wrong ? 'toast wrong' : 'toast'}, el('p', {}, words),
    el('button', {type: 'button', class: 'quiet square', 'aria-label': 'Dismiss', on: {click: () => toast.remove()}}, drawing('close')));
  toasts.append(toast);
  if (!wrong) setTimeout(() => toast.remove(), 8000);
  while (toasts.childElementCount > 3) toasts.firstChild.remove();
}
