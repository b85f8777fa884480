// A small app on the platform's own framework: a command, a form, a button, an event. What it does is what the
// test looks for on the workspace's side.
'use strict';

const { App, LogLevel } = require('@slack/bolt');

function form(callbackId, note) {
  return {
    type: 'modal',
    callback_id: callbackId,
    title: { type: 'plain_text', text: 'Check in' },
    submit: { type: 'plain_text', text: 'Send' },
    notify_on_close: true,
    private_metadata: note,
    blocks: [
      {
        type: 'input',
        block_id: 'note',
        label: { type: 'plain_text', text: 'How is it going?' },
        element: { type: 'plain_text_input', action_id: 'text', max_length: 200 },
      },
      {
        type: 'input',
        block_id: 'mood',
        optional: true,
        label: { type: 'plain_text', text: 'Mood' },
        element: {
          type: 'static_select',
          action_id: 'pick',
          options: ['good', 'so-so'].map((value) => ({ text: { type: 'plain_text', text: value }, value })),
        },
      },
    ],
  };
}

function start({ apiUrl, botToken, appToken, heard }) {
  const app = new App({
    token: botToken,
    appToken,
    socketMode: true,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: apiUrl },
  });
  // the framework waits clientPingTimeout times the number of failures before it connects again
  app.receiver.client.clientPingTimeoutMS = 3000;
  app.receiver.client.on('connected', () => heard.connected.push(Date.now()));

  app.command('/echo', async ({ command, ack }) => {
    heard.commands.push(command);
    await ack({ response_type: 'ephemeral', text: `You said: ${command.text}` });
  });
  app.command('/form', async ({ command, ack, client }) => {
    await ack();
    const opened = await client.views.open({ trigger_id: command.trigger_id, view: form('check-in', command.channel_id) });
    heard.views.push(opened.view.id);
  });
  app.command('/button', async ({ command, ack, client }) => {
    await ack();
    await client.chat.postMessage({
      channel: command.channel_id,
      text: 'Press it',
      blocks: [
        {
          type: 'actions',
          block_id: 'row',
          elements: [
            { type: 'button', action_id: 'press', value: '42', text: { type: 'plain_text', text: 'Press' } },
          ],
        },
      ],
    });
  });
  app.command('/deaf', async () => {
    heard.deaf += 1; // never acked
  });
  app.view('check-in', async ({ ack, view, body, client }) => {
    const text = view.state.values.note.text.value;
    heard.submissions.push(view.state.values);
    if (text === 'no') {
      await ack({ response_action: 'errors', errors: { note: 'Say a little more' } });
      return;
    }
    await ack();
    await client.chat.postEphemeral({ channel: view.private_metadata, user: body.user.id, text: `Noted: ${text}` });
  });
  app.view({ callback_id: 'check-in', type: 'view_closed' }, async ({ ack, body }) => {
    heard.closed.push(body.is_cleared);
    await ack();
  });
  app.action('press', async ({ ack, action, respond, body }) => {
    await ack();
    heard.presses.push({ value: action.value, ts: body.message.ts });
    await respond({ replace_original: true, text: `Pressed ${action.value}` });
  });
  app.shortcut('hello', async ({ ack, shortcut }) => {
    await ack();
    heard.shortcuts.push(shortcut.callback_id);
  });
  app.message(async ({ message, say }) => {
    heard.messages.push(message);
    if (message.text === 'ping') await say('pong');
  });
  app.event('app_home_opened', async ({ event, client }) => {
    await client.views.publish({
      user_id: event.user,
      view: { type: 'home', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'Welcome *home*' } }] },
    });
  });
  app.event('member_joined_channel', async ({ event }) => {
    heard.joined.push(event.user);
  });
  app.error(async (error) => {
    heard.errors.push(String(error));
  });
  return app.start().then(() => app);
}

module.exports = { start };
