// The clock on the right: what time the workspace thinks it is, moving it on, who owes what, and what came by itself
// and why. Whatever falls due on the way is visited in order by whoever owns the clock.
import {el, fill, drawing} from './dom.js';
import {announce, tell} from './announce.js';
import {day_and_month, day_heading, day_key, ms_of, time, weekday, zone_label} from './dates.js';
import {owed, owed_by, plain_words} from './words.js';
import {face} from './rail.js';
import * as world from './world.js';

const HOUR = 3600000;
const STEPS = [['1 hour', HOUR], ['1 day', 24 * HOUR], ['1 week', 7 * 24 * HOUR], ['1 month', 0]];
const HOLD = 2 * 60 * 1000;
const SHOWN = 120; // entries of the timeline

// `hands.move(ms)` resolves when everything due on the way has happened; `show(person, place, ts)` goes there.
export function make_clock(hands, show, close) {
  const reading = el('div', {class: 'reading'});
  const busy = el('p', {class: 'moving', role: 'status'});
  const owes = el('section', {class: 'owed', 'aria-label': 'Who owes what'});
  const came = el('section', {class: 'came', 'aria-label': 'What came by itself'});
  const steps = el('div', {class: 'steps', role: 'group', 'aria-label': 'Move the clock on'},
    STEPS.map(([name, ms]) => el('button', {type: 'button', class: 'button step', data: {step: name}, on: {click: () => move(ms || month(), name)}},
      el('span', {'aria-hidden': 'true'}, '+ '), el('span', {class: 'unseen'}, 'Move on '), name)));
  const node = el('aside', {class: 'clock', id: 'clock', 'aria-label': 'Clock', tabindex: -1},
    el('div', {class: 'clock-head'}, reading,
      el('button', {type: 'button', class: 'quiet square only-medium', 'aria-label': 'Close the clock', on: {click: close}}, drawing('close'))),
    steps, busy, el('div', {class: 'clock-body', tabindex: 0, role: 'region', 'aria-label': 'Owed and come'}, owes, came));
  let moving = false;

  // To the same day and hour of the next month, or its last day; counted in UTC, so that no zone's change of hour loses a day.
  const month = () => {
    const from = new Date(world.now());
    const to = new Date(from);
    to.setUTCDate(1);
    to.setUTCMonth(from.getUTCMonth() + 2, 0);
    to.setUTCDate(Math.min(from.getUTCDate(), to.getUTCDate()));
    return to - from;
  };

  const move = async (ms, name) => {
    if (moving) return;
    moving = true;
    const before = Math.max(0, ...entries().map((entry) => entry.at));
    draw();
    try {
      await hands.move(ms);
      const fresh = entries().filter((entry) => entry.at > before).length;
      announce(`It is ${weekday(world.now(), world.zone())}, ${day_and_month(world.now(), world.zone())}. ${fresh === 0 ? 'Nothing came.' : fresh === 1 ? 'One message came.' : `${fresh} messages came.`}`);
    } catch (fault) {
      tell(`The clock did not move on ${name}: ${fault.message}`, {wrong: true});
    } finally {
      moving = false;
      draw();
    }
  };

  // What the app wrote that nobody asked for at that moment: its messages that all members of a place see.
  const entries = () => {
    return world.snap().conversations.flatMap((place) => place.messages
      .filter((m) => m.bot_id && !m.ephemeral_to)
      .map((m) => ({at: ms_of(m.ts), place, message: m})))
      .sort((a, b) => b.at - a.at || Number(b.message.ts) - Number(a.message.ts));
  };

  // Why it came: somebody did something within the two minutes before (the app holds what it tells others for one), or
  // nobody did, and it fell due.
  const acts = () => [...world.snap().acts, ...world.snap().conversations.flatMap((place) => place.messages
    .filter((m) => !m.bot_id).map((m) => ({at: ms_of(m.ts), who: m.user})))].sort((a, b) => a.at - b.at);

  const why = (entry, done) => {
    const before = done.filter((act) => act.at <= entry.at && entry.at - act.at <= HOLD).at(-1);
    const cause = before ? `because of what ${world.person(before.who)?.first ?? 'somebody'} did` : 'because it fell due';
    return entry.message.edited ? `${cause}; brought up to date ${day_heading(ms_of(entry.message.edited.ts), world.now(), world.zone()).toLowerCase()} ${time(ms_of(entry.message.edited.ts), world.zone())}` : cause;
  };

  const receiver = ({place}) => {
    const people = place.members.filter((id) => id !== world.bot().user);
    return {who: people.includes(world.as()) ? world.as() : people[0], names: people.map((id) => world.person(id)?.first ?? id)};
  };

  const draw = () => {
    const [now, zone] = [world.now(), world.zone()];
    fill(reading,
      el('p', {class: 'weekday'}, weekday(now, zone)),
      el('p', {class: 'date'}, day_and_month(now, zone)),
      el('p', {class: 'time'}, time(now, zone), el('span', {class: 'zone'}, ` ${zone_label(now, zone)}`)));
    const button_time = document.getElementById('clock-button-time');
    if (button_time) button_time.textContent = `${weekday(now, zone).slice(0, 3)} ${time(now, zone)}`;
    for (const button of steps.children) button.setAttribute('aria-disabled', String(moving));
    busy.textContent = moving ? 'Moving on: everything that falls due on the way happens in order…' : '';
    node.classList.toggle('busy', moving);
    draw_owed();
    draw_came();
  };

  const draw_owed = () => {
    const people = world.cast().map(({id}) => ({id, lines: owed_by(id)})).filter((each) => each.lines !== null);
    owes.hidden = !people.length;
    const owing = people.filter((each) => each.lines.length);
    fill(owes, el('h2', {}, 'Owed now'), owing.length === 0 ? el('p', {class: 'quiet-words'}, 'Nobody owes anything.')
      : el('ul', {}, owing.map(({id, lines}) => el('li', {}, face(id, world.person(id).name, 'small'),
        el('span', {}, el('strong', {}, world.person(id).first), ' ', owed(lines))))));
  };

  let looks = '';
  const draw_came = () => {
    const all = entries().slice(0, SHOWN);
    const fresh = JSON.stringify([world.zone(), day_key(world.now(), world.zone()), all.map((e) => [e.message.ts, e.message.text, e.message.edited?.ts, e.place.id])]);
    if (fresh === looks) return;
    looks = fresh;
    let day = '';
    const done = acts();
    const rows = all.flatMap((entry) => {
      const this_day = day_key(entry.at, world.zone());
      const heading = this_day !== day ? [el('li', {class: 'came-day'}, day_heading(entry.at, world.now(), world.zone()))] : [];
      day = this_day;
      return [...heading, draw_entry(entry, done)];
    });
    fill(came, el('h2', {}, 'What came'), rows.length ? el('ol', {}, rows) : el('p', {class: 'quiet-words'}, 'Nothing yet. Move the clock on.'));
  };

  const draw_entry = (entry, done) => {
    const {who, names} = receiver(entry);
    return el('li', {}, el('button', {type: 'button', class: 'entry', on: {click: () => show(who, entry.place.id, entry.message.ts)}},
      el('span', {class: 'when'}, time(entry.at, world.zone())),
      el('span', {class: 'what'}, el('strong', {}, `To ${names.join(' and ')}`), ' ', plain_words(entry.message.text)),
      el('span', {class: 'why'}, why(entry, done))));
  };
  return {node, draw, move};
}
