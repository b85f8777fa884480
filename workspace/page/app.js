// The page of the local workspace, put together: it reads everything there is, draws it for the person one acts as,
// and reads again whenever the workspace says that something changed.
import {el, add} from './dom.js';
import * as api from './api.js';
import * as world from './world.js';
import {announce, start_announcing, tell} from './announce.js';
import {make_clock} from './clock.js';
import {make_composer} from './composer.js';
import {make_conversation} from './conversation.js';
import {make_guide} from './guide.js';
import {make_modal} from './modal.js';
import {make_places} from './places.js';
import {make_rail} from './rail.js';
import {make_theme} from './theme.js';
import {plain_words} from './words.js';

const SOONEST = 120; // milliseconds between two readings while changes pour in

// --- acting: each answer is heard through the stream; a refusal is said

const said_so = (doing) => async (...args) => {
  try {
    return await doing(...args);
  } catch (fault) {
    tell(`That did not work: ${fault.message}`, {wrong: true});
    return null;
  } finally {
    refresh();
  }
};

const hands = {
  say: (channel, text) => api.say(world.as(), channel, text).finally(refresh),
  command: (channel, text) => api.command(world.as(), channel, text).finally(refresh),
  press: said_so((where, action) => api.press(world.as(), where, action)),
  submit: async (values) => {
    const said = await api.submit(world.as(), values).finally(refresh);
    if (!said.errors) guide.form_sent();
    return said;
  },
  close: said_so((all) => api.close_form(world.as(), all)),
  shortcut: said_so((callback, at) => api.shortcut(world.as(), callback, at)),
  move: async (ms) => {
    await api.move_clock(ms);
    await refresh();
  },
};

// --- the parts

const root = document.getElementById('page');
const small = matchMedia('(max-width: 767px)');
const medium = matchMedia('(max-width: 1099px)');

const rail = make_rail(() => undefined);
const places = make_places(() => small.matches && shut('drawer', true));
const conversation = make_conversation(hands, {open_drawer: () => toggle('drawer'), open_clock: () => toggle('clock')});
const composer = make_composer(hands);
const modal = make_modal(hands);
const clock = make_clock(hands, (who, where, ts) => {
  world.become(who, where);
  if (medium.matches) shut('clock');
  requestAnimationFrame(() => conversation.show(ts));
}, () => shut('clock', true));
const guide = make_guide({
  prepare: (line) => composer.prepare(line),
  go: (who, where) => { world.become(who, where); focus_main(); },
  move: (ms, name) => clock.move(ms, name),
  put_away: () => { settle_again(); (small.matches ? document.getElementById('menu-button') : again).focus(); },
});
const again = el('button', {type: 'button', class: 'quiet', id: 'guide-again', on: {click: () => { guide.again(); if (small.matches) shut('drawer'); }}}, 'First minute');
const banner = el('p', {class: 'banner', role: 'status', hidden: true});
const drawer = el('div', {class: 'drawer', id: 'drawer'}, rail.node, el('div', {class: 'side-holder'}, places.node,
  el('footer', {class: 'side-foot'}, again, make_theme())));
const veil = el('div', {class: 'veil', on: {click: () => { shut('drawer'); shut('clock'); }}});
const main = el('main', {id: 'main', class: 'main', tabindex: -1}, conversation.head, banner, guide.node, conversation.log, conversation.home, composer.node);

// --- the drawer of a phone and the clock's sheet

function toggle(name) {
  root.classList.contains(`${name}-open`) ? shut(name, true) : open(name);
}

function open(name) {
  shut(name === 'drawer' ? 'clock' : 'drawer');
  root.classList.add(`${name}-open`);
  button_of(name).setAttribute('aria-expanded', 'true');
  settle_inert();
  (name === 'clock' ? clock.node : rail.node.querySelector('[aria-current=true]') ?? rail.node.querySelector('button'))?.focus();
}

function shut(name, focus = false) {
  if (!root.classList.contains(`${name}-open`)) return;
  root.classList.remove(`${name}-open`);
  button_of(name).setAttribute('aria-expanded', 'false');
  settle_inert();
  if (focus) button_of(name).focus();
}

const button_of = (name) => document.getElementById(name === 'clock' ? 'clock-button' : 'menu-button');

// What is behind a sheet, or is a sheet put away, is out of reach of keys and screen readers.
function settle_inert() {
  const drawer_open = root.classList.contains('drawer-open');
  const clock_open = root.classList.contains('clock-open');
  drawer.inert = small.matches && !drawer_open;
  clock.node.inert = medium.matches && !clock_open;
  main.inert = (small.matches && drawer_open) || (medium.matches && clock_open);
}

const focus_main = () => (world.at() === 'home' ? conversation.title : document.getElementById('composer')).focus();

// --- drawing

function draw() {
  if (!world.snap()) return;
  if (!main.isConnected) add_page(); // parts find each other by id
  rail.draw();
  places.draw();
  const moved = conversation.draw();
  composer.draw();
  guide.draw();
  settle_again();
  clock.draw();
  modal.draw();
  say_state();
  if (moved && world.at() === 'home') api.open_home(world.as()).catch(() => undefined);
  const waiting = world.unread_of(world.as());
  document.title = `${waiting ? `(${waiting}) ` : ''}${world.at() === 'home' ? 'Home' : world.place() ? world.title_of(world.place()) : ''} · ${world.me()?.first ?? ''} · ${world.snap().team.name}`;
}

function settle_again() {
  again.hidden = !guide.away() || !world.snap().demo?.guide?.length;
}

let standing = true;
function say_state() {
  const words = !standing ? 'The workspace is not answering. This page waits and goes on by itself.'
    : !world.snap().app_connected ? 'The app is not connected: people can write, but nobody answers commands.' : '';
  if (banner.textContent !== words) banner.textContent = words;
  banner.hidden = !words;
}

// --- reading

let reading = null;
let again_soon = false;
function refresh() {
  if (reading) {
    again_soon = true;
    return reading;
  }
  reading = (async () => {
    do {
      again_soon = false;
      try {
        took(world.take(await api.snapshot()));
      } catch (fault) {
        if (!world.snap()) say_first(`The workspace is not answering (${fault.message}). This page tries again by itself.`);
      }
      if (again_soon) await new Promise((done) => setTimeout(done, SOONEST));
    } while (again_soon);
    reading = null;
  })();
  return reading;
}

function took({restarted, came}) {
  if (restarted) tell('The workspace was started again. What you see now is the new one; what was there before is gone.');
  for (const {place, message} of came.slice(-3)) {
    if (!place.members.includes(world.as()) || !world.seen_by(message, world.as()) || message.user === world.as()) continue;
    const who = message.bot_id ? world.bot_name() : world.person(message.user)?.name ?? 'Someone';
    const where = place.id === world.at() ? '' : ` in ${world.title_of(place)}`;
    announce(`${who}${where}: ${plain_words(message.text, 400)}${message.ephemeral_to ? ' Only visible to you.' : ''}`);
  }
}

function add_page() {
  root.replaceChildren();
  add(root, [drawer, main, clock.node, veil]);
  root.removeAttribute('aria-busy');
  settle_inert();
}

function say_first(words) {
  root.replaceChildren(el('p', {class: 'first-words', role: 'status'}, words));
}

start_announcing();
world.watch(draw);
for (const media of [small, medium]) media.addEventListener('change', settle_inert);
document.addEventListener('visibilitychange', () => !document.hidden && world.snap() && world.seen_now());
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || event.defaultPrevented) return;
  shut('drawer', true);
  shut('clock', true);
});
api.listen({
  changed: refresh,
  standing: (yes, was_lost) => {
    standing = yes;
    if (yes) refresh().then(() => { if (was_lost) announce('The workspace answers again.'); });
    else if (world.snap()) say_state();
    else say_first('The workspace is not answering. This page tries again by itself.');
  },
});
refresh();
