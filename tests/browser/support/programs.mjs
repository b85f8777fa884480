// The programs under test as children: started on a port of their own, stopped by the signal of Ctrl-C, and their
// control surface over HTTP. RAPPORT_BUILD names the folder they were built in.
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {createInterface} from 'node:readline';
import assert from 'node:assert/strict';

const build = process.env.RAPPORT_BUILD ?? '.';

// Runs until stopped; `url` is the address it printed. What it says is kept for the message of a failure.
export async function start(name, args = []) {
  const child = spawn(`${build}/${name}`, args, {stdio: ['ignore', 'pipe', 'pipe'], env: {...process.env, TERM: 'dumb'}});
  const said = [];
  const ended = once(child, 'exit');
  createInterface({input: child.stderr}).on('line', (line) => said.push(line));
  const url = await new Promise((found, failed) => {
    createInterface({input: child.stdout}).on('line', (line) => {
      said.push(line);
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
      if (address) found(address);
    });
    ended.then(([code]) => failed(new Error(`${name} ended with ${code}: ${said.join('\n')}`)));
    child.on('error', failed);
  });
  const stop = async () => {
    child.kill('SIGINT');
    const [code, signal] = await ended;
    assert.equal(signal, null, `${name} had to be killed`);
    return code;
  };
  return {url, stop, said, port: new URL(url).port};
}

export async function ask(url, path, body, method = 'POST') {
  const answer = await fetch(url + path, body === undefined ? {} : {method, headers: {'content-type': 'application/json'}, body: JSON.stringify(body)});
  return answer.json();
}
