// What the page shows and takes, surface by surface, against the local workspace with a small app in Rapport's place.
import {after, before, beforeEach, test} from 'node:test';
import assert from 'node:assert/strict';
import {clean, last_message, launch, message, open, PHONE, send} from './support/browser.mjs';
import {ask, start} from './support/programs.mjs';
import {connect, marked, option, plain} from './support/app.mjs';

const ANA = 'U0ANA', PRIYA = 'U0PRIYA';
const HOSTILE = '<img src=x onerror="window.broken=1"><script>window.broken=1</script>';

let browser, workspace, app, pair, direct;

const form = (title, more = {}) => ({
  type: 'modal', callback_id: 'test', title: plain(title), submit: plain('Send'), close: plain('Not now'),
  blocks: [
    {type: 'section', text: marked('Only *your coordinator* reads this.')},
    {type: 'input', block_id: 'how', label: plain('How is it going?'), element: {type: 'radio_buttons', action_id: 'v', options: [option('Well', 'well', 'We talk'), option('Not well', 'bad')]}},
    {type: 'input', block_id: 'times', label: plain('How many times?'), hint: plain('On any medium.'), element: {type: 'number_input', action_id: 'v', is_decimal_allowed: false, min_value: '0', max_value: '30'}},
    {type: 'input', block_id: 'when', label: plain('When?'), optional: true, element: {type: 'datepicker', action_id: 'v'}},
    {type: 'input', block_id: 'who', label: plain('Who started?'), optional: true, element: {type: 'static_select', action_id: 'v', options: [option('I did', 'me'), option('They did', 'them')]}},
    {type: 'input', block_id: 'by', label: plain('By'), optional: true, element: {type: 'checkboxes', action_id: 'v', options: [option('Call', 'call'), option('Here', 'here')]}},
    {type: 'input', block_id: 'whom', label: plain('With'), optional: true, element: {type: 'users_select', action_id: 'v'}},
    {type: 'input', block_id: 'note', label: plain('Anything else?'), optional: true, element: {type: 'plain_text_input', action_id: 'v', multiline: true, max_length: 40}},
  ],
  ...more,
});

// A form with every kind of input there is.
const every_kind = () => ({
  type: 'modal', callback_id: 'kinds', title: plain('Every kind'), submit: plain('Send'),
  blocks: [
    ['text', {type: 'plain_text_input', min_length: 3, max_length: 8}], ['mail', {type: 'email_text_input'}], ['site', {type: 'url_text_input'}],
    ['count', {type: 'number_input', is_decimal_allowed: false, min_value: '1', max_value: '9'}],
    ['one', {type: 'static_select', options: [option('First', 'a'), option('Second', 'b')]}],
    ['some', {type: 'multi_static_select', max_selected_items: 2, options: [option('Red', 'r'), option('Green', 'g'), option('Blue', 'b')]}],
    ['who', {type: 'users_select'}], ['whom', {type: 'multi_users_select'}], ['where', {type: 'conversations_select'}],
    ['day', {type: 'datepicker'}], ['hour', {type: 'timepicker', initial_time: '09:30'}],
    ['either', {type: 'radio_buttons', options: [option('Yes', 'yes'), option('No', 'no')]}], ['any', {type: 'checkboxes', options: [option('Call', 'call'), option('Here', 'here')]}],
  ].map(([id, element]) => ({type: 'input', block_id: id, label: plain(`The ${id}`), element: {action_id: 'v', ...element}})),
});

// What the app answers to a form, by the number that was put in.
const AFTER_FORM = {
  13: () => ({response_action: 'errors', errors: {times: 'Thirteen is a lot.'}}),
  14: () => ({response_action: 'push', view: form('On top')}),
  15: () => ({response_action: 'update', view: {type: 'modal', title: plain('Thank you'), close: plain('Done'), blocks: [{type: 'section', text: marked('Recorded.')}]}}),
};

async function answers(type, payload, call) {
  if (type === 'slash_commands' && payload.command === '/form') await call('views.open', {trigger_id: payload.trigger_id, view: form('Check-in')});
  else if (type === 'slash_commands' && payload.command === '/kinds') await call('views.open', {trigger_id: payload.trigger_id, view: every_kind()});
  else if (type === 'slash_commands') return {text: `You typed \`${payload.command} ${payload.text}\``};
  if (payload.type === 'view_submission' && payload.view.callback_id === 'test') return AFTER_FORM[payload.view.state.values.times.v.value]?.();
  if (payload.type === 'block_actions' && payload.message) {
    const [act] = payload.actions;
    const chosen = act.selected_option?.value ?? act.selected_date ?? act.selected_user ?? act.selected_options?.map((o) => o.value).join('+') ?? act.value ?? '';
    await call('chat.update', {channel: payload.channel.id, ts: payload.message.ts, text: `~${`Settled by ${act.action_id} ${chosen}`.trim()}~`});
  }
  if (payload.event?.type === 'app_home_opened') await call('views.publish', {user_id: payload.event.user, view: {type: 'home', blocks: [
    {type: 'header', text: plain('My pairs')},
    {type: 'section', text: marked('*Priya* since 2 Nov'), accessory: {type: 'button', text: plain('Log a contact'), action_id: 'log'}},
    {type: 'divider'}, {type: 'context', elements: [marked('At most one message a day.')]},
  ]}});
  return undefined;
}

before(async () => {
  browser = await launch();
  workspace = await start('local-workspace', ['--at', '2026-11-02T15:00:00Z']);
  app = await connect(workspace.url, answers);
  pair = (await app.call('conversations.open', {users: `${ANA},${PRIYA}`})).channel.id;
  direct = (await app.call('conversations.open', {users: ANA})).channel.id;
});

after(async () => {
  await browser?.close();
  app?.close();
  await workspace?.stop();
});

// A form left open by a test that failed would stand before the next one.
beforeEach(() => ask(workspace.url, '/local/close', {as: ANA, all: true}));

const as_ana = (more = {}) => open(browser, workspace.url, {as: ANA, at: pair, ...more});
const post = (text, blocks, channel = pair) => app.call('chat.postMessage', {channel, text, ...(blocks ? {blocks} : {})});

test('the page is served with a policy that runs nothing but its own scripts', async () => {
  const answer = await fetch(`${workspace.url}/`);
  const policy = answer.headers.get('content-security-policy');
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /script-src 'self'(;|$)/);
  assert.doesNotMatch(policy, /unsafe|\*|data:|http/);
  const again = await fetch(`${workspace.url}/page/app.js`, {headers: {'if-none-match': (await fetch(`${workspace.url}/page/app.js`)).headers.get('etag')}});
  assert.equal(again.status, 304);
  assert.equal((await fetch(`${workspace.url}/page/../main.cpp`)).status, 404);
});

test('a command is answered for the caller alone, and says so', async () => {
  const [ana, priya] = [await as_ana(), await open(browser, workspace.url, {as: PRIYA, at: pair})];
  const title = `Draft ${Math.random().toString(36).slice(2)}`;
  await send(ana, `/milestone add ${title}`);
  await message(ana, title).getByText('Only visible to you').waitFor();
  await send(ana, `said aloud: ${title}`);
  await message(priya, `said aloud: ${title}`).waitFor();
  assert.equal(await priya.locator('.log .message').filter({hasText: '/milestone add'}).count(), 0);
  assert.deepEqual([...ana.complaints, ...priya.complaints], []);
});

test('formatted text is shown as the platform shows it, and as nothing else', async () => {
  const page = await as_ana();
  await post('formats', [{type: 'section', text: marked('*bold* _italic_ ~gone~ `code` <@U0PRIYA> <https://example.org/|a link> <!date^1793631600^{date_short_pretty} at {time}|then> 2*3*4 &lt;b&gt;\n&gt; quoted\n• one\n• two\n```a < b```')}]);
  const body = message(page, 'quoted').locator('.rich');
  for (const [tag, words] of [['strong', 'bold'], ['em', 'italic'], ['s', 'gone'], ['code', 'code'], ['a', 'a link'], ['blockquote', 'quoted'], ['pre', 'a < b']])
    assert.equal((await body.locator(tag).first().textContent()).trim(), words);
  assert.equal(await body.locator('.mention').textContent(), '@Priya');
  assert.equal(await body.locator('time').textContent(), 'today at 10:00'); // Ana is in New York
  assert.deepEqual(await body.locator('li').allTextContents(), ['one', 'two']);
  assert.match(await body.textContent(), /2\*3\*4 <b>/);
});

test('HTML and script in names, titles, messages and forms are words', async () => {
  await ask(workspace.url, '/local/people', {id: 'U0EVIL', name: 'evil', real_name: HOSTILE, display_name: HOSTILE, title: HOSTILE, tz: 'Europe/Berlin'}, 'PUT');
  const page = await as_ana();
  await send(page, `${HOSTILE} typed`);
  await message(page, `${HOSTILE} typed`).waitFor();
  await post(HOSTILE.replaceAll('<', '&lt;').replaceAll('>', '&gt;'), [{type: 'header', text: plain(HOSTILE)}, {type: 'section', text: marked(`${HOSTILE} raw`)}, {type: 'actions', elements: [{type: 'button', text: plain(HOSTILE.slice(0, 70)), action_id: 'x'}]}]);
  await page.locator('.block-header', {hasText: HOSTILE}).waitFor();
  await page.locator('[data-person=U0EVIL]').click();
  await page.locator('.who').getByText(HOSTILE).first().waitFor();
  assert.equal(await page.evaluate('window.broken'), undefined);
  assert.equal(await page.locator('main img, main script, .rail img').count(), 0);
  await clean(page, 'hostile names');
  await ask(workspace.url, '/local/people', {id: 'U0EVIL', name: 'evil', real_name: 'Eve', display_name: '', title: '', deleted: true}, 'PUT');
});

test('what the page does not know is said in a note', async () => {
  const page = await as_ana();
  await post('unknown', [{type: 'section', text: marked('before the table')}, {type: 'table', rows: [[{type: 'raw_text', text: 'a'}]]}]).catch(() => post('x', [{type: 'video', video_url: 'https://example.org/v', thumbnail_url: 'https://example.org/t', title: plain('v'), alt_text: 'v'}]));
  await page.locator('.unknown', {hasText: 'does not show blocks of the type'}).last().waitFor();
});

for (const [element, act, settled] of [
  [{type: 'button', text: plain('No reply needed'), action_id: 'no_reply', value: 'r1'}, (m) => m.getByRole('button', {name: 'No reply needed'}).click(), 'no_reply r1'],
  [{type: 'overflow', action_id: 'rarely', options: [option('Edit', 'edit'), option('Drop it', 'drop')]},
    async (m, p) => { await m.getByRole('button', {name: 'More', exact: true}).click(); await p.getByRole('menuitem', {name: 'Drop it'}).click(); }, 'rarely drop'],
  [{type: 'static_select', action_id: 'which', placeholder: plain('Choose a pair'), options: [option('Ana and Priya', 'p1'), option('Ben and Sam', 'p2')]},
    async (m, p) => { await m.getByRole('button', {name: 'Choose a pair'}).click(); await p.keyboard.press('ArrowDown'); await p.keyboard.press('Enter'); }, 'which p2'],
  [{type: 'datepicker', action_id: 'day', initial_date: '2026-11-20'}, async (m) => { await m.locator('input[type=date]').fill('2026-12-01'); await m.locator('input[type=date]').press('Enter'); }, 'day 2026-12-01'],
  [{type: 'users_select', action_id: 'whom', placeholder: plain('Someone')}, async (m, p) => { await m.getByRole('button', {name: 'Someone'}).click(); await p.getByRole('menuitemradio', {name: 'Sam'}).click(); }, 'whom U0SAM'],
  [{type: 'radio_buttons', action_id: 'hours', options: [option('Mornings', 'am'), option('Evenings', 'pm')]}, (m) => m.getByLabel('Evenings').check(), 'hours pm'],
  [{type: 'checkboxes', action_id: 'by', options: [option('Call', 'call'), option('Here', 'here')]}, (m) => m.getByLabel('Here').check(), 'by here'],
]) {
  test(`a ${element.type} in a message reaches the app, and its update is seen live`, async () => {
    const page = await as_ana();
    const words = `press ${element.type} ${Math.random().toString(36).slice(2)}`;
    await post(words, [{type: 'section', text: marked(words)}, {type: 'actions', elements: [element]}]);
    await act(message(page, words), page);
    await page.locator('.log s', {hasText: `Settled by ${settled}`}).waitFor();
    assert.deepEqual(page.complaints, []);
  });
}

test('a press that asks first is not made until it is confirmed', async () => {
  const page = await as_ana();
  await post('ask first', [{type: 'section', text: marked('ask first')}, {type: 'actions', elements: [{type: 'button', text: plain('End it'), action_id: 'end', style: 'danger', confirm: {title: plain('End the pair?'), text: marked('It *ends*.'), confirm: plain('End'), deny: plain('Keep')}}]}]);
  await message(page, 'ask first').getByRole('button', {name: 'End it'}).click();
  await clean(page, 'confirm');
  const before_no = app.heard.length;
  await page.keyboard.press('Escape');
  await page.locator('dialog.confirm').waitFor({state: 'detached'});
  assert.equal(app.heard.length, before_no);
  await message(page, 'ask first').getByRole('button', {name: 'End it'}).click();
  await page.locator('dialog.confirm').getByRole('button', {name: 'End'}).click();
  await page.locator('.log s', {hasText: 'Settled by end'}).waitFor();
});

for (const [name, more] of [['wide', {}], ['on a phone, dark', {size: PHONE, dark: true}]]) {
  test(`a form validates, keeps what was typed, stacks, updates and closes (${name})`, async () => {
    const page = await as_ana(more);
    const dialog = page.locator('dialog.modal');
    await send(page, '/form');
    await dialog.getByRole('heading', {name: 'Check-in'}).waitFor();
    await dialog.getByRole('button', {name: 'Send'}).click();
    assert.equal(await dialog.locator('.error', {hasText: 'Please fill this in.'}).count(), 2);
    await clean(page, 'form with errors');
    await dialog.getByLabel('Well', {exact: false}).first().check();
    await dialog.getByLabel('How many times?').fill('13');
    await dialog.getByLabel('Anything else?').fill('kept while it is corrected');
    await dialog.getByRole('button', {name: 'Send'}).click();
    await dialog.getByText('Thirteen is a lot.').waitFor();
    assert.equal(await dialog.getByLabel('How many times?').getAttribute('aria-invalid'), 'true');
    await dialog.getByLabel('How many times?').fill('14');
    await dialog.getByRole('button', {name: 'Send'}).click();
    await dialog.getByRole('heading', {name: 'On top'}).waitFor();
    await dialog.getByRole('button', {name: 'Not now'}).click();
    await dialog.getByRole('heading', {name: 'Check-in'}).waitFor();
    assert.equal(await dialog.getByLabel('Anything else?').inputValue(), 'kept while it is corrected');
    await dialog.getByLabel('When?').fill('2026-10-30');
    await dialog.getByLabel('Who started?').selectOption({label: 'They did'});
    await dialog.getByLabel('Here').check();
    await dialog.getByLabel('With', {exact: true}).or(dialog.getByLabel('With (optional)')).selectOption({label: 'Sam'});
    await dialog.getByLabel('How many times?').fill('15');
    await dialog.getByRole('button', {name: 'Send'}).click();
    await dialog.getByRole('heading', {name: 'Thank you'}).waitFor();
    const {values} = app.heard.filter((e) => e.payload.type === 'view_submission').at(-1).payload.view.state;
    assert.deepEqual([values.how.v.selected_option.value, values.times.v.value, values.when.v.selected_date, values.who.v.selected_option.value, values.by.v.selected_options[0].value, values.whom.v.selected_user, values.note.v.value],
      ['well', '15', '2026-10-30', 'them', 'here', 'U0SAM', 'kept while it is corrected']);
    await page.keyboard.press('Escape');
    await dialog.waitFor({state: 'hidden'});
    assert.deepEqual(page.complaints, []);
  });
}

test('every kind of input is drawn, judged as the platform judges it, and sent', async () => {
  const page = await as_ana();
  const dialog = page.locator('dialog.modal');
  const field = (id) => dialog.locator(`[data-block=${id}]`);
  await send(page, '/kinds');
  await dialog.getByRole('heading', {name: 'Every kind'}).waitFor();
  assert.equal(await dialog.locator('.unknown').count(), 0);
  await dialog.getByRole('button', {name: 'Send'}).click();
  assert.equal(await dialog.locator('.error', {hasText: 'Please fill this in.'}).count(), 12); // the hour has one
  await clean(page, 'every kind, nothing filled in');
  for (const [id, wrong] of [['text', 'ab'], ['mail', 'ana at example'], ['site', 'example'], ['count', '10']]) await field(id).locator('input').fill(wrong);
  for (const says of ['Red', 'Green', 'Blue']) await field('some').getByLabel(says).check();
  await dialog.getByRole('button', {name: 'Send'}).click();
  for (const [id, says] of [['text', /at least 3/], ['mail', /e-mail address/], ['site', /web address/], ['count', /9 or less/], ['some', /at most 2/]])
    assert.match(await field(id).locator('.error').textContent(), says);
  for (const [id, right] of [['text', 'abcd'], ['mail', 'ana@example.org'], ['site', 'https://example.org/a'], ['count', '7'], ['day', '2026-12-01']]) await field(id).locator('input').fill(right);
  await field('some').getByLabel('Blue').uncheck();
  await field('one').locator('select').selectOption({label: 'Second'});
  await field('who').locator('select').selectOption({label: 'Sam'});
  for (const name of ['Sam', 'Priya']) await field('whom').getByLabel(name, {exact: true}).check();
  await field('where').locator('select').selectOption({index: 1});
  await field('either').getByLabel('No', {exact: true}).check();
  await field('any').getByLabel('Here').check();
  await dialog.getByRole('button', {name: 'Send'}).click();
  await dialog.waitFor({state: 'hidden'});
  const {values: v} = app.heard.filter((e) => e.payload.type === 'view_submission').at(-1).payload.view.state;
  assert.deepEqual([v.text.v.value, v.mail.v.value, v.site.v.value, v.count.v.value, v.one.v.selected_option.value, v.some.v.selected_options.map((o) => o.value), v.who.v.selected_user,
    v.whom.v.selected_users.length, typeof v.where.v.selected_conversation, v.day.v.selected_date, v.hour.v.selected_time, v.either.v.selected_option.value, v.any.v.selected_options.map((o) => o.value)],
  ['abcd', 'ana@example.org', 'https://example.org/a', '7', 'b', ['r', 'g'], 'U0SAM', 2, 'string', '2026-12-01', '09:30', 'no', ['here']]);
  assert.deepEqual(page.complaints, []);
});

test('the home page is drawn by the app and its buttons reach it', async () => {
  const page = await as_ana();
  await page.locator('[data-place=home]').click();
  await page.locator('.home').getByRole('heading', {name: 'My pairs'}).waitFor();
  await clean(page, 'home');
  await page.getByRole('button', {name: 'Log a contact'}).click();
  await page.waitForFunction(() => !document.querySelector('.home [aria-busy=true]'));
  assert.ok(app.heard.some((e) => e.payload.actions?.[0]?.action_id === 'log' && e.payload.view));
});

test('shortcuts of the app and of a message are offered', async () => {
  const page = await as_ana();
  await page.getByRole('button', {name: 'Shortcuts'}).click();
  await page.getByRole('menuitem', {name: 'Check in'}).click();
  await send(page, 'worth keeping');
  await message(page, 'worth keeping').hover();
  await message(page, 'worth keeping').getByRole('button', {name: 'More for this message'}).click();
  await page.getByRole('menuitem', {name: 'Make this a milestone'}).click();
  await page.waitForFunction(() => document.activeElement?.closest('.message'));
  const called = app.heard.map((e) => e.payload.callback_id);
  assert.ok(called.includes('check_in') && called.includes('make_milestone'), called.join());
});

test('unread marks: on the face and the place of whoever has not looked, gone when they do', async () => {
  const page = await as_ana();
  await send(page, 'for Priya');
  await page.locator(`[data-person=${PRIYA}] .badge`).waitFor();
  await page.locator('[data-person=U0SAM]').click();
  await page.locator(`[data-person=${PRIYA}]`).click();
  await page.locator(`[data-place=${pair}] .badge`).waitFor();
  await page.locator(`[data-place=${pair}]`).click();
  await page.locator(`[data-person=${PRIYA}] .badge`).waitFor({state: 'detached'});
});

test('the clock: an hour, a day, a week, a month to the same day', async () => {
  const page = await as_ana();
  const now = async () => (await ask(workspace.url, '/local/clock')).now;
  const start_at = await now();
  for (const [name, days] of [['1 hour', 1 / 24], ['1 day', 1], ['1 week', 7]]) {
    const from = await now();
    const answered = page.waitForResponse((r) => r.url().endsWith('/local/page/move'));
    await page.getByRole('button', {name: `Move on ${name}`}).click();
    await answered;
    const moved = (await now()) - from;
    assert.ok(moved >= days * 86_400_000 && moved < days * 86_400_000 + 600_000, `${name}: ${moved}`);
    await page.locator('.clock:not(.busy)').waitFor();
  }
  const answered = page.waitForResponse((r) => r.url().endsWith('/local/page/move'));
  await page.getByRole('button', {name: 'Move on 1 month'}).click();
  await answered;
  assert.equal(new Date(await now()).getUTCDate(), new Date(start_at + 8 * 86_400_000).getUTCDate());
  await page.locator('.reading').getByText('December').waitFor();
});

test('one writes, completes, chooses and closes by keyboard alone', async () => {
  const page = await as_ana();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to the conversation');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
  await page.locator('.cast button[tabindex="0"]').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  assert.equal(await page.evaluate(() => document.activeElement.dataset.person), 'U0SAM');
  await page.locator('#composer').focus();
  await page.keyboard.type('/mi');
  await page.getByRole('option', {name: '/milestone'}).waitFor();
  await clean(page, 'completion');
  await page.keyboard.press('Tab');
  assert.equal(await page.locator('#composer').inputValue(), '/milestone ');
  await page.keyboard.type('add with @pri');
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('#composer').inputValue(), '/milestone add with @priya ');
  await page.keyboard.press('Enter');
  await last_message(page).getByText('<@U0PRIYA|priya>').or(last_message(page).getByText('@Priya')).first().waitFor();
  await page.keyboard.press('ArrowUp');
  assert.equal(await page.locator('#composer').inputValue(), '/milestone add with @priya ');
});

test('what comes is said to those who listen', async () => {
  const page = await as_ana();
  await page.locator('.unseen[role=status]').waitFor({state: 'attached'});
  await post('Listen: something new');
  await page.locator('.unseen[role=status]', {hasText: 'Rapport: Listen: something new'}).waitFor({state: 'attached'});
});

test('on a phone the drawer and the clock are sheets that Escape closes', async () => {
  const page = await as_ana({size: PHONE, touch: true});
  await clean(page, 'phone');
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await page.locator('#menu-button').click();
  await page.locator('.drawer-open').waitFor();
  await clean(page, 'drawer');
  await page.keyboard.press('Escape');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'menu-button');
  await page.locator('#clock-button').click();
  await page.getByRole('button', {name: 'Move on 1 hour'}).waitFor();
  await clean(page, 'clock');
  await page.keyboard.press('Escape');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'clock-button');
});

test('light and dark follow the system until one is chosen, which a reload keeps', async () => {
  const page = await as_ana({dark: true});
  await clean(page, 'dark');
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
  await page.getByRole('button', {name: 'Light'}).click();
  await page.reload();
  await page.getByRole('button', {name: 'Dark'}).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'light');
  await clean(page, 'light after dark');
});

test('a page left open over a restart goes on by itself and says so', async () => {
  let own = await start('local-workspace', []);
  const page = await open(browser, own.url, {as: ANA});
  const {port} = own;
  await own.stop();
  await page.getByText('The workspace is not answering').waitFor();
  await page.locator('#composer').fill('typed meanwhile');
  await page.locator('#composer').press('Enter');
  await page.locator('.toast', {hasText: 'Your words are still in the box'}).waitFor();
  own = await start('local-workspace', ['--port', port]);
  await page.locator('.toast', {hasText: 'The workspace was started again'}).waitFor();
  await page.getByText('The workspace is not answering').waitFor({state: 'hidden'});
  assert.equal(await page.locator('#composer').inputValue(), 'typed meanwhile');
  await own.stop();
});
