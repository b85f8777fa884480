// What the page knows: the last snapshot, who one acts as, where one looks, and what each person has read. Changes
// are told to whoever watches; nothing here draws.
const READ = 'rapport-page-read';
const PLACE = 'rapport-page-place';

const world = {snap: null, as: null, at: null, read: {}, drafts: new Map()};
const watchers = new Set();

export const watch = (heard) => watchers.add(heard);
const changed = (what) => watchers.forEach((heard) => heard(what));

export const snap = () => world.snap;
export const as = () => world.as;
export const at = () => world.at;
export const now = () => world.snap.clock.now;
export const drafts = world.drafts;

export const me = () => person(world.as);
export const person = (id) => by_id.get(id) ?? null;
export const zone = () => me()?.tz || 'UTC';
export const bot = () => world.snap.bot;

let by_id = new Map();
let places = new Map();

// People one can act as: neither bots nor those who have left.
export const cast = () => world.snap.people.filter((who) => who.playable);

// Takes a snapshot. Gives {restarted, came}: whether the workspace is another run than before, and the
// messages that are new, as {place, message}.
export function take(snapshot) {
  const before = world.snap;
  const restarted = before !== null && before.run !== snapshot.run;
  const known = new Set(before && !restarted ? before.conversations.flatMap((c) => c.messages.map((m) => `${c.id} ${m.ts}`)) : []);
  world.snap = snapshot;
  by_id = new Map(snapshot.people.map((who) => [who.id, named(who)]));
  places = new Map(snapshot.conversations.map((place) => [place.id, place]));
  if (!before || restarted) remember(snapshot);
  if (!cast().some((who) => who.id === world.as)) world.as = cast()[0]?.id ?? null;
  if (!can_stand(world.at)) world.at = first_place();
  const came = before && !restarted
    ? snapshot.conversations.flatMap((place) => place.messages.filter((m) => !known.has(`${place.id} ${m.ts}`)).map((message) => ({place, message})))
    : [];
  mark_read();
  changed('snapshot');
  return {restarted, came};
}

function named(who) {
  const full = who.display_name || who.real_name || who.name;
  return {...who, name: full, handle: who.name, first: full.split(/\s+/)[0]};
}

// --- where one looks: "home" is the app's home page, anything else a conversation

export const place = (id = world.at) => places.get(id) ?? null;

export function visible(id = world.as) {
  return world.snap.conversations.filter((c) => c.members.includes(id));
}

export const direct_of = (id) => visible(id).find((c) => c.kind === 'im') ?? null;

const can_stand = (id) => id === 'home' || Boolean(id && places.get(id)?.members.includes(world.as));
const first_place = () => (visible().find((c) => c.kind === 'mpim') ?? direct_of(world.as) ?? visible()[0])?.id ?? 'home';

export function become(id, where) {
  if (!person(id)) return;
  world.as = id;
  world.at = can_stand(where) ? where : can_stand(world.at) ? world.at : first_place();
  moved();
}

export function go(where) {
  if (!can_stand(where)) return;
  world.at = where;
  moved();
}

function moved() {
  mark_read();
  keep();
  changed('place');
}

// --- messages as one person sees them

export const seen_by = (message, id) => !message.ephemeral_to || message.ephemeral_to === id;
export const messages_of = (where, id = world.as) => where.messages.filter((m) => seen_by(m, id));

export function title_of(where, id = world.as) {
  if (where.kind === 'im') return bot_name();
  if (where.kind === 'mpim') {
    const others = where.members.filter((m) => m !== id && m !== bot().user).map((m) => person(m)?.name ?? m);
    return others.join(', ') || bot_name();
  }
  return where.name;
}

export const bot_name = () => bot().name.replace(/^./, (c) => c.toUpperCase());

// --- what has been read, kept in this browser for this run of the workspace

const key = (id, where) => `${id} ${where}`;

export function unread(where, id) {
  const since = world.read[key(id, where.id)] ?? 0;
  return messages_of(where, id).filter((m) => m.user !== id && Number(m.ts) > since).length;
}

export const unread_of = (id) => visible(id).reduce((sum, where) => sum + unread(where, id), 0);
export const read_until = (where, id = world.as) => world.read[key(id, where.id)] ?? 0;

// The line between what had been read when this place was opened and what is new.
let line = {key: '', ts: 0};
export const new_line = () => line.ts;

function mark_read() {
  const where = place();
  if (!where || document.hidden) return;
  const k = key(world.as, where.id);
  if (line.key !== k) line = {key: k, ts: world.read[k] ?? 0};
  const last = where.messages.at(-1);
  if (last && Number(last.ts) > (world.read[k] ?? 0)) {
    world.read[k] = Number(last.ts);
    keep();
  }
}

export const seen_now = () => {
  mark_read();
  changed('read');
};

function keep() {
  try {
    sessionStorage.setItem(PLACE, JSON.stringify({as: world.as, at: world.at}));
    localStorage.setItem(READ, JSON.stringify({run: world.snap.run, read: world.read}));
  } catch {
    // storage is full or forbidden: the page works, it only forgets
  }
  const hash = `#as=${world.as}&at=${world.at}`;
  if (location.hash !== hash) history.replaceState(null, '', hash);
}

function remember(snapshot) {
  world.read = {};
  try {
    const kept = JSON.parse(localStorage.getItem(READ) ?? 'null');
    if (kept?.run === snapshot.run) world.read = kept.read;
    const from = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
    const standing = from.as ? from : JSON.parse(sessionStorage.getItem(PLACE) ?? '{}');
    world.as ??= standing.as;
    world.at ??= standing.at;
  } catch {
    // what was kept cannot be read: begin anew
  }
  // What was there before this browser first saw this run counts as read: a fresh page is not a wall of badges.
  if (Object.keys(world.read).length === 0)
    for (const where of snapshot.conversations)
      for (const id of where.members) world.read[key(id, where.id)] = Number(where.messages.at(-1)?.ts ?? 0);
}

// A conversation as it is named in a text: a channel by its sign, people by their names.
const place_words = (where) => (!where ? null : where.kind === 'channel' || where.kind === 'group' ? `#${where.name}` : title_of(where));

// What formatted text needs to know of the world.
export const text_view = () => ({
  now: now(), zone: zone(), as: world.as, person, channel: (id) => place_words(places.get(id)),
});
