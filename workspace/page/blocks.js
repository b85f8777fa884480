// Block Kit as elements: a list of blocks for a message, a form or the home page. What this page does not know is
// said in a labelled note, never left out in silence.
import {el, fresh_id} from './dom.js';
import {plain, text_of, mention, link, emoji} from './mrkdwn.js';
import {draw_element} from './elements.js';

// `told` = {view, act(action), people(), places()}; `in_form` gives inputs that wait for the submit button.
// Gives {node, inputs}: every input as {block_id, action_id, optional, element, read, write, focus, field, error}.
export function draw_blocks(blocks, told, {in_form = false, level = 3} = {}) {
  const inputs = [];
  const node = el('div', {class: 'blocks'});
  for (const block of blocks ?? []) {
    const draw = DRAWN[block.type] ?? unknown;
    node.append(draw(block, told, {in_form, inputs, level}));
  }
  return {node, inputs};
}

const DRAWN = {header, section, divider: () => el('hr'), context, actions, input, image, rich_text, markdown};

function unknown(block) {
  return el('p', {class: 'unknown', role: 'note'}, `This page does not show blocks of the type "${block.type ?? '?'}".`);
}

function header(block, told, {level}) {
  return el(`h${level}`, {class: 'block-header'}, plain(block.text));
}

function section(block, told, form) {
  const fields = (block.fields ?? []).map((field) => el('div', {class: 'field rich'}, text_of(field, told.view)));
  const body = el('div', {class: 'section-body'},
    block.text ? el('div', {class: 'rich'}, text_of(block.text, told.view)) : null,
    fields.length ? el('div', {class: 'fields'}, fields) : null);
  const beside = block.accessory ? standing(block.accessory, block, told, form, body) : null;
  return el('div', {class: beside ? 'section beside' : 'section'}, body, beside ? el('div', {class: 'accessory'}, beside) : null);
}

// An element outside an input block; in a form its value still counts when the form is sent.
function standing(element, block, told, form, described) {
  const label = described?.textContent.trim().slice(0, 120) || undefined;
  const drawn = draw_element(element, {block_id: block.block_id, in_form: false, label}, told);
  if (form.in_form && element.action_id)
    form.inputs.push({block_id: block.block_id, action_id: element.action_id, optional: true, element, read: drawn.read, write: drawn.write});
  return drawn.node;
}

function actions(block, told, form) {
  return el('div', {class: 'actions'}, (block.elements ?? []).map((element) => standing(element, block, told, form)));
}

function context(block, told) {
  return el('div', {class: 'context'}, (block.elements ?? []).map((element) =>
    element.type === 'image' ? el('span', {class: 'picture'}, element.alt_text ?? 'A picture') : el('div', {class: 'rich'}, text_of(element, told.view))));
}

function image(block) {
  return el('p', {class: 'picture'}, `Picture: ${block.alt_text ?? 'without a description'}`);
}

function markdown(block) {
  return el('p', {class: 'rich plain'}, block.text ?? '');
}

function input(block, told, form) {
  const element = block.element ?? {type: 'nothing'};
  const [id, label, hint, error] = [fresh_id('field'), fresh_id('label'), fresh_id('hint'), fresh_id('error')];
  const drawn = draw_element(element, {
    id, block_id: block.block_id, in_form: true, dispatches: block.dispatch_action, required: !block.optional,
    labelled_by: label, described_by: `${hint} ${error}`,
  }, told);
  const grouped = drawn.node.matches('.options');
  const field = el('div', {class: 'input', data: {block: block.block_id ?? ''}},
    el(grouped ? 'div' : 'label', {id: label, class: 'label', for: grouped ? null : id}, plain(block.label),
      block.optional ? el('span', {class: 'optional'}, ' (optional)') : null),
    drawn.node,
    el('p', {id: hint, class: 'hint'}, block.hint ? plain(block.hint) : null),
    el('p', {id: error, class: 'error', role: 'alert'}));
  form.inputs.push({
    block_id: block.block_id, action_id: element.action_id, optional: Boolean(block.optional), element, read: drawn.read,
    write: drawn.write, focus: drawn.focus, field, error: field.lastChild, label: block.label?.text ?? '',
  });
  return field;
}

// --- rich text: what people type, as the platform stores it

function rich_text(block, told) {
  return el('div', {class: 'rich'}, (block.elements ?? []).map((part) => rich_part(part, told.view)));
}

function rich_part(part, view) {
  const inside = () => rich_inline(part.elements ?? [], view);
  switch (part.type) {
    case 'rich_text_section': return el('p', {}, inside());
    case 'rich_text_quote': return el('blockquote', {}, inside());
    case 'rich_text_preformatted': return el('pre', {tabindex: 0}, el('code', {}, inside()));
    case 'rich_text_list':
      return el(part.style === 'ordered' ? 'ol' : 'ul', {}, (part.elements ?? []).map((item) => el('li', {}, rich_inline(item.elements ?? [], view))));
    default: return unknown(part);
  }
}

function rich_inline(elements, view) {
  return elements.flatMap((piece) => {
    const text = rich_words(piece, view);
    const {bold, italic, strike, code} = piece.style ?? {};
    return [[code, 'code'], [strike, 's'], [italic, 'em'], [bold, 'strong']].reduce((node, [on, tag]) => (on ? [el(tag, {}, node)] : node), text);
  });
}

function rich_words(piece, view) {
  switch (piece.type) {
    case 'text': return (piece.text ?? '').split('\n').flatMap((line, at) => (at ? [el('br'), line] : [line]));
    case 'link': return [link(piece.url ?? '', piece.text)];
    case 'user': return [mention(piece.user_id, null, view)];
    case 'channel': return [el('span', {class: 'mention'}, view.channel(piece.channel_id) ?? '#channel')];
    case 'broadcast': return [el('span', {class: 'mention'}, `@${piece.range}`)];
    case 'emoji': return [emoji(piece.name)];
    default: return [el('span', {class: 'unknown'}, `[${piece.type}]`)];
  }
}
