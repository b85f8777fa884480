// Debian's Chromium, driven by playwright-core: opening the page as a person, and asking axe-core about it.
import {existsSync, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import assert from 'node:assert/strict';
import {chromium} from 'playwright-core';

export const WIDE = {width: 1280, height: 720};
export const PHONE = {width: 390, height: 844};

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export function where_chromium_is() {
  const found = [process.env.CHROMIUM, ...PLACES].find((path) => path && existsSync(path));
  assert.ok(found, 'Chromium is not installed: ./dev test installs it (Debian package chromium), or set CHROMIUM to its path');
  return found;
}

export function launch() {
  const args = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  if (process.getuid?.() === 0) args.push('--no-sandbox'); // as root the sandbox refuses to start
  return chromium.launch({executablePath: where_chromium_is(), args});
}

// The page as one person at one place, in a browser profile of its own. What the page complained of is in `complaints`.
export async function open(browser, url, {as, at, size = WIDE, dark = false, still = true, touch = false} = {}) {
  const context = await browser.newContext({viewport: size, colorScheme: dark ? 'dark' : 'light', reducedMotion: still ? 'reduce' : 'no-preference', hasTouch: touch});
  const page = await context.newPage();
  page.setDefaultTimeout(Number(process.env.RAPPORT_PATIENCE ?? 30_000)); // milliseconds; a busy machine is slow
  page.complaints = [];
  page.on('pageerror', (error) => page.complaints.push(String(error.stack ?? error)));
  page.on('console', (said) => said.type() === 'error' && page.complaints.push(`${said.text()} (${said.location().url})`));
  page.on('request', (asked) => {
    if (new URL(asked.url()).origin !== new URL(url).origin) page.complaints.push(`asked elsewhere: ${asked.url()}`);
  });
  await page.goto(url + (as ? `/#as=${as}${at ? `&at=${at}` : ''}` : ''));
  await page.locator('main').waitFor();
  return page;
}

// axe-core's findings on what is shown now; none is what is asked for. It is put in by evaluation, which the page's
// content policy does not stop and need not allow.
export async function clean(page, what) {
  const found = await page.evaluate(`(() => { ${axe}; return axe.run(document, {resultTypes: ['violations']}); })()`);
  const said = found.violations.flatMap((v) => v.nodes.map((n) => `${what}: ${v.id}: ${n.target.join(' ')}: ${n.failureSummary}`));
  assert.deepEqual(said, []);
}

export const last_message = (page) => page.locator('.log .message').last();
export const message = (page, words) => page.locator('.log .message').filter({hasText: words}).last();

export async function send(page, line) {
  await page.locator('#composer').fill(line);
  await page.locator('#composer').press('Enter');
}

// A picture for the README: only when RAPPORT_PICTURES names a folder.
export async function picture(page, name) {
  const folder = process.env.RAPPORT_PICTURES;
  if (folder) await page.screenshot({path: `${folder}/${name}.png`});
}
