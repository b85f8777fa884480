// The first minute as people live it, with the very same bot: what one types is read on the other's screen, a promise
// is asked after three days later, settled, and struck out. Every text is made up in the run.
import {after, before, test} from 'node:test';
import assert from 'node:assert/strict';
import {mkdtemp, readdir, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {clean, launch, message, open, PHONE, picture, send} from './support/browser.mjs';
import {ask, start} from './support/programs.mjs';

const ANA = 'U0ANA', PRIYA = 'U0PRIYA', CORA = 'U0CORA';
const made_up = (what) => `${what} ${Math.random().toString(36).slice(2, 10)} ${Math.random().toString(36).slice(2, 10)}`;

let browser, demo, data, pair;

const snapshot = () => ask(demo.url, '/local/page');
const direct_of = async (who) => (await snapshot()).conversations.find((c) => c.kind === 'im' && c.members.includes(who)).id;

before(async () => {
  browser = await launch();
  data = await mkdtemp(join(tmpdir(), 'rapport-story-'));
  demo = await start('rapport-demo', ['--port', '0', '--data', data]);
  pair = (await snapshot()).conversations.find((c) => c.kind === 'mpim' && c.members.includes(ANA) && c.members.includes(PRIYA)).id;
});

after(async () => {
  await browser?.close();
  if (demo) assert.equal(await demo.stop(), 0);
  if (data) await rm(data, {recursive: true, force: true});
});

// Moves on by a step of the clock and waits until all that fell due has happened.
async function move_on(page, step) {
  const done = page.waitForResponse((answer) => answer.url().endsWith('/local/page/move'), {timeout: 120_000});
  await page.getByRole('button', {name: `Move on ${step}`}).click();
  assert.ok((await (await done).json()).ok);
  await page.locator('.clock:not(.busy)').waitFor();
}

// In the middle of it or, where the page has seen all six steps done, at its end.
const put_guide_away = (page) => page.locator('.guide').getByRole('button', {name: /Dismiss the first minute|Done/}).click();

// Fills whatever the form asks for.
async function fill_in(dialog, note) {
  for (const group of await dialog.locator('.options[role=radiogroup]').all()) await group.locator('input').first().check();
  for (const box of await dialog.locator('.input').all()) {
    const number = box.locator('input[inputmode=decimal]');
    if (await number.count()) await number.fill('2');
    const choice = box.locator('select');
    if (await choice.count()) await choice.selectOption({index: 1});
    const words = box.locator('textarea, input[type=text]:not([inputmode])');
    if (await words.count()) await words.first().fill(note);
  }
}

test('the demo begins with people in different states, and says so nowhere but in their own places', async () => {
  const {people, conversations, demo: lines} = await snapshot();
  assert.equal(people.filter((who) => who.playable).length, 8);
  assert.ok(conversations.filter((c) => c.kind === 'mpim').length >= 3);
  assert.ok(lines.guide.length === 6);
  assert.ok(lines.completion['/milestone'].some((row) => row.verb === 'add'));
  assert.deepEqual(demo.said.filter((line) => line.includes('the past:')), []);
});

test('the story: a milestone, an agreement, a check-in, a message, three days, a nudge, settled', async () => {
  const [title, note, words] = [made_up('Draft the poster'), made_up('Going well'), made_up('Could you look at this')];
  const ana = await open(browser, demo.url, {as: ANA, at: pair});
  const priya = await open(browser, demo.url, {as: PRIYA, at: pair});
  await clean(ana, 'conversation');
  await picture(ana, 'first-minute');

  await send(ana, `/milestone add ${title} by in 4 weeks`);
  await message(ana, title).getByText('Only visible to you').waitFor();
  await move_on(priya, '1 hour');
  await message(priya, title).getByRole('button', {name: /agree/i}).first().click();
  await ana.locator('.log .message', {hasText: title}).filter({hasText: /agreed/i}).first().waitFor();

  await send(ana, '/checkin');
  const dialog = ana.locator('dialog.modal');
  await dialog.locator('.input').first().waitFor();
  await clean(ana, 'check-in form');
  await picture(ana, 'check-in');
  await fill_in(dialog, note);
  await dialog.getByRole('button', {name: /./}).last().click();
  await dialog.waitFor({state: 'hidden'});

  await send(ana, words);
  await message(priya, words).waitFor();
  await ana.reload();
  await message(ana, words).waitFor();

  for (let day = 0; day < 3; ++day) await move_on(priya, '1 day');
  await priya.locator(`[data-place=${await direct_of(PRIYA)}]`).click();
  const nudge = priya.locator('.log .message', {hasText: 'Ana'}).filter({has: priya.getByRole('button', {name: 'I replied elsewhere'})}).last();
  await nudge.waitFor();
  await put_guide_away(priya);
  await priya.locator('.who .owes', {hasText: 'has been waiting'}).waitFor();
  await picture(priya, 'nudge');
  await clean(priya, 'nudge');
  await nudge.getByRole('button', {name: 'I replied elsewhere'}).first().click();
  await priya.locator('.log s', {hasText: 'Ana'}).last().waitFor();
  await priya.locator('.who .owes').filter({hasNotText: 'has been waiting'}).waitFor();

  // the one who waits is told neither that the other was reminded nor how late it is
  const told = (await snapshot()).conversations.filter((c) => c.members.includes(ANA)).flatMap((c) => c.messages)
    .filter((m) => m.bot_id && (!m.ephemeral_to || m.ephemeral_to === ANA)).map((m) => JSON.stringify([m.text, m.blocks ?? '']));
  assert.deepEqual(told.filter((text) => /overdue|nudged|reminded|has been waiting/i.test(text)), []);

  for (const [page, what] of [[ana, 'protégé'], [priya, 'mentor']]) {
    await page.locator('[data-place=home]').click();
    await page.locator('.home .blocks').waitFor();
    await clean(page, `home of the ${what}`);
  }
  await put_guide_away(ana);
  await picture(ana, 'home');
  assert.deepEqual([...ana.complaints, ...priya.complaints], []);

  // no word of the conversation is anywhere in what the bot keeps
  for (const name of await readdir(data))
    if (/\.db|\.log|-wal/.test(name)) assert.ok(!(await readFile(join(data, name))).includes(words), `${name} holds what was said`);
});

test('the first minute can be put away and brought back, by keyboard', async () => {
  const page = await open(browser, demo.url, {as: ANA, at: pair});
  await page.getByRole('heading', {name: 'Log a milestone'}).waitFor();
  await page.getByRole('button', {name: 'Dismiss the first minute'}).press('Enter');
  await page.locator('.guide').waitFor({state: 'hidden'});
  assert.equal(await page.evaluate(() => document.activeElement.id), 'guide-again');
  await page.reload();
  await page.locator('#guide-again').waitFor();
  assert.ok(await page.locator('.guide').isHidden());
  await page.locator('#guide-again').press('Enter');
  await page.getByRole('heading', {name: 'Log a milestone'}).waitFor();
  await page.getByRole('button', {name: 'Write it for me'}).press('Enter');
  assert.match(await page.locator('#composer').inputValue(), /^\/milestone add /);
});

test('the coordinator, on a phone and in the dark', async () => {
  const page = await open(browser, demo.url, {as: CORA, at: 'home', size: PHONE, dark: true, touch: true});
  await page.locator('.home .blocks').waitFor();
  await clean(page, 'coordinator at home');
  await put_guide_away(page);
  await picture(page, 'coordinator-phone');
});

test('two demos run at once, and a port in use is no obstacle', async () => {
  const second = await start('rapport-demo', ['--port', demo.port]);
  assert.notEqual(second.port, demo.port);
  assert.ok(second.said.some((line) => line.includes('in use')));
  assert.equal(await second.stop(), 0);
});

// The demo as a child whose every phase can be met: what it printed so far, and how it ended.
async function child_until(seen, {args = ['--port', '0'], env = process.env} = {}) {
  const {spawn} = await import('node:child_process');
  const child = spawn(`${process.env.RAPPORT_BUILD}/rapport-demo`, args, {env});
  const ended = new Promise((done) => child.on('exit', (code, signal) => done([code, signal])));
  let said = '';
  await new Promise((found, failed) => {
    child.stdout.on('data', (text) => { said += text; if (seen.test(said)) found(); });
    ended.then(([code]) => failed(new Error(`ended with ${code}: ${said}`)));
  });
  return {child, ended, said: () => said};
}

for (const [phase, seen] of [['the first line is out', /Rapport, beside/], ['the bot starts', /starting the bot/], ['the past is played', /playing/], ['the page is open', /Ctrl-C ends/]]) {
  test(`Ctrl-C ends the demo cleanly when ${phase}, and leaves nothing behind`, async () => {
    const {child, ended, said} = await child_until(seen);
    child.kill('SIGINT');
    assert.deepEqual(await ended, [0, null]);
    const folder = /is in (\S+)/.exec(said())?.[1];
    if (folder) assert.equal(await readdir(folder).catch(() => 'gone'), 'gone');
  });
}

test('Ctrl-C while the clock is moved on by a month ends the demo cleanly', async () => {
  const {child, ended, said} = await child_until(/Ctrl-C ends/);
  const [url] = /http:\S+/.exec(said());
  const moving = fetch(`${url}/local/page/move`, {method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify({ms: 30 * 24 * 3600 * 1000})}).catch(() => null);
  child.kill('SIGINT');
  assert.deepEqual(await ended, [0, null]);
  await moving;
});

test('a terminal without colour and a machine without a browser get plain lines and an address', async () => {
  const {child, ended, said} = await child_until(/Ctrl-C ends/, {env: {TERM: 'dumb', NO_COLOR: '1', PATH: '/nowhere', TMPDIR: tmpdir()}});
  assert.match(said(), /Open http:\/\/127\.0\.0\.1:\d+ in a browser/);
  assert.doesNotMatch(said(), /\x1b/);
  child.kill('SIGINT');
  assert.deepEqual(await ended, [0, null]);
});

test('HTML in the title of a milestone and in a note is words on both screens', async () => {
  const hostile = `<img src=x onerror="window.broken=1"> ${made_up('<script>window.broken=1</script>')}`;
  const [ana, priya] = [await open(browser, demo.url, {as: ANA, at: pair}), await open(browser, demo.url, {as: PRIYA, at: pair})];
  await send(ana, `/milestone add ${hostile}`);
  await message(ana, hostile).first().waitFor();
  await move_on(priya, '1 hour');
  await message(priya, hostile).first().waitFor();
  await priya.locator('[data-place=home]').click();
  await priya.locator('.home', {hasText: hostile}).waitFor();
  for (const page of [ana, priya]) {
    assert.equal(await page.evaluate('window.broken'), undefined);
    assert.equal(await page.locator('main img, main script').count(), 0);
    assert.deepEqual(page.complaints, []);
  }
});

test('a home page left open follows what the other side does', async () => {
  const title = made_up('Visit the lab');
  const priya = await open(browser, demo.url, {as: PRIYA, at: 'home'});
  await priya.locator('.home .blocks').waitFor();
  await send(await open(browser, demo.url, {as: ANA, at: pair}), `/milestone add ${title}`);
  await move_on(priya, '1 hour'); // the minute in which an undo would be silent is over
  await priya.locator('.home', {hasText: title}).waitFor();
});

test('the box completes every verb of the app\'s own table', async () => {
  const {demo: {completion}} = await snapshot();
  const page = await open(browser, demo.url, {as: ANA, at: pair});
  for (const command of ['/milestone', '/mentoring', '/program'])
    for (const {verb} of completion[command].filter((row) => row.verb)) {
      await page.locator('#composer').fill(`${command} ${verb.slice(0, -1)}`);
      await page.locator('.completion li', {hasText: `${command} ${verb}`}).first().waitFor();
    }
  await page.locator('#composer').fill('');
});
