// The first minute: six steps, each done by the person and noticed by the page. A step offers to go to the right
// place and to write its line; it never sends. Dismissed, it stays away until it is asked for again.
import {el, fill, drawing} from './dom.js';
import {plain} from './mrkdwn.js';
import {announce} from './announce.js';
import * as world from './world.js';

const KEPT = 'rapport-page-guide';

// The steps come with the demo: [{title, says, as, at, line?, move?, done: {...}}]. What `done` may ask:
//   said:    an app message with this in it that was not there at the start of the step, where the step happens
//   spoke:   the person wrote something there
//   passed:  the clock has gone on by this many milliseconds
//   struck:  an app message there looks otherwise than when it was first seen
//   sent:    a form went through
// A place "direct" is the person's conversation with the app.
export function make_guide({prepare, go, move, put_away}) {
  const node = el('section', {class: 'guide', 'aria-label': 'First minute'});
  let state = {run: '', step: 0, away: false, from: null};
  let looks = '';
  let sent = false; // a form, since the step began
  let looked = new Map(); // how each message of the app looked when it was first seen in this step

  const steps = () => (world.snap()?.demo?.guide ?? []).map((step) => (step.at === 'direct' ? {...step, at: world.direct_of(step.as)?.id} : step));
  const keep = () => {
    try {
      localStorage.setItem(KEPT, JSON.stringify(state));
    } catch {
      // storage is forbidden: the guide begins anew after a reload
    }
  };

  const begin = () => {
    sent = false;
    looked = new Map();
    state.from = {now: world.now(), marks: marks()};
    keep();
  };

  // Everything the app and people have written, by place: what a step is measured against.
  const marks = () => Object.fromEntries(world.snap().conversations.map((c) => [c.id, Number(c.messages.at(-1)?.ts ?? 0)]));

  const is_done = ({done = {}, as, at}) => {
    const places = world.snap().conversations.filter((c) => (at ? c.id === at : c.members.includes(as)));
    const since = (c) => state.from.marks[c.id] ?? 0;
    if (done.said) return places.some((c) => c.messages.some((m) => m.bot_id && Number(m.edited?.ts ?? m.ts) > since(c) && `${m.text} ${JSON.stringify(m.blocks ?? '')}`.includes(done.said)));
    if (done.spoke) return places.some((c) => c.messages.some((m) => m.user === as && Number(m.ts) > since(c)));
    if (done.sent) return sent;
    if (done.passed) return world.now() - state.from.now >= done.passed;
    if (done.struck) return places.flatMap((c) => c.messages.filter((m) => m.bot_id && !m.ephemeral_to)).map(has_changed).some(Boolean);
    return false;
  };

  // An update keeps a message's place and changes its words or its buttons.
  const has_changed = (message) => {
    const looks = JSON.stringify([message.text, message.blocks]);
    if (!looked.has(message.ts)) looked.set(message.ts, looks);
    return looked.get(message.ts) !== looks;
  };

  const draw = () => {
    const all = steps();
    if (!all.length) return void (node.hidden = true);
    if (state.run !== world.snap().run) restore();
    if (!state.away && state.step < all.length && is_done(all[state.step])) {
      state.step += 1;
      begin();
      announce(state.step < all.length ? `Done. Next: ${all[state.step].title}` : 'That was the first minute.');
    }
    node.hidden = state.away;
    const fresh = JSON.stringify([state.step, state.away, world.as(), world.at(), all]);
    if (state.away || fresh === looks) return;
    const had_focus = node.contains(document.activeElement);
    looks = fresh;
    state.step < all.length ? draw_step(all) : draw_end();
    if (had_focus) node.querySelector('button')?.focus();
  };

  const draw_step = (all) => {
    const step = all[state.step];
    const there = (!step.as || step.as === world.as()) && (!step.at || step.at === world.at());
    const who = world.person(step.as);
    fill(node,
      el('div', {class: 'guide-words'},
        el('p', {class: 'guide-count'}, `First minute · ${state.step + 1} of ${all.length}`, dots(all)),
        el('h2', {}, plain(step.title)), el('p', {}, plain(step.says))),
      el('div', {class: 'guide-acts'},
        !there && who ? el('button', {type: 'button', class: 'button primary', on: {click: () => go(step.as, step.at)}}, step.as === world.as() ? 'Show me where' : `Be ${who.first}`) : null,
        there && step.line ? el('button', {type: 'button', class: 'button primary', on: {click: () => prepare(step.line)}}, 'Write it for me') : null,
        there && step.move ? el('button', {type: 'button', class: 'button primary', on: {click: () => move(step.move, step.title)}}, step.move_says ?? 'Move on') : null,
        el('button', {type: 'button', class: 'quiet', on: {click: skip}}, 'Skip'),
        el('button', {type: 'button', class: 'quiet square', 'aria-label': 'Dismiss the first minute', on: {click: dismiss}}, drawing('close'))));
  };

  const dots = (all) => el('span', {class: 'dots', 'aria-hidden': 'true'}, all.map((_, at) => el('i', {class: at < state.step ? 'done' : at === state.step ? 'here' : ''})));

  const draw_end = () => fill(node,
    el('div', {class: 'guide-words'}, el('h2', {}, 'That was the first minute'),
      el('p', {}, 'Every promise was kept or asked after, and no word of the conversation was stored. Be anyone, move the clock, see what comes.')),
    el('div', {class: 'guide-acts'}, el('button', {type: 'button', class: 'button primary', on: {click: dismiss}}, 'Done')));

  const skip = () => {
    state.step += 1;
    begin();
    draw();
  };

  const dismiss = () => {
    state.away = true;
    keep();
    draw();
    put_away();
    announce('The first minute is put away. The button "First minute" brings it back.');
  };

  const again = () => {
    state = {run: world.snap().run, step: 0, away: false, from: null};
    looks = '';
    begin();
    draw();
    node.querySelector('button')?.focus();
  };

  const restore = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(KEPT) ?? 'null');
      if (kept?.run === world.snap().run && kept.from) return void (state = kept);
    } catch {
      // unreadable: begin anew
    }
    state = {run: world.snap().run, step: 0, away: state.away, from: null};
    begin();
  };
  const form_sent = () => {
    sent = true;
    draw();
  };
  return {node, draw, again, form_sent, away: () => state.away || !steps().length};
}
