// The forms an app opens: the top one of a person's stack in a dialog, with what is missing said under its field.
// What was typed survives an update of the form when its block and action are still the same.
import {el, fill, fresh_id, drawing} from './dom.js';
import {plain} from './mrkdwn.js';
import {draw_blocks} from './blocks.js';
import {announce} from './announce.js';
import * as world from './world.js';

// `hands` = {submit(values) -> {errors?}, close(all), press(where, action)}.
export function make_modal(hands) {
  const heading = el('h2', {id: fresh_id('modal'), tabindex: -1});
  const body = el('div', {class: 'modal-body', tabindex: 0, role: 'region', 'aria-label': 'Form'});
  const foot = el('footer', {class: 'row end'});
  const trouble = el('p', {class: 'error', role: 'alert'});
  const form = el('form', {novalidate: true, on: {submit: (event) => { event.preventDefault(); send(); }}});
  const corner = el('button', {type: 'button', class: 'quiet square', 'aria-label': 'Close', on: {click: () => close(true)}}, drawing('close'));
  const dialog = el('dialog', {class: 'modal', 'aria-labelledby': heading.id}, form);
  form.append(el('header', {}, heading, corner), body, trouble, foot);
  dialog.addEventListener('cancel', (event) => { event.preventDefault(); close(false); });
  document.body.append(dialog);

  let view = null;
  let drawn = null;
  let looks = '';
  const memory = new Map(); // view -> what was typed there: an update keeps it, and so does a form put on top
  let back = null; // where the focus was before the first form opened

  const draw = () => {
    const stack = world.snap().modals[world.as()] ?? [];
    const top = stack.at(-1) ?? null;
    if (!top) return put_away();
    const fresh = JSON.stringify([world.as(), top.id, top.hash]);
    if (fresh === looks) return;
    const same = view?.id === top.id && dialog.open;
    if (view && drawn) memory.set(view.id, typed());
    looks = fresh;
    view = top;
    render(stack.length, memory.get(top.id));
    if (!dialog.open) {
      back = document.activeElement;
      dialog.showModal();
    }
    if (!same) focus_first();
  };

  const told = () => ({
    view: world.text_view(),
    people: () => world.cast().map(({id}) => world.person(id)),
    places: () => world.visible().map((c) => ({id: c.id, name: world.title_of(c)})),
    act: (action) => hands.press({view: view.id}, action),
  });

  const render = (depth, kept) => {
    fill(heading, plain(view.title ?? {text: 'Form'}));
    trouble.textContent = '';
    drawn = draw_blocks(view.blocks, told(), {in_form: true});
    for (const input of drawn.inputs) {
      const value = kept?.[input.block_id]?.[input.action_id];
      if (value !== undefined) input.write(value);
    }
    fill(body, drawn.node);
    body.scrollTop = 0;
    fill(foot,
      el('button', {type: 'button', class: 'button', on: {click: () => close(false)}}, depth > 1 && !view.close ? 'Back' : plain(view.close ?? {text: view.submit ? 'Cancel' : 'Close'})),
      view.submit ? el('button', {type: 'submit', class: 'button primary'}, plain(view.submit)) : null);
  };

  const focus_first = () => (drawn.inputs.find((input) => input.focus)?.focus ?? heading).focus();

  const typed = () => {
    const values = {};
    for (const input of drawn?.inputs ?? []) {
      const value = input.read();
      if (value !== undefined) (values[input.block_id] ??= {})[input.action_id] = value;
    }
    return values;
  };

  const show_errors = (errors) => {
    let first = null;
    for (const input of drawn.inputs.filter((each) => each.error)) {
      const says = errors[input.block_id] ?? '';
      input.error.textContent = says;
      input.field.classList.toggle('wrong', Boolean(says));
      const control = input.focus ?? input.field;
      says ? control.setAttribute('aria-invalid', 'true') : control.removeAttribute('aria-invalid');
      if (says) first ??= control;
    }
    const strays = Object.entries(errors).filter(([block]) => !drawn.inputs.some((input) => input.error && input.block_id === block));
    trouble.textContent = strays.map(([, says]) => says).join(' ');
    first?.focus();
  };

  const send = async () => {
    const missing = Object.fromEntries(drawn.inputs.map((input) => [input.block_id, fault_in(input)]).filter(([, says]) => says));
    show_errors(missing);
    if (Object.keys(missing).length) return;
    const busy = foot.querySelector('[type=submit]');
    if (!busy || busy.getAttribute('aria-disabled') === 'true') return;
    busy.setAttribute('aria-disabled', 'true');
    busy.setAttribute('aria-busy', 'true');
    try {
      const answer = await hands.submit(typed());
      if (answer.errors) show_errors(answer.errors);
    } catch (fault) {
      trouble.textContent = `The form could not be sent: ${fault.message}. What you typed is still here.`;
    } finally {
      busy.removeAttribute('aria-disabled');
      busy.removeAttribute('aria-busy');
    }
  };

  const close = (all) => view && hands.close(all);

  const put_away = () => {
    if (!dialog.open) return;
    dialog.close();
    looks = '';
    view = drawn = null;
    memory.clear();
    fill(body);
    announce('The form is closed.');
    (back?.isConnected ? back : document.getElementById('composer'))?.focus();
  };
  return {draw};
}

// What the platform's own client would not send; empty: nothing is wrong.
function fault_in(input) {
  if (!input.error) return '';
  const value = input.read();
  if (value === null || value === undefined || value.length === 0) return input.optional ? '' : 'Please fill this in.';
  const {element} = input;
  if (Array.isArray(value) && element.max_selected_items && value.length > element.max_selected_items)
    return `Please choose at most ${element.max_selected_items} (now ${value.length}).`;
  const text = String(value);
  if (element.type === 'number_input') {
    const number = Number(text);
    if (!Number.isFinite(number) || (!element.is_decimal_allowed && !Number.isInteger(number))) return `Please write a ${element.is_decimal_allowed ? '' : 'whole '}number.`;
    if (element.min_value !== undefined && number < Number(element.min_value)) return `Please write ${element.min_value} or more.`;
    if (element.max_value !== undefined && number > Number(element.max_value)) return `Please write ${element.max_value} or less.`;
  }
  if (element.type === 'email_text_input' && !/^\S+@\S+\.\S+$/.test(text)) return 'Please write an e-mail address.';
  if (element.type === 'url_text_input' && !/^https?:\/\/\S+$/i.test(text)) return 'Please write a web address, with https://.';
  if (element.max_length && text.length > element.max_length) return `Please use at most ${element.max_length} characters (now ${text.length}).`;
  if (element.min_length && text.length < element.min_length) return `Please use at least ${element.min_length} characters.`;
  return '';
}
