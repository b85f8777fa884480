// Light or dark: as the system asks, until the person chooses; the choice is kept in this browser.
import {el, fill, drawing} from './dom.js';

const KEPT = 'rapport-page-theme';
const system = matchMedia('(prefers-color-scheme: dark)');

const chosen = () => {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
};
const dark = () => (chosen() ?? (system.matches ? 'dark' : 'light')) === 'dark';

export function make_theme() {
  const button = el('button', {type: 'button', class: 'quiet theme', on: {click: () => choose(dark() ? 'light' : 'dark')}});
  const draw = () => {
    document.documentElement.dataset.theme = dark() ? 'dark' : 'light';
    fill(button, drawing(dark() ? 'sun' : 'moon'), el('span', {}, dark() ? 'Light' : 'Dark'));
  };
  const choose = (name) => {
    try {
      localStorage.setItem(KEPT, name);
    } catch {
      // not kept, but shown
    }
    document.documentElement.dataset.theme = name;
    draw();
  };
  system.addEventListener('change', draw);
  draw();
  return button;
}
