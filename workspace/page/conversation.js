// The middle of the page: a conversation with its messages by day, or the app's home page of the person one acts as.
import {el, fill, drawing} from './dom.js';
import {draw_blocks} from './blocks.js';
import {draw_message} from './message.js';
import {day_heading, day_key, ms_of} from './dates.js';
import {face} from './rail.js';
import * as world from './world.js';

const TOGETHER = 5 * 60 * 1000; // messages by the same hand this close stand under one name
const NEAR_END = 80; // pixels: someone this near the end is carried along by what comes

export function make_conversation(hands, {open_drawer, open_clock}) {
  const title = el('h1', {tabindex: -1});
  const about = el('p', {class: 'about'});
  const menu_button = el('button', {type: 'button', class: 'quiet only-small menu-button', 'aria-expanded': 'false', 'aria-controls': 'drawer', id: 'menu-button', on: {click: open_drawer}});
  const head = el('header', {class: 'main-head'},
    menu_button,
    el('div', {class: 'titles'}, title, about),
    el('button', {type: 'button', class: 'quiet only-medium clock-button', 'aria-expanded': 'false', 'aria-controls': 'clock', id: 'clock-button', on: {click: open_clock}}, drawing('clock'), el('span', {id: 'clock-button-time'})));
  const log = el('div', {class: 'log', role: 'log', 'aria-live': 'off', tabindex: 0, 'aria-label': 'Messages'});
  const home = el('div', {class: 'home', tabindex: 0, role: 'region', 'aria-label': 'Home'});
  let at_end = true; // what comes, and a form or a note that takes room, do not push the newest out of sight
  log.addEventListener('scroll', () => { at_end = near_end(); });
  new ResizeObserver(() => { if (at_end) log.scrollTop = log.scrollHeight; }).observe(log);
  const near_end = () => log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;
  const drawn = new Map(); // of this place and person: message -> {key, node}
  let shown = '';

  const draw = () => {
    const at_home = world.at() === 'home';
    const waiting = world.cast().some(({id}) => id !== world.as() && world.unread_of(id));
    fill(menu_button, drawing('menu'), face(world.as(), world.me()?.name ?? '?', 'middle'), waiting ? el('span', {class: 'dot'}) : null,
      el('span', {class: 'unseen'}, `You are ${world.me()?.name}. People and conversations${waiting ? ', some with unread messages' : ''}`));
    log.hidden = at_home;
    home.hidden = !at_home;
    at_home ? draw_home() : draw_log();
    const here = `${world.as()} ${world.at()}`;
    const moved = shown !== here;
    shown = here;
    return moved;
  };

  const draw_log = () => {
    const place = world.place();
    if (!place) return;
    title.textContent = world.title_of(place);
    const others = place.members.filter((id) => id !== world.as()).map((id) => (id === world.bot().user ? world.bot_name() : world.person(id)?.name ?? id));
    about.textContent = {im: 'Between you and the app', mpim: `You, ${others.join(', ')}`}[place.kind] ?? `${place.members.length} members`;
    log.setAttribute('aria-label', `Messages: ${title.textContent}`);

    const here = `${world.as()} ${place.id}`;
    const entering = shown !== here;
    if (entering) drawn.clear();
    if (entering) at_end = true;
    const rows = rows_of(place, entering);
    patch(log, rows);
    if (at_end) log.scrollTop = log.scrollHeight;
  };

  // The rows to be shown; a message whose looks have not changed keeps its element, and with it focus and state.
  const rows_of = (place, entering) => {
    const [now, zone, line] = [world.now(), world.zone(), world.new_line()];
    const seen = world.messages_of(place);
    const rows = [];
    let before = null;
    let new_said = false;
    for (const message of seen) {
      const at = ms_of(message.ts);
      if (!before || day_key(ms_of(before.ts), zone) !== day_key(at, zone))
        rows.push(kept(`day ${day_key(at, zone)}`, day_heading(at, now, zone), () => el('h2', {class: 'day'}, el('span', {}, day_heading(at, now, zone)))));
      if (!new_said && line && Number(message.ts) > line && message.user !== world.as()) {
        new_said = true;
        rows.push(kept('new', String(line), () => el('p', {class: 'new-line'}, el('span', {}, 'New'))));
      }
      const follows = before && before.user === message.user && !message.ephemeral_to === !before.ephemeral_to && at - ms_of(before.ts) < TOGETHER
        && day_key(ms_of(before.ts), zone) === day_key(at, zone);
      const looks = JSON.stringify([message, follows, world.zone(), message.text?.includes('!date') || JSON.stringify(message.blocks ?? '').includes('!date') ? day_key(now, zone) : 0]);
      rows.push(kept(message.ts, looks, () => draw_message(place, message, hands, {follows, fresh: !entering})));
      before = message;
    }
    if (!seen.length) rows.push(kept('empty', here_words(place), () => el('p', {class: 'empty'}, here_words(place))));
    return rows;
  };

  const here_words = (place) => (place.kind === 'im' ? 'Nothing yet. Type / to see what the app understands.' : 'Nothing has been said here yet.');

  const kept = (name, looks, make) => {
    const known = drawn.get(name);
    if (known?.looks === looks) return known.node;
    const node = make();
    drawn.set(name, {looks, node});
    return node;
  };

  const draw_home = () => {
    title.textContent = 'Home';
    about.textContent = `${world.bot_name()} for ${world.me()?.name ?? ''}`;
    const view = world.snap().homes[world.as()];
    const looks = JSON.stringify([view ?? null, world.as(), day_key(world.now(), world.zone())]);
    if (home.dataset.looks === looks) return;
    home.dataset.looks = looks;
    if (!view) {
      fill(home, el('p', {class: 'empty'}, world.snap().app_connected ? 'The app has not drawn this page yet.' : 'The app is not connected.'));
      return;
    }
    const told = {
      view: world.text_view(),
      people: () => world.cast().map(({id}) => world.person(id)),
      places: () => world.visible().map((c) => ({id: c.id, name: world.title_of(c)})),
      act: (action) => hands.press({view: view.id}, action),
    };
    fill(home, draw_blocks(view.blocks, told, {level: 2}).node);
  };

  const show = (ts) => {
    const found = log.querySelector(`[data-ts="${CSS.escape(ts)}"]`);
    if (!found) return;
    found.scrollIntoView({block: 'center'});
    found.classList.remove('pointed');
    void found.offsetWidth; // restarts the animation
    found.classList.add('pointed');
    found.tabIndex = -1;
    found.focus({preventScroll: true});
  };
  return {head, log, home, draw, show, title};
}

// Brings the children of `parent` to exactly `rows`, moving as little as possible.
function patch(parent, rows) {
  const wanted = new Set(rows);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  let at = parent.firstElementChild;
  for (const row of rows) {
    if (row === at) at = at.nextElementSibling;
    else parent.insertBefore(row, at);
  }
}
