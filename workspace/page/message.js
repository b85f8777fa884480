// One message as one person sees it: who, when, what, for whose eyes, and what can be done with it.
import {el, drawing} from './dom.js';
import {draw_blocks} from './blocks.js';
import {mrkdwn, emoji} from './mrkdwn.js';
import {exact, ms_of, time} from './dates.js';
import {with_menu} from './menu.js';
import {face} from './rail.js';
import * as world from './world.js';

// `hands` = {press(where, action), shortcut(callback, at)}; `follows`: the one above is by the same hand, so the
// name is not said again.
export function draw_message(place, message, hands, {follows = false, fresh = false} = {}) {
  const who = author(message);
  const told = {
    view: world.text_view(),
    people: () => world.cast().map(({id}) => world.person(id)),
    places: () => world.visible().map((c) => ({id: c.id, name: world.title_of(c)})),
    act: (action) => hands.press({channel: place.id, ts: message.ts}, action),
  };
  const own = message.ephemeral_to ? el('p', {class: 'only-you'}, drawing('eye'), 'Only visible to you') : null;
  const at = ms_of(message.ts);
  const stamp = el('time', {datetime: new Date(at).toISOString(), title: exact(at, world.zone())}, time(at, world.zone()));
  const node = el('article', {
    class: ['message', follows && 'follows', fresh && 'fresh', message.ephemeral_to && 'ephemeral', message.bot_id && 'by-app'].filter(Boolean).join(' '),
    data: {ts: message.ts}, 'aria-label': `${who.name}, ${time(at, world.zone())}`,
  },
  follows ? el('span', {class: 'gutter'}, stamp) : face(who.id, who.name),
  el('div', {class: 'body'},
    own,
    follows ? null : el('header', {}, el('strong', {class: 'author'}, who.name), who.app ? el('span', {class: 'tag'}, 'App') : null, stamp),
    content(message, told),
    notes(message),
    reactions(message)),
  tools(place, message, hands));
  return node;
}

function author(message) {
  if (message.user === world.bot().user || message.bot_id) return {id: world.bot().user, name: world.bot_name(), app: true};
  const who = world.person(message.user);
  return {id: message.user ?? '?', name: who?.name ?? 'Someone'};
}

function content(message, told) {
  if (message.subtype === 'tombstone') return el('p', {class: 'quiet-words'}, 'This message was deleted.');
  if (/_(join|leave|archive|topic|purpose|name)$/.test(message.subtype ?? ''))
    return el('div', {class: 'rich quiet-words'}, mrkdwn(message.text ?? '', told.view));
  if (message.blocks?.length) return draw_blocks(message.blocks, told).node;
  return el('div', {class: 'rich'}, mrkdwn(message.text ?? '', told.view));
}

function notes(message) {
  return [
    message.edited ? el('p', {class: 'quiet-words small'}, 'edited') : null,
    message.pinned ? el('p', {class: 'quiet-words small'}, drawing('pin'), 'pinned') : null,
    ...(message.files ?? []).map((file) => el('p', {class: 'quiet-words small'}, `File: ${file.name ?? file.title ?? 'unnamed'}`)),
    message.attachments?.length ? el('p', {class: 'unknown', role: 'note'}, 'This page does not show attachments.') : null,
  ];
}

function reactions(message) {
  if (!message.reactions?.length) return null;
  return el('ul', {class: 'reactions', 'aria-label': 'Reactions'}, message.reactions.map((each) => {
    const names = each.users.map((id) => world.person(id)?.name ?? id).join(', ');
    return el('li', {class: each.users.includes(world.as()) ? 'mine' : '', title: names},
      el('span', {'aria-hidden': 'true'}, emoji(each.name)), ` ${each.users.length}`, el('span', {class: 'unseen'}, ` ${each.name}: ${names}`));
  }));
}

// The app's message shortcuts, behind one button.
function tools(place, message, hands) {
  const offered = world.snap().shortcuts.filter((s) => s.type === 'message');
  if (!offered.length || message.ephemeral_to || message.subtype) return null;
  const button = el('button', {type: 'button', class: 'quiet square', 'aria-label': 'More for this message'}, drawing('more'));
  const items = () => offered.map((s) => ({says: s.name, detail: s.description, pick: () => hands.shortcut(s.callback_id, {channel: place.id, ts: message.ts})}));
  return el('div', {class: 'tools'}, with_menu(button, items, 'For this message'));
}
