// The people one can act as: a column of faces (a row in the phone's drawer), with what each has not read.
import {el, fill, roving, drawing} from './dom.js';
import * as world from './world.js';

const COLOURS = 10;

export function face(id, name, extra = '') {
  if (id === world.bot().user) return el('span', {class: `face app ${extra}`, 'aria-hidden': 'true'}, drawing('pair'));
  const at = world.cast().findIndex((who) => who.id === id);
  const letters = name.split(/\s+/).filter(Boolean).map((word) => [...word][0]).filter((c) => /\p{L}/u.test(c)).slice(0, 2).join('') || '·';
  return el('span', {class: `face tint-${Math.max(at, 0) % COLOURS} ${extra}`, 'aria-hidden': 'true'}, letters.toUpperCase());
}

export function make_rail(chosen) {
  const list = el('ul', {class: 'cast'});
  const settle = roving(list, 'button');

  const draw = () => {
    const focused = list.contains(document.activeElement) ? document.activeElement.dataset.person : null;
    fill(list, world.cast().map(({id}) => {
      const who = world.person(id);
      const waiting = world.unread_of(id);
      const current = id === world.as();
      return el('li', {}, el('button', {
        type: 'button', data: {person: id}, 'aria-current': current ? 'true' : null, title: who.title ? `${who.name}: ${who.title}` : who.name,
        on: {click: () => { world.become(id); chosen(); }},
      },
      face(id, who.name),
      el('span', {class: 'first'}, who.first),
      el('span', {class: 'unseen'}, who.name === who.first ? '' : ` (${who.name})`, current ? ', you act as this person' : ''),
      waiting ? el('span', {class: 'badge'}, waiting > 99 ? '99+' : String(waiting), el('span', {class: 'unseen'}, ' unread')) : null));
    }));
    settle();
    if (focused) list.querySelector(`[data-person="${CSS.escape(focused)}"]`)?.focus();
  };
  return {node: el('nav', {class: 'rail', 'aria-label': 'Act as'}, el('p', {class: 'rail-word', 'aria-hidden': 'true'}, 'Act as'), list), draw};
}
