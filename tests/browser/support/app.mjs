// A small app for the local workspace, so that every block, form and answer the page must show can be had on demand.
// It stands where Rapport stands, and has nothing of it.
import WebSocket from 'ws';
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {ask} from './programs.mjs';

export const plain = (text) => ({type: 'plain_text', text});
export const marked = (text) => ({type: 'mrkdwn', text});
export const option = (text, value, description) => ({text: plain(text), value, ...(description ? {description: plain(description)} : {})});

const MANIFEST = {
  display_information: {name: 'Rapport'},
  features: {
    bot_user: {display_name: 'rapport', always_online: true},
    app_home: {home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false},
    slash_commands: [
      {command: '/milestone', description: 'Milestones of your pair', usage_hint: 'add TITLE [by DATE]', should_escape: true},
      {command: '/mentoring', description: 'My pairs, what I owe', should_escape: true},
      {command: '/form', description: 'Opens the form of this test', should_escape: true},
      {command: '/kinds', description: 'Opens a form with every kind of input', should_escape: true},
    ],
    shortcuts: [
      {name: 'Check in', type: 'global', callback_id: 'check_in', description: 'Opens this month\'s form'},
      {name: 'Make this a milestone', type: 'message', callback_id: 'make_milestone', description: 'Keeps its title'},
    ],
  },
  oauth_config: {scopes: {bot: ['commands', 'chat:write', 'im:write', 'mpim:write', 'im:history', 'mpim:history', 'users:read']}},
  settings: {socket_mode_enabled: true, interactivity: {is_enabled: true}, event_subscriptions: {bot_events: ['app_home_opened', 'message.im', 'message.mpim']}},
};

// `answers(type, payload, call)` gives the payload of the ack, or nothing; `heard` keeps every delivery.
export async function connect(url, answers) {
  const taken = await ask(url, '/local/manifest', MANIFEST, 'PUT');
  assert.ok(taken.ok, JSON.stringify(taken));
  const heard = [];
  const call = (method, body, token = 'xoxb-local-workspace') => fetch(`${url}/api/${method}`, {
    method: 'POST', headers: {authorization: `Bearer ${token}`, 'content-type': 'application/json; charset=utf-8'}, body: JSON.stringify(body),
  }).then((answer) => answer.json()).then((said) => {
    assert.ok(said.ok, `${method}: ${JSON.stringify(said)}`);
    return said;
  });
  const {url: address} = await call('apps.connections.open', {}, 'xapp-1-local-workspace');
  const socket = new WebSocket(address);
  const hello = once(socket, 'message');
  socket.on('message', async (data) => {
    const envelope = JSON.parse(data);
    if (!envelope.envelope_id) return;
    heard.push(envelope);
    const payload = await answers(envelope.type, envelope.payload, call);
    socket.send(JSON.stringify({envelope_id: envelope.envelope_id, ...(payload ? {payload} : {})}));
  });
  await hello;
  return {call, heard, close: () => socket.close()};
}
