// Short lines made of longer things: a message as plain words, and what a person owes, read off the person's own Home.
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

const OWED = /\bowe\b/i; // the heading of that part of the Home
const NOTHING = /^(nothing|you owe nothing)/i;

// What a person owes, as the app says it on the person's Home; null: the app has not drawn one, so nobody knows.
export function owed_by(id) {
  const blocks = world.snap().homes[id]?.blocks;
  const start = blocks?.findIndex((block) => block.type === 'header' && OWED.test(block.text?.text ?? '')) ?? -1;
  if (start < 0) return null;
  const lines = [];
  for (const block of blocks.slice(start + 1)) {
    if (block.type === 'header' || block.type === 'divider') break;
    if (block.type !== 'section') continue;
    const says = plain_words(block.text?.text, 140);
    if (says && !NOTHING.test(says)) lines.push(says);
  }
  return lines;
}

export const owed = (lines) => lines.join(' · ');
