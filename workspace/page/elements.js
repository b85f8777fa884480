// Block Kit's interactive elements. Each is drawn as {node, read, write, focus}: what is put in, as the workspace takes
// it: words, an option's value or a list of them, an id, a date; null is nothing. Outside a form a change is an act.
import {el, drawing, fresh_id} from './dom.js';
import {plain} from './mrkdwn.js';
import {with_menu} from './menu.js';
import {confirmed} from './confirm.js';

const words = (object) => plain(object).data;

// `place` = {id, block_id, in_form, dispatches, required, label, labelled_by, described_by}; `told` = {view, people(),
// places(), act({action_id, block_id, value})}. What cannot be filled in has a `read` of undefined.
export function draw_element(element, place, told) {
  const drawn = (DRAWN[element.type] ?? unknown)(element, place, told);
  return {read: () => undefined, write: () => undefined, ...drawn};
}

const DRAWN = {
  button, overflow, static_select: select, users_select: select, external_select: select, conversations_select: select,
  channels_select: select, multi_static_select: boxes, multi_users_select: boxes,
  multi_conversations_select: boxes, multi_channels_select: boxes, checkboxes: boxes, radio_buttons: boxes,
  datepicker: (e, p, t) => moment(e, p, t, 'date', e.initial_date),
  timepicker: (e, p, t) => moment(e, p, t, 'time', e.initial_time),
  plain_text_input: typed, number_input: typed, email_text_input: typed, url_text_input: typed,
  image: (e) => ({node: el('span', {class: 'picture'}, e.alt_text ?? 'A picture')}),
};

function unknown(element) {
  return {node: el('span', {class: 'unknown'}, `This page does not show "${element.type}" elements.`)};
}

// The common part of an action, asked first where the element says so.
async function act(element, place, told, value) {
  if (element.confirm && !(await confirmed(element.confirm, told.view))) return false;
  await told.act({block_id: place.block_id, action_id: element.action_id, ...(value === undefined ? {} : {value})});
  return true;
}

// Inside a form only what asks for it is told at once.
const tells = (place) => !place.in_form || place.dispatches;

function button(element, place, told) {
  const looks = {primary: 'button primary', danger: 'button danger'}[element.style] ?? 'button';
  const node = el('button', {
    type: 'button', class: looks, 'aria-label': element.accessibility_label, data: {action: element.action_id ?? ''},
    on: {
      click: async () => {
        if (/^https?:\/\//i.test(element.url ?? '')) window.open(element.url, '_blank', 'noopener');
        node.setAttribute('aria-busy', 'true');
        await act(element, place, told);
        node.removeAttribute('aria-busy');
      },
    },
  }, plain(element.text));
  return {node};
}

function overflow(element, place, told) {
  const node = el('button', {type: 'button', class: 'button square', 'aria-label': 'More', data: {action: element.action_id ?? ''}}, drawing('more'));
  const items = () => (element.options ?? []).map((option) => ({
    says: words(option.text), detail: option.description && words(option.description),
    pick: () => act(element, place, told, option.value),
  }));
  return {node: with_menu(node, items, 'More')};
}

// What a select offers: its own options, or the people and conversations of the workspace; `value` is what is put in.
function offered(element, told) {
  const initial = [element.initial_user, element.initial_conversation, element.initial_channel, element.initial_option?.value,
    ...(element.initial_users ?? []), ...(element.initial_options ?? []).map((option) => option.value)];
  const all = element.type.includes('users') ? told.people().map((who) => ({says: who.name, value: who.id}))
    : /conversations|channels/.test(element.type) ? told.places().map((where) => ({says: where.name, value: where.id}))
      : [...(element.options ?? []), ...(element.option_groups ?? []).flatMap((group) => group.options)].map(choice_of);
  return all.map((choice) => ({...choice, is: initial.includes(choice.value)}));
}

const choice_of = (option) => ({says: words(option.text), detail: option.description && words(option.description), value: option.value});

// In a form the browser's own select; elsewhere a menu, where passing by a choice with the arrow keys is no act.
function select(element, place, told) {
  const choices = offered(element, told);
  const placeholder = element.placeholder ? words(element.placeholder) : 'Choose';
  if (!place.in_form) {
    const chosen = choices.find((choice) => choice.is);
    const says = el('span', {}, chosen?.says ?? placeholder);
    const node = el('button', {type: 'button', class: 'button choice', data: {action: element.action_id ?? ''}}, says);
    const pick = async (choice) => {
      if (!(await act(element, place, told, choice.value))) return;
      choices.forEach((each) => (each.is = each === choice));
      says.textContent = choice.says;
    };
    const items = () => choices.map((choice) => ({...choice, chosen: choice.is, pick: () => pick(choice)}));
    return {node: with_menu(node, items, placeholder), read: () => choices.find((choice) => choice.is)?.value ?? null};
  }
  const node = el('select', {...named(place), on: {change: () => tells(place) && act(element, place, told, read())}},
    el('option', {value: ''}, placeholder),
    choices.map((choice) => el('option', {value: choice.value, selected: choice.is}, choice.says)));
  const read = () => node.value || null;
  return {node, focus: node, read, write: (value) => (node.value = value ?? '')};
}

// One or several of a few, all to be seen at once.
function boxes(element, place, told) {
  const choices = offered(element, told);
  const type = element.type === 'radio_buttons' ? 'radio' : 'checkbox';
  const name = fresh_id(type);
  const marks = choices.map((choice) => el('input', {type, name, checked: choice.is}));
  const taken = () => choices.filter((_, at) => marks[at].checked).map((choice) => choice.value);
  const read = () => (type === 'radio' ? taken()[0] ?? null : taken());
  const node = el('div', {...named(place, 'Choices'), class: 'options', role: type === 'radio' ? 'radiogroup' : 'group', 'aria-required': type === 'radio' && place.required ? 'true' : null,
    on: {change: () => tells(place) && act(element, place, told, read())}},
  choices.map((choice, at) => el('label', {class: 'option'}, marks[at],
    el('span', {}, choice.says, choice.detail ? el('span', {class: 'detail'}, choice.detail) : null))));
  const write = (value) => marks.forEach((box, at) => (box.checked = [value].flat().includes(choices[at].value)));
  return {node, focus: marks[0], read, write};
}

// A date or a time. Outside a form it is told when it is left or Enter is pressed, not at every key.
function moment(element, place, told, type, initial) {
  let before = initial ?? '';
  const read = () => node.value || null;
  const tell = () => {
    if (!tells(place) || node.value === before || !node.checkValidity()) return;
    before = node.value;
    act(element, place, told, read());
  };
  const node = el('input', {
    type, value: initial, ...named(place, element.placeholder ? words(element.placeholder) : type === 'date' ? 'Date' : 'Time'),
    on: {blur: tell, keydown: (event) => { if (event.key === 'Enter' && !place.in_form) tell(); }},
  });
  return {node, focus: node, read, write: (value) => (node.value = value ?? '')};
}

const INPUT_TYPES = {number_input: 'text', email_text_input: 'email', url_text_input: 'url', plain_text_input: 'text'};

function typed(element, place) {
  const common = {...named(place), placeholder: element.placeholder ? words(element.placeholder) : null, autocomplete: 'off'};
  const node = element.multiline
    ? el('textarea', {...common, rows: 4})
    : el('input', {...common, type: INPUT_TYPES[element.type], inputmode: element.type === 'number_input' ? 'decimal' : null});
  node.value = element.initial_value ?? '';
  return {node, focus: node, read: () => (node.value === '' ? null : node.value), write: (value) => (node.value = value ?? '')};
}

// How a control is called and described for those who hear the page.
function named(place, otherwise) {
  return {
    id: place.id, 'aria-labelledby': place.labelled_by, 'aria-label': place.labelled_by ? null : place.label ?? otherwise,
    'aria-describedby': place.described_by, 'aria-required': place.required ? 'true' : null,
  };
}
