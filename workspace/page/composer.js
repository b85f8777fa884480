// The box one writes in: words to a conversation, commands to the app, with completion as a list one can walk with
// the arrow keys. A line that could not be sent stays in the box.
import {el, fill, drawing, fresh_id, set} from './dom.js';
import {complete, usage_of} from './completion.js';
import {with_menu} from './menu.js';
import {announce, tell} from './announce.js';
import * as world from './world.js';

const HISTORY = 50;

// `hands` = {say(channel, text), command(channel, text), shortcut(callback, at)}, each refusing by throwing.
export function make_composer(hands) {
  const list_id = fresh_id('completion');
  const hint_id = fresh_id('hint');
  const box = el('textarea', {
    id: 'composer', rows: 1, 'aria-label': 'Message or command', 'aria-autocomplete': 'list', 'aria-haspopup': 'listbox', 'aria-controls': list_id,
    'aria-describedby': hint_id, autocomplete: 'off', spellcheck: true, maxlength: 40000,
  });
  const list = el('ul', {id: list_id, class: 'completion', role: 'listbox', 'aria-label': 'Suggestions', hidden: true});
  const hint = el('p', {id: hint_id, class: 'composer-hint'});
  const send_button = el('button', {type: 'submit', class: 'button primary square', 'aria-label': 'Send'}, drawing('send'));
  const bolt = el('button', {type: 'button', class: 'quiet square', 'aria-label': 'Shortcuts'}, drawing('bolt'));
  const shortcuts = with_menu(bolt, () => world.snap().shortcuts.filter((s) => s.type === 'global')
    .map((s) => ({says: s.name, detail: s.description, pick: () => hands.shortcut(s.callback_id, {})})), 'Shortcuts');
  const form = el('form', {class: 'composer', on: {submit: (event) => { event.preventDefault(); send(); }}},
    list, el('div', {class: 'composer-box'}, shortcuts, box, send_button), hint);

  let choices = [];
  let chosen = -1;
  let offered = 0; // as last announced
  let place = '';
  const history = [];
  let back = 0; // how far back in the history

  const known = () => ({
    commands: world.snap().commands,
    verbs: world.snap().demo?.completion ?? {},
    people: world.cast().map(({id}) => world.person(id)),
  });

  const suggest = () => {
    choices = document.activeElement === box ? complete(box.value, box.selectionStart, known()) : [];
    chosen = choices.length ? 0 : -1;
    draw_list();
    draw_hint();
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight, 160)}px`;
  };

  const draw_list = () => {
    list.hidden = !choices.length;
    if (choices.length && choices.length !== offered) announce(`${choices.length} suggestion${choices.length === 1 ? '' : 's'}`);
    offered = choices.length;
    set(box, {'aria-activedescendant': chosen >= 0 ? `${list_id}-${chosen}` : null});
    fill(list, choices.map((choice, at) => el('li', {
      id: `${list_id}-${at}`, role: 'option', 'aria-selected': String(at === chosen),
      on: {pointerdown: (event) => { event.preventDefault(); take(at); }},
    }, el('span', {class: 'says'}, choice.says), el('span', {class: 'usage'}, choice.usage), el('span', {class: 'summary'}, choice.summary))));
    list.querySelector('[aria-selected=true]')?.scrollIntoView({block: 'nearest'});
  };

  const draw_hint = () => {
    const about = box.value.startsWith('/') ? usage_of(box.value, known()) : null;
    fill(hint, about ? [el('code', {}, about.line), ' ', about.summary]
      : box.value ? 'Enter sends, Shift and Enter makes a new line.' : 'Write, or type / for what the app understands.');
  };

  const take = (at) => {
    const {from, to, becomes} = choices[at];
    box.setRangeText(becomes, from, to, 'end');
    box.focus();
    suggest();
  };

  const put_away = () => {
    choices = [];
    chosen = -1;
    draw_list();
  };

  // Enter on a suggestion takes it, unless the line is already what the suggestion says.
  const taking = () => chosen >= 0 && box.value.slice(choices[chosen].from).trimEnd() !== choices[chosen].becomes.trimEnd();

  const send = async () => {
    const typed = box.value;
    if (!typed.trim() || !world.place()) return;
    const [who, where] = [world.as(), world.at()];
    put_away();
    history.unshift(typed);
    history.length = Math.min(history.length, HISTORY);
    back = 0;
    const to_app = /^\/[^\s/]/.test(typed);
    box.value = '';
    world.drafts.delete(`${who} ${where}`);
    suggest();
    put_away();
    try {
      await (to_app ? hands.command(where, typed.trimEnd()) : hands.say(where, typed.trimEnd()));
    } catch (fault) {
      tell(`Not sent: ${fault.message}. Your words are still in the box.`, {wrong: true});
      if (place !== `${who} ${where}`) world.drafts.set(`${who} ${where}`, typed);
      else if (!box.value) box.value = typed;
      suggest();
    }
  };

  const recall = (step) => {
    back = Math.max(0, Math.min(history.length, back + step));
    box.value = back ? history[back - 1] : '';
    suggest();
    put_away();
  };

  box.addEventListener('input', suggest);
  box.addEventListener('click', suggest);
  box.addEventListener('focus', suggest);
  box.addEventListener('blur', put_away);
  box.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    const open = choices.length > 0;
    if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      chosen = (chosen + (event.key === 'ArrowDown' ? 1 : -1) + choices.length) % choices.length;
      draw_list();
    } else if (open && event.key === 'Escape') {
      event.preventDefault();
      put_away();
    } else if (open && ((event.key === 'Tab' && !event.shiftKey) || (event.key === 'Enter' && !event.shiftKey && taking()))) {
      if (event.key === 'Tab' && !taking()) return put_away(); // the line is complete: Tab goes on
      event.preventDefault();
      take(chosen);
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    } else if (event.key === 'ArrowUp' && (!box.value || back)) {
      event.preventDefault();
      recall(1);
    } else if (event.key === 'ArrowDown' && back) {
      event.preventDefault();
      recall(-1);
    }
  });

  // Each person keeps the unfinished line of each conversation.
  const draw = () => {
    const here = `${world.as()} ${world.at()}`;
    form.hidden = world.at() === 'home';
    bolt.hidden = !world.snap().shortcuts.some((s) => s.type === 'global');
    if (here === place) return;
    if (place && box.value) world.drafts.set(place, box.value);
    else world.drafts.delete(place);
    place = here;
    box.value = world.drafts.get(here) ?? '';
    const where = world.place();
    box.placeholder = where ? `Write to ${world.title_of(where)} as ${world.me().first}` : '';
    suggest();
    put_away();
  };

  // Puts a line into the box for the person to send.
  const prepare = (line) => {
    box.value = line;
    box.focus();
    box.setSelectionRange(line.length, line.length);
    suggest();
    put_away();
  };
  return {node: form, draw, prepare};
}
