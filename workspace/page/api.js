// The page's one way to its workspace: reading what there is, acting as a person, and hearing of changes. Nothing
// here knows what anything looks like.

// What the workspace refused: `error` is its word, the message is for people.
export class refused extends Error {
  constructor(said, status) {
    super(WORDS[said.error] ?? said.detail ?? said.error ?? `the workspace answered ${status}`);
    this.error = said.error;
    this.said = said;
  }
}

const WORDS = {
  dispatch_failed: 'the app is not connected',
  operation_timeout: 'the app did not answer in time',
  invalid_response: 'the app answered something that cannot be shown',
  invalid_command_response: 'the app answered something that cannot be shown',
  message_not_found: 'that message is gone',
  view_not_found: 'that form is no longer open',
  not_in_channel: 'this person is not in that conversation',
  is_archived: 'that conversation is archived',
  restricted_action_read_only_channel: 'nobody can write here but the app; commands work',
};

async function call(path, body) {
  const answer = await fetch(path, body === undefined ? {cache: 'no-store'} : {
    method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify(body),
  });
  let said;
  try {
    said = await answer.json();
  } catch {
    throw new Error(`${path}: ${answer.status}, and no JSON`);
  }
  if (!answer.ok || said.ok === false) throw new refused(said, answer.status);
  return said;
}

// Everything this page shows: people, conversations, open forms, home pages, the clock, the app, the demo's own lines.
export const snapshot = () => call('/local/page');

export const say = (as, channel, text) => call('/local/say', {as, channel, text});
export const command = (as, channel, line) => call('/local/command', {as, channel, line});
export const press = (as, where, action) => call('/local/press', {as, ...where, ...action});
export const close_form = (as, all) => call('/local/close', {as, all});
export const open_home = (as) => call('/local/open-home', {as});
export const shortcut = (as, callback_id, at) => call('/local/shortcut', {as, callback_id, ...at});
// Moves the clock on; answers when everything that fell due on the way has happened.
export const move_clock = (ms) => call('/local/page/move', {ms});

// Gives {errors}: by block, what is to be said under each field; none: the form went through.
export async function submit(as, values) {
  try {
    const said = await call('/local/submit', {as, values});
    return {errors: said.response_action === 'errors' ? said.errors : null};
  } catch (fault) {
    if (fault.error === 'invalid_input') return {errors: {[fault.said.block_id]: `This ${fault.said.detail}.`}};
    throw fault;
  }
}

const KINDS = ['message', 'ephemeral', 'reaction', 'pin', 'view', 'home', 'person', 'conversation', 'clock', 'links', 'app'];

// Hears that something changed (not what: the page reads again). `heard(true)` once the line stands, `heard(false)`
// when it is lost; it is taken up again by itself, at most every two seconds.
export function listen({changed, standing}) {
  let stream;
  let lost = false;
  const start = () => {
    stream = new EventSource('/local/stream');
    stream.onopen = () => {
      standing(true, lost);
      lost = false;
    };
    for (const kind of KINDS) stream.addEventListener(kind, changed);
    stream.onerror = () => {
      stream.close();
      if (!lost) standing(false);
      lost = true;
      setTimeout(start, 1500);
    };
  };
  start();
}
