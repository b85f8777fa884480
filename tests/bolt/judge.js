// The official client judges the local workspace: bolt drives it over Socket Mode and the Web API, and both sides
// are asked what they saw. Run: node judge.js LOCAL_WORKSPACE_PROGRAM
'use strict';

const assert = require('node:assert/strict');
const { spawn } = require('node:child_process');
const { start } = require('./app');

const PATIENCE_MS = 30000;

class Workspace {
  static async start(program) {
    const child = spawn(program, ['--until-eof', '--hold-clock', '--port', '0'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const line = await new Promise((resolve, reject) => {
      let text = '';
      child.stdout.on('data', (chunk) => {
        text += chunk;
        if (text.includes('\n')) resolve(text.split('\n')[0]);
      });
      child.once('exit', (code) => reject(new Error(`local-workspace ended with ${code} before it listened`)));
    });
    const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
    return Object.assign(new Workspace(), { child, ended, ...JSON.parse(line) });
  }

  async ask(method, path, body) {
    const answer = await fetch(`${this.url}/local/${path}`, {
      method,
      headers: body ? { 'content-type': 'application/json' } : {},
      body: body ? JSON.stringify(body) : undefined,
    });
    return answer.json();
  }

  get(path) {
    return this.ask('GET', path);
  }

  act(path, body) {
    return this.ask('POST', path, body);
  }

  async violations() {
    return (await this.get('journal?kind=violation')).entries;
  }

  async stop() {
    this.child.kill('SIGTERM');
    return this.ended;
  }
}

// Asks again, as fast as the event loop turns, until it holds; the whole test has one deadline.
async function until(what, holds) {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await holds();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`waited in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const CHANNEL = 'C0MENTORING';

const cases = {
  async 'a command is answered in its ack'({ workspace, heard }) {
    const seen = await workspace.act('command', { as: 'U0ANA', channel: CHANNEL, line: '/echo hi @priya & <you>' });
    assert.equal(seen.ok, true);
    assert.equal(seen.reply.text, 'You said: hi <@U0PRIYA|priya> &amp; &lt;you&gt;');
    assert.equal(heard.commands[0].user_id, 'U0ANA');
    const hers = (await workspace.get(`messages?as=U0ANA&channel=${CHANNEL}`)).messages;
    assert.equal(hers.at(-1).is_ephemeral, true);
    const others = (await workspace.get(`messages?as=U0PRIYA&channel=${CHANNEL}`)).messages;
    assert.equal(others.some((each) => each.ts === hers.at(-1).ts), false);
  },

  async 'a command nobody acks ends in operation_timeout'({ workspace, heard }) {
    const seen = await workspace.act('command', { as: 'U0ANA', channel: CHANNEL, line: '/deaf' });
    assert.equal(seen.error, 'operation_timeout');
    assert.equal(heard.deaf, 1);
  },

  async 'a form shows its errors, keeps what was typed, and closes when it is right'({ workspace, heard }) {
    const opened = await workspace.act('command', { as: 'U0ANA', channel: CHANNEL, line: '/form' });
    assert.equal(opened.ok, true);
    const form = await until('the form', async () => (await workspace.get('forms?as=U0ANA')).forms[0]);
    assert.equal(form.callback_id, 'check-in');
    const empty = await workspace.act('submit', { as: 'U0ANA', values: {} });
    assert.equal(empty.error, 'invalid_input');
    const refused = await workspace.act('submit', { as: 'U0ANA', values: { note: 'no' } });
    assert.equal(refused.response_action, 'errors');
    assert.equal(refused.errors.note, 'Say a little more');
    assert.equal((await workspace.get('forms?as=U0ANA')).forms.length, 1);
    const taken = await workspace.act('submit', { as: 'U0ANA', values: { note: 'All well', mood: 'good' } });
    assert.equal(taken.response_action, 'close');
    assert.equal(heard.submissions.at(-1).mood.pick.selected_option.value, 'good');
    assert.equal((await workspace.get('forms?as=U0ANA')).forms.length, 0);
    await until('the note', async () =>
      (await workspace.get(`messages?as=U0ANA&channel=${CHANNEL}`)).messages.some((m) => m.text === 'Noted: All well'),
    );
  },

  async 'closing a form is told to an app that asked'({ workspace, heard }) {
    await workspace.act('command', { as: 'U0BEN', channel: CHANNEL, line: '/form' });
    await until('the form', async () => (await workspace.get('forms?as=U0BEN')).forms[0]);
    const closed = await workspace.act('close', { as: 'U0BEN' });
    assert.equal(closed.notified, true);
    assert.deepEqual(heard.closed, [false]);
  },

  async 'a button acts and its message is replaced through the response URL'({ workspace, heard }) {
    await workspace.act('command', { as: 'U0ANA', channel: CHANNEL, line: '/button' });
    const list = () => workspace.get(`messages?as=U0PRIYA&channel=${CHANNEL}`);
    const posted = await until('the button', async () =>
      (await list()).messages.find((each) => each.text === 'Press it'),
    );
    const pressed = await workspace.act('press', { as: 'U0PRIYA', channel: CHANNEL, ts: posted.ts, action_id: 'press' });
    assert.equal(pressed.acked, true);
    await until('the replacement', async () =>
      (await list()).messages.some((each) => each.ts === posted.ts && each.text === 'Pressed 42'),
    );
    assert.deepEqual(heard.presses, [{ value: '42', ts: posted.ts }]);
  },

  async 'a message in a channel and in a direct conversation is an event'({ workspace, heard }) {
    await workspace.act('say', { as: 'U0SAM', channel: CHANNEL, text: 'ping' });
    await until('the answer', async () =>
      (await workspace.get(`messages?as=U0SAM&channel=${CHANNEL}`)).messages.some((each) => each.text === 'pong'),
    );
    const { channel } = await workspace.act('open', { as: 'U0SAM' });
    await workspace.act('say', { as: 'U0SAM', channel, text: 'only you & me' });
    await until('the direct message', () => heard.messages.some((each) => each.text === 'only you &amp; me'));
    assert.equal(heard.messages.at(-1).channel_type, 'im');
  },

  async 'opening the Home publishes it'({ workspace }) {
    await workspace.act('open-home', { as: 'U0ANA' });
    const home = await until('the Home', async () => (await workspace.get('home?as=U0ANA')).view);
    assert.equal(home.blocks[0].text.text, 'Welcome *home*');
  },

  async 'a shortcut and a join reach the app'({ workspace, heard }) {
    const seen = await workspace.act('shortcut', { as: 'U0ANA', callback_id: 'hello' });
    assert.equal(seen.acked, true);
    assert.deepEqual(heard.shortcuts, ['hello']);
    await workspace.act('join', { as: 'U0OWNER', channel: CHANNEL });
    await until('the join', () => heard.joined.includes('U0OWNER'));
  },

  async 'a rate limit is waited out and the message posted once'({ workspace }) {
    await workspace.act('faults', { name: 'rate_limited', method: 'chat.postMessage', retry_after: 1 });
    await workspace.act('say', { as: 'U0NOOR', channel: CHANNEL, text: 'ping' });
    const before = (await workspace.get(`messages?as=U0NOOR&channel=${CHANNEL}`)).messages.length;
    await until('the late answer', async () => {
      const now = (await workspace.get(`messages?as=U0NOOR&channel=${CHANNEL}`)).messages;
      return now.length === before + 1 && now.at(-1).text === 'pong';
    });
  },

  async 'the framework connects again after a disconnect warning'({ workspace, heard }) {
    const before = heard.connected.length;
    await workspace.act('faults', { name: 'disconnect_warning', delay_ms: 500 });
    await until('another hello', () => heard.connected.length > before);
    const seen = await workspace.act('command', { as: 'U0ANA', channel: CHANNEL, line: '/echo again' });
    assert.equal(seen.reply.text, 'You said: again');
  },

  async 'the framework connects again after a dropped link, and is sent the event it missed'({ workspace, heard }) {
    const before = heard.connected.length;
    await workspace.act('faults', { name: 'drop_link' });
    await until('the link to be gone', async () => (await workspace.get('state')).links.length === 0);
    const failed = await workspace.act('command', { as: 'U0ANA', channel: CHANNEL, line: '/echo lost' });
    assert.equal(failed.error, 'dispatch_failed');
    await workspace.act('say', { as: 'U0ANA', channel: CHANNEL, text: 'said while away' });
    await until('another hello', () => heard.connected.length > before);
    await workspace.act('clock', { advance_ms: 60000 }); // the workspace's time is held: the event waited for this
    await until('the redelivery', () => heard.messages.some((each) => each.text === 'said while away'));
    const seen = await workspace.act('command', { as: 'U0ANA', channel: CHANNEL, line: '/echo back' });
    assert.equal(seen.reply.text, 'You said: back');
  },

  async 'garbage on the socket is survived'({ workspace }) {
    await workspace.act('faults', { name: 'garbage_frame' });
    await workspace.act('faults', { name: 'binary_frame' });
    const seen = await workspace.act('command', { as: 'U0ANA', channel: CHANNEL, line: '/echo still here' });
    assert.equal(seen.reply.text, 'You said: still here');
  },

  async 'the official client never broke a rule of the platform'({ workspace, heard }) {
    assert.deepEqual(await workspace.violations(), []);
    assert.deepEqual(heard.errors, []);
  },
};

async function main() {
  const workspace = await Workspace.start(process.argv[2]);
  const heard = {
    commands: [], connected: [], deaf: 0, submissions: [], views: [], closed: [], presses: [], shortcuts: [],
    messages: [], joined: [], errors: [],
  };
  let app;
  let failures = 0;
  try {
    app = await start({ apiUrl: workspace.api_url, botToken: workspace.bot_token, appToken: workspace.app_token, heard });
    await workspace.act('join', { as: 'U0GUEST', channel: 'C0GENERAL' });
    for (const [name, run] of Object.entries(cases)) {
      try {
        await run({ workspace, heard });
        console.log(`ok    ${name}`);
      } catch (error) {
        failures += 1;
        console.log(`FAIL  ${name}\n${error.stack}`);
        if (workspace.child.exitCode !== null || workspace.child.signalCode !== null) break;
      }
    }
    await app.stop();
  } finally {
    const ended = await workspace.stop();
    if (ended !== 0) {
      failures += 1;
      console.log(`FAIL  local-workspace ended with ${ended}, not 0`);
    }
  }
  return failures === 0 ? 0 : 1;
}

const overdue = setTimeout(() => {
  console.log('FAIL  the whole took too long');
  process.exit(1);
}, 8 * PATIENCE_MS);
main().then(
  (status) => {
    clearTimeout(overdue);
    process.exit(status);
  },
  (error) => {
    console.log(error.stack);
    process.exit(1);
  },
);
