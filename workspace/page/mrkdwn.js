// The platform's formatted text as elements: mentions, links and dates in angle brackets, bold, italic, strike,
// code, quotes and lists. What is not formatting stays the text it is; `plain` text is never formatted at all.
import {el} from './dom.js';
import {by_tokens, exact} from './dates.js';

const EMOJI = {
  wave: '👋', tada: '🎉', white_check_mark: '✅', heavy_check_mark: '✔️', seedling: '🌱', sparkles: '✨', star: '⭐',
  calendar: '📅', spiral_calendar_pad: '🗓️', bell: '🔔', thumbsup: '👍', '+1': '👍', thumbsdown: '👎', '-1': '👎', heart: '❤️', eyes: '👀',
  clap: '👏', pray: '🙏', rocket: '🚀', bulb: '💡', memo: '📝', pushpin: '📌', handshake: '🤝', hourglass: '⌛',
  hourglass_flowing_sand: '⏳', smile: '😄', slightly_smiling_face: '🙂', blush: '😊', coffee: '☕', door: '🚪',
  mag: '🔍', warning: '⚠️', x: '❌', question: '❓', raised_hands: '🙌', books: '📚', zzz: '💤', envelope: '✉️',
  telephone_receiver: '📞', fire: '🔥', mailbox: '📫', muscle: '💪', partying_face: '🥳', trophy: '🏆',
};

export const emoji = (name) => EMOJI[name] ?? `:${name}:`;

const unescaped = (text) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

// Plain text as the platform shows it: only emoji names are read, and only where the text object asks for it.
export function plain(object) {
  const text = typeof object === 'string' ? object : object?.text ?? '';
  const shown = object?.emoji === false ? text : text.replace(/:([a-z0-9_+-]+):/g, (all, name) => EMOJI[name] ?? all);
  return document.createTextNode(shown);
}

// A text object of either kind.
export function text_of(object, view) {
  if (!object) return [];
  return object.type === 'mrkdwn' ? mrkdwn(object.text ?? '', view) : [el('p', {class: 'plain'}, plain(object))];
}

// `view` = {now, zone, person(id) -> {id, name} or null, channel(id) -> name or null}. Gives block elements.
export function mrkdwn(text, view) {
  const out = [];
  for (const [at, part] of text.split(/```\n?/).entries()) {
    if (at % 2 === 1) out.push(el('pre', {tabindex: 0}, el('code', {}, unescaped(part.replace(/<([^>|]*\|)?([^>]*)>/g, '$2')).replace(/\n$/, ''))));
    else out.push(...paragraphs(part, view));
  }
  return out;
}

const LINE = [
  ['quote', /^(?:&gt;|>) ?(.*)$/],
  ['bullet', /^\s*[•◦▪-] +(.*)$/],
  ['number', /^\s*\d{1,3}[.)] +(.*)$/],
];

// Lines next to each other of one kind become one quote, one list or one paragraph.
function paragraphs(text, view) {
  const groups = [];
  let fresh = true;
  for (const line of text.split('\n')) {
    const [kind, said] = kind_of(line);
    if (kind === 'text' && said.trim() === '') {
      fresh = true;
      continue;
    }
    const last = groups[groups.length - 1];
    if (!fresh && last?.kind === kind) last.lines.push(said);
    else groups.push({kind, lines: [said], starts: Number.parseInt(line, 10)});
    fresh = false;
  }
  return groups.map((group) => drawn(group, view));
}

function kind_of(line) {
  for (const [kind, shape] of LINE) {
    const found = shape.exec(line);
    if (found) return [kind, found[1]];
  }
  return ['text', line];
}

function drawn({kind, lines, starts}, view) {
  const broken = lines.flatMap((line, at) => [...(at ? [el('br')] : []), ...inline(line, view)]);
  if (kind === 'quote') return el('blockquote', {}, ...broken);
  if (kind === 'bullet') return el('ul', {}, ...lines.map((line) => el('li', {}, ...inline(line, view))));
  if (kind === 'number') return el('ol', {start: starts}, ...lines.map((line) => el('li', {}, ...inline(line, view))));
  return el('p', {}, ...broken);
}

const MARKS = [['*', 'strong'], ['_', 'em'], ['~', 's']];
const word_char = (c) => c !== undefined && /[\p{L}\p{N}]/u.test(c);

// One line: code first (nothing inside it is formatting), then what is in angle brackets, then the three marks.
export function inline(line, view) {
  const out = [];
  let words = '';
  const flush = () => {
    if (words) out.push(document.createTextNode(named_emoji(unescaped(words))));
    words = '';
  };
  for (let at = 0; at < line.length;) {
    const found = code_at(line, at) ?? bracket_at(line, at, view) ?? mark_at(line, at, view);
    if (found) {
      flush();
      out.push(found.node);
      at = found.end;
    } else {
      words += line[at++];
    }
  }
  flush();
  return out;
}

const named_emoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (all, name) => EMOJI[name] ?? all);

function code_at(line, at) {
  if (line[at] !== '`') return null;
  const end = line.indexOf('`', at + 1);
  return end > at + 1 ? {node: el('code', {}, unescaped(line.slice(at + 1, end))), end: end + 1} : null;
}

function bracket_at(line, at, view) {
  if (line[at] !== '<') return null;
  const end = line.indexOf('>', at);
  if (end < 0) return null;
  const bar = line.indexOf('|', at);
  const target = line.slice(at + 1, bar > 0 && bar < end ? bar : end);
  const label = bar > 0 && bar < end ? unescaped(line.slice(bar + 1, end)) : null;
  const node = special(target, label, view);
  return node ? {node, end: end + 1} : null;
}

function special(target, label, view) {
  if (target.startsWith('@')) return mention(target.slice(1), label, view);
  if (target.startsWith('#')) return el('span', {class: 'mention'}, view.channel(target.slice(1)) ?? `#${label ?? 'channel'}`);
  if (target.startsWith('!date^')) return date(target, label, view);
  if (target.startsWith('!')) return el('span', {class: 'mention'}, label ?? `@${target.slice(1).split('^')[0]}`);
  return link(unescaped(target), label);
}

export function mention(id, label, view) {
  const who = view.person(id);
  return el('span', {class: id === view.as ? 'mention me' : 'mention'}, `@${who?.name ?? label ?? 'someone'}`);
}

export function link(address, label) {
  const safe = /^(https?:\/\/|mailto:)/i.test(address);
  if (!safe) return document.createTextNode(label ?? address);
  return el('a', {href: address, target: '_blank', rel: 'noopener noreferrer'}, label ?? address.replace(/^mailto:/i, ''));
}

function date(target, label, view) {
  const [, seconds, tokens, url] = target.split('^');
  const said = /^\d{1,12}$/.test(seconds ?? '') && tokens ? by_tokens(unescaped(tokens), Number(seconds), view.now, view.zone) : null;
  if (said === null) return document.createTextNode(label ?? '');
  const node = el('time', {datetime: new Date(seconds * 1000).toISOString(), title: exact(seconds * 1000, view.zone)}, said);
  return url && /^https?:\/\//i.test(url) ? el('a', {href: url, target: '_blank', rel: 'noopener noreferrer'}, node) : node;
}

// *bold* opens where no word ends and closes where none begins, as on the platform: 2*3*4 is a product.
function mark_at(line, at, view) {
  const mark = MARKS.find(([sign]) => sign === line[at]);
  if (!mark || word_char(line[at - 1]) || /\s/.test(line[at + 1] ?? ' ')) return null;
  for (let end = line.indexOf(mark[0], at + 1); end > 0; end = line.indexOf(mark[0], end + 1)) {
    if (end === at + 1) return null;
    const inside = line.slice(at + 1, end);
    if (/\s$/.test(inside) || word_char(line[end + 1]) || unbalanced(inside)) continue;
    return {node: el(mark[1], {}, ...inline(inside, view)), end: end + 1};
  }
  return null;
}

// A mark may not close inside a bracket or inside code.
function unbalanced(text) {
  return (text.match(/</g)?.length ?? 0) !== (text.match(/>/g)?.length ?? 0) || (text.match(/`/g)?.length ?? 0) % 2 === 1;
}
