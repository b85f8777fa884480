// Moments in words, in the zone of whoever is looking; `now` is always the workspace's clock, never this machine's.

const formats = new Map();

function format(zone, options) {
  const key = zone + JSON.stringify(options);
  if (!formats.has(key)) {
    let made;
    try {
      made = new Intl.DateTimeFormat('en-GB', {timeZone: zone || 'UTC', ...options});
    } catch {
      made = new Intl.DateTimeFormat('en-GB', {timeZone: 'UTC', ...options}); // a zone this browser does not know
    }
    formats.set(key, made);
  }
  return formats.get(key);
}

// The ts of a message ("1793613600.000100") in milliseconds.
export const ms_of = (ts) => Math.floor(Number(ts) * 1000);

export const time = (ms, zone) => format(zone, {hour: '2-digit', minute: '2-digit'}).format(ms);
export const day_key = (ms, zone) => format(zone, {year: 'numeric', month: '2-digit', day: '2-digit'}).format(ms);
export const short_day = (ms, zone) => format(zone, {weekday: 'short', day: 'numeric', month: 'short'}).format(ms);
export const long_day = (ms, zone) => format(zone, {weekday: 'long', day: 'numeric', month: 'long', year: 'numeric'}).format(ms);
export const weekday = (ms, zone) => format(zone, {weekday: 'long'}).format(ms);
export const day_and_month = (ms, zone) => format(zone, {day: 'numeric', month: 'long', year: 'numeric'}).format(ms);
export const exact = (ms, zone) => `${long_day(ms, zone)}, ${time(ms, zone)} ${zone_label(ms, zone)}`;

export function zone_label(ms, zone) {
  const parts = format(zone, {timeZoneName: 'short'}).formatToParts(ms);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
}

// "Today", "Yesterday", "Tomorrow" or nothing.
export function near_day(ms, now, zone) {
  for (const [days, word] of [[0, 'Today'], [-1, 'Yesterday'], [1, 'Tomorrow']])
    if (day_key(ms, zone) === day_key(now + days * 86400000, zone)) return word;
  return '';
}

export const day_heading = (ms, now, zone) => near_day(ms, now, zone) || long_day(ms, zone);

export function ago(ms, now) {
  const past = ms <= now;
  const minutes = Math.round(Math.abs(now - ms) / 60000);
  const [n, unit] = minutes < 60 ? [minutes, 'minute'] : minutes < 1440 ? [Math.round(minutes / 60), 'hour'] : [Math.round(minutes / 1440), 'day'];
  if (n === 0) return 'now';
  const words = `${n} ${unit}${n === 1 ? '' : 's'}`;
  return past ? `${words} ago` : `in ${words}`;
}

// The platform's date tokens: "{date_short} at {time}".
export function by_tokens(tokens, seconds, now, zone) {
  const ms = seconds * 1000;
  const pretty = (plain) => near_day(ms, now, zone).toLowerCase() || plain;
  const words = {
    date_num: () => {
      const [d, m, y] = day_key(ms, zone).split('/');
      return `${y}-${m}-${d}`;
    },
    date: () => day_and_month(ms, zone),
    date_short: () => format(zone, {day: 'numeric', month: 'short', year: 'numeric'}).format(ms),
    date_long: () => long_day(ms, zone),
    date_pretty: () => pretty(day_and_month(ms, zone)),
    date_short_pretty: () => pretty(format(zone, {day: 'numeric', month: 'short', year: 'numeric'}).format(ms)),
    date_long_pretty: () => pretty(long_day(ms, zone)),
    time: () => time(ms, zone),
    time_secs: () => format(zone, {hour: '2-digit', minute: '2-digit', second: '2-digit'}).format(ms),
    ago: () => ago(ms, now),
  };
  let known = true;
  const said = tokens.replace(/\{(\w+)\}/g, (all, word) => (words[word] ? words[word]() : ((known = false), all)));
  return known ? said : null;
}
