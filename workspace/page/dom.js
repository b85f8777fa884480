// Making and changing elements. Words of people go in as text nodes and attributes only: nothing in this page
// ever parses a string as HTML.

const SVG = 'http://www.w3.org/2000/svg';

// el('button', {class: 'quiet', on: {click}}, 'Say ', strong): `text` and children become text nodes; a null or
// false attribute or child is left out, true is an empty attribute.
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  set(made, attributes);
  add(made, children);
  return made;
}

export function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'on') for (const [event, heard] of Object.entries(value)) element.addEventListener(event, heard);
    else if (name === 'data') Object.assign(element.dataset, value);
    else if (value === null || value === undefined || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
}

export function add(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child);
  }
}

export function fill(element, ...children) {
  element.replaceChildren();
  add(element, children);
}

// A drawing of one or more paths on a 20 by 20 grid, hidden from screen readers: words stand beside it.
export function icon(...paths) {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [name, value] of Object.entries({viewBox: '0 0 20 20', class: 'icon', 'aria-hidden': 'true', focusable: 'false'}))
    svg.setAttribute(name, value);
  for (const d of paths) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

export const DRAWINGS = {
  home: ['M3.5 9 10 3.5 16.5 9v7.5h-4.2v-4.4H7.7v4.4H3.5z'],
  message: ['M3.5 4.5h13v9h-7l-3.6 3v-3H3.5z'],
  pair: ['M7.6 13.6a3.9 3.9 0 1 1 0-7.2', 'M12.2 5.8a3.9 3.9 0 1 1-.2 8.4', 'M7.4 10h5.2'],
  hash: ['M8 3.5 6.6 16.5M13.4 3.5 12 16.5M3.8 7.6h12.8M3.4 12.4h12.8'],
  clock: ['M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14z', 'M10 6v4.2l2.8 1.8'],
  eye: ['M2.5 10S5.2 5 10 5s7.5 5 7.5 5-2.7 5-7.5 5-7.5-5-7.5-5z', 'M10 8a2 2 0 1 1 0 4 2 2 0 0 1 0-4z'],
  menu: ['M3.5 6h13M3.5 10h13M3.5 14h13'],
  close: ['M5 5l10 10M15 5 5 15'],
  send: ['M3.6 4.2 17 10 3.6 15.8 5.4 10z', 'M5.4 10h6'],
  sun: ['M10 6.6a3.4 3.4 0 1 1 0 6.8 3.4 3.4 0 0 1 0-6.8z', 'M10 2.4v1.4M10 16.2v1.4M2.4 10h1.4M16.2 10h1.4M4.6 4.6l1 1M14.4 14.4l1 1M4.6 15.4l1-1M14.4 5.6l1-1'],
  moon: ['M15.8 12A6.6 6.6 0 0 1 8 4.2 6.6 6.6 0 1 0 15.8 12z'],
  more: ['M4.4 10h.2M9.9 10h.2M15.4 10h.2'],
  bolt: ['M11 2.8 4.6 11h4.2L8 17.2 15 8.6h-4.4z'],
  check: ['M4.5 10.5 8.3 14.3 15.5 6.2'],
  pin: ['M7 3.5h6l-1 5 2.5 3h-9L8 8.5z', 'M10 11.5v5'],
};

export const drawing = (name) => icon(...DRAWINGS[name]);

// Arrow keys, Home and End move the focus among the items of a list; one of them at a time is in the tab order.
export function roving(list, selector, {vertical = true} = {}) {
  const items = () => [...list.querySelectorAll(selector)].filter((item) => !item.disabled);
  const settle = (chosen) => items().forEach((item) => (item.tabIndex = item === chosen ? 0 : -1));
  list.addEventListener('focusin', (event) => {
    const item = event.target.closest(selector);
    if (item && list.contains(item)) settle(item);
  });
  list.addEventListener('keydown', (event) => {
    const all = items();
    const at = all.indexOf(event.target.closest(selector));
    if (at < 0) return;
    const step = {[vertical ? 'ArrowDown' : 'ArrowRight']: 1, [vertical ? 'ArrowUp' : 'ArrowLeft']: -1}[event.key];
    const to = step ? all[(at + step + all.length) % all.length]
      : event.key === 'Home' ? all[0] : event.key === 'End' ? all[all.length - 1] : null;
    if (!to) return;
    event.preventDefault();
    to.focus();
  });
  // Called after each drawing of the list.
  return () => {
    const all = items();
    settle(all.find((item) => item === document.activeElement) ?? all.find((item) => item.getAttribute('aria-current') === 'true') ?? all[0]);
  };
}

let unique = 0;
export const fresh_id = (prefix) => `${prefix}-${++unique}`;
