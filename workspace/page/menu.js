// A button that opens a short list of choices above everything else: arrow keys move, Enter chooses, Escape closes.
import {el, fill, fresh_id, set} from './dom.js';

// `items()` -> [{says, detail, chosen, pick}]; asked each time it opens. The button's looks and words are the caller's.
export function with_menu(button, items, name) {
  const id = fresh_id('menu');
  const menu = el('div', {id, class: 'menu', role: 'menu', popover: 'auto', 'aria-label': name});
  set(button, {'aria-haspopup': 'menu', 'aria-expanded': 'false', 'aria-controls': id});

  const entries = () => [...menu.querySelectorAll('[role^=menuitem]')];
  const open = (last) => {
    const single = items().some((item) => item.chosen !== undefined);
    fill(menu, items().map((item) => el('button', {
      type: 'button', role: single ? 'menuitemradio' : 'menuitem', tabindex: -1,
      'aria-checked': single ? String(Boolean(item.chosen)) : null,
      on: {click: () => { close(); item.pick(); }},
    }, el('span', {class: 'says'}, item.says), item.detail ? el('span', {class: 'detail'}, item.detail) : null)));
    menu.showPopover();
    place();
    const all = entries();
    (last ? all[all.length - 1] : all.find((e) => e.getAttribute('aria-checked') === 'true') ?? all[0])?.focus();
  };
  const close = () => {
    if (menu.matches(':popover-open')) menu.hidePopover();
    button.focus();
  };
  const place = () => {
    const at = button.getBoundingClientRect();
    const {offsetWidth: w, offsetHeight: h} = menu;
    const below = at.bottom + 6 + h <= innerHeight;
    menu.style.left = `${Math.max(8, Math.min(at.left, innerWidth - w - 8))}px`;
    menu.style.top = `${below ? at.bottom + 6 : Math.max(8, at.top - 6 - h)}px`;
  };

  button.addEventListener('click', () => (menu.matches(':popover-open') ? close() : open(false)));
  button.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    open(event.key === 'ArrowUp');
  });
  menu.addEventListener('toggle', (event) => set(button, {'aria-expanded': String(event.newState === 'open')}));
  menu.addEventListener('keydown', (event) => {
    const all = entries();
    const at = all.indexOf(document.activeElement);
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.stopPropagation();
      if (event.key === 'Escape') event.preventDefault();
      close();
      return;
    }
    const to = {ArrowDown: all[(at + 1) % all.length], ArrowUp: all[(at - 1 + all.length) % all.length], Home: all[0], End: all[all.length - 1]}[event.key];
    if (!to) return;
    event.preventDefault();
    to.focus();
  });
  return el('span', {class: 'menu-holder'}, button, menu);
}
