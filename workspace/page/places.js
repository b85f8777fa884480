// Beside the faces: who one is, what this person owes, and the conversations this person can see.
import {el, fill, roving, drawing} from './dom.js';
import {owed, owed_by} from './words.js';
import * as world from './world.js';
import {face} from './rail.js';

const SHOWN = {im: 'message', mpim: 'pair', channel: 'hash', group: 'hash'};

export function make_places(chosen) {
  const head = el('div', {class: 'who'});
  const list = el('div', {class: 'places'});
  const settle = roving(list, 'button');

  const row = (id, name, drawn, waiting = 0) => el('li', {}, el('button', {
    type: 'button', data: {place: id}, class: waiting ? 'waiting' : '', 'aria-current': id === world.at() ? 'true' : null,
    on: {click: () => { world.go(id); chosen(); }},
  }, drawing(drawn), el('span', {class: 'name'}, name), waiting ? el('span', {class: 'badge'}, String(waiting), el('span', {class: 'unseen'}, ' unread')) : null));

  const group = (name, rows) => (rows.length ? el('section', {'aria-label': name}, el('h3', {}, name), el('ul', {}, rows)) : null);

  const draw = () => {
    const who = world.me();
    const focused = list.contains(document.activeElement) ? document.activeElement.dataset.place : null;
    if (!who) return;
    const lines = owed_by(who.id);
    fill(head, face(who.id, who.name, 'big'),
      el('div', {}, el('h2', {}, who.real_name || who.name), who.title ? el('p', {class: 'role'}, who.title) : null),
      lines ? el('p', {class: 'owes'}, lines.length ? ['Owes: ', owed(lines)] : 'Owes nothing now') : null);
    const seen = world.visible().filter((c) => !c.archived);
    const direct = seen.find((c) => c.kind === 'im');
    const rows = (kinds) => seen.filter((c) => kinds.includes(c.kind)).map((c) => row(c.id, world.title_of(c), SHOWN[c.kind], world.unread(c, who.id)));
    fill(list,
      group(world.bot_name(), [
        row('home', 'Home', 'home'),
        ...(direct ? [row(direct.id, 'Messages', 'message', world.unread(direct, who.id))] : []),
      ]),
      group('Conversations', rows(['mpim'])),
      group('Channels', rows(['channel', 'group'])));
    settle();
    if (focused) list.querySelector(`[data-place="${CSS.escape(focused)}"]`)?.focus();
  };
  return {node: el('nav', {class: 'side', 'aria-label': 'Conversations'}, head, list), draw};
}
