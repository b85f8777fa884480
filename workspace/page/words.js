// Short lines made of longer things: a message as plain words, and what a person owes, read off the person's own Home.
import {el} from './dom.js';
import * as world from './world.js';

// The beginning of a formatted text as plain words: signs and brackets taken away.
export function plain_words(text, most = 110) {
  const words = (text ?? '').replace(/<@([^>|]+)(\|[^>]*)?>/g, (_, id) => world.person(id)?.first ?? 'someone')
    .replace(/<!date\^[^|>]*\|([^>]*)>/g, '$1').replace(/<[^>|]*\|([^>]*)>/g, '$1').replace(/<([^>]*)>/g, '$1')
    .replace(/(^|\s)[*_~`](\S)/g, '$1$2').replace(/(\S)[*_~`](?=\s|$|[.,;:!?])/g, '$1')
    .replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&').replace(/\s+/g, ' ').trim();
  const points = [...words];
  return points.length > most ? `${points.slice(0, most).join('').trimEnd()}…` : words;
}

const OWED = /\b(i|you) owe\b|on your side/i; // how the app heads that part of the Home
const NOTHING = /^(nothing|you owe nothing)/i;

// A heading: a header block, or a section that is one line of bold.
function heading(block) {
  if (block.type === 'header') return block.text?.text ?? '';
  return /^\*([^*\n]+)\*$/.exec(block.type === 'section' && !block.accessory ? block.text?.text ?? '' : '')?.[1] ?? null;
}

// What a person owes, as the app says it on the person's Home; null: the app has not drawn one, so nobody knows.
export function owed_by(id) {
  const blocks = world.snap().homes[id]?.blocks;
  if (!blocks) return null;
  const start = blocks.findIndex((block) => OWED.test(heading(block) ?? ''));
  const lines = [];
  for (const block of start < 0 ? [] : blocks.slice(start + 1)) {
    if (heading(block) !== null || block.type === 'divider') break;
    const says = block.type === 'section' ? first_sentence(plain_words(block.text?.text, 400)) : '';
    if (says && !NOTHING.test(says)) lines.push(says);
  }
  return lines;
}

const first_sentence = (words) => /^(.{12,}?[.!?])(\s|$)/.exec(words)?.[1] ?? words;

// One line of it: the first, which is the most pressing, and how many stand behind.
export const owed = (lines) => [el('strong', {}, lines[0]), lines.length > 1 ? ` and ${lines.length - 1} more` : ''];
