// What a half-typed line may become: commands from the app's manifest, verbs and their usage from the app's own
// tables, people after an @. Pure: text and place in, suggestions out.

// Each suggestion: {says, usage, summary, from, to, becomes, cursor}: `becomes` replaces the text from..to. `known` =
// {commands: [{command, description, usage_hint}], verbs: {"/milestone": [{verb, usage, summary}]}, people: [{name, handle, title}]}.
export function complete(text, cursor, known, most = 8) {
  const before = text.slice(0, cursor);
  return (people_at(before, known) ?? verbs_at(before, text, known) ?? commands_at(before, text, known) ?? []).slice(0, most);
}

function commands_at(before, text, {commands}) {
  if (!/^\/\S*$/.test(before)) return null;
  return commands.filter((c) => c.command.startsWith(before.toLowerCase())).map((c) => ({
    says: c.command, usage: c.usage_hint ?? '', summary: c.description ?? '', from: 0, to: before.length + /^\S*/.exec(text.slice(before.length))[0].length,
    becomes: `${c.command} `,
  }));
}

function verbs_at(before, text, {verbs}) {
  const found = /^(\/\S+)\s+(.*)$/s.exec(before);
  const rows = found && verbs[found[1].toLowerCase()];
  if (!rows) return null;
  const [, command, said] = found;
  const from = before.length - said.length;
  const words = said.toLowerCase();
  return rows.filter((row) => row.verb && row.verb.startsWith(words) && row.verb !== words.trimEnd()).map((row) => ({
    says: `${command} ${row.verb}`, usage: row.usage ?? '', summary: row.summary ?? '', from, to: text.length, becomes: row.usage ? `${row.verb} ` : row.verb,
  }));
}

function people_at(before, {people}) {
  const found = /(^|\s)@([\p{L}\p{N}._ -]{0,30})$/u.exec(before);
  if (!found) return null;
  const typed = found[2].toLowerCase();
  const from = before.length - found[2].length - 1;
  const fits = people.filter((who) => who.handle.toLowerCase().startsWith(typed) || who.name.toLowerCase().split(/\s+/).some((w) => w.startsWith(typed)) || who.name.toLowerCase().startsWith(typed));
  const done = people.some((who) => `${who.handle} ` === found[2] || who.handle === found[2]);
  return done ? [] : fits.map((who) => ({says: `@${who.handle}`, usage: who.name, summary: who.title ?? '', from, to: before.length, becomes: `@${who.handle} `}));
}

// The row a line is about: its usage is shown under the box while it is written.
export function usage_of(text, {commands, verbs}) {
  const found = /^(\/\S+)(?:\s+(.*))?$/s.exec(text);
  if (!found) return null;
  const command = found[1].toLowerCase();
  const said = (found[2] ?? '').toLowerCase();
  const row = (verbs[command] ?? []).filter((r) => r.verb && (said === r.verb || said.startsWith(`${r.verb} `))).sort((a, b) => b.verb.length - a.verb.length)[0];
  if (row) return {line: `${command} ${row.verb} ${row.usage ?? ''}`.trim(), summary: row.summary ?? ''};
  const listed = commands.find((c) => c.command === command);
  return listed ? {line: `${command} ${listed.usage_hint ?? ''}`.trim(), summary: listed.description ?? ''} : null;
}
