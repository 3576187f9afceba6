// What the tests of the API stand on: a real server on demonstration data, tokens of several roles, and its own description.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kPilar, serve } from '../support/server.mjs';

export const kFacility = 'melati-contoh';

/** A server with demonstration data: {url, folder, pilar(...words), token(role, place), stop()}. */
export async function startApi() {
  const folder = mkdtempSync(join(tmpdir(), 'pilar-api-'));
  const pilar = (...words) => execFileSync(kPilar, [...words, '--data', folder], { encoding: 'utf8', maxBuffer: 1 << 28 });
  pilar('migrate');
  pilar('demo');
  const tokens = new Map();
  const token = (role, place = kFacility) => {
    const key = `${role}@${place}`;
    if (!tokens.has(key)) tokens.set(key, JSON.parse(pilar('user', 'token', `uji ${key}`, '--role', role, '--place', place, '--json')).token);
    return tokens.get(key);
  };
  const server = await serve(['--data', folder], { stderr: 'inherit' });
  const stop = async () => {
    server.process.kill('SIGTERM');
    await server.ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: server.url, folder, pilar, token, stop };
}

/** One call: {status, type, headers, text, json(): of application/json and its kin}. */
export async function call(url, method, path, { token, body, type = 'application/json', headers = {} } = {}) {
  const sent = { ...headers };
  if (token) sent.Authorization = `Bearer ${token}`;
  if (body !== undefined) sent['Content-Type'] = type;
  const reply = await fetch(url + path, { method, headers: sent, body: body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body) });
  const text = await reply.text();
  return { status: reply.status, type: (reply.headers.get('content-type') ?? '').split(';')[0], headers: reply.headers, text, json: () => JSON.parse(text) };
}

/** A person in a browser without a script: post(path, {field: text or [blob, file name]}) sends the form of that page and answers where it leads. */
export async function signedIn(url, login, password) {
  const entered = await fetch(`${url}/masuk`, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ login, password }) });
  const headers = { Cookie: entered.headers.get('set-cookie').split(';')[0] };
  const post = async (path, fields) => {
    const page = await (await fetch(url + path, { headers })).text();
    const hidden = [...page.matchAll(/name="(csrf|version)" value="([^"]+)"/g)].map(([, name, value]) => [name, value]);
    const parts = Object.entries(fields).map(([name, value]) => [name, ...[value].flat()]);
    const isUpload = parts.some(([, value]) => typeof value !== 'string');
    const body = isUpload ? new FormData() : new URLSearchParams();
    for (const part of [...new Map(hidden), ...parts]) body.append(...part);
    const reply = await fetch(url + path, { method: 'POST', redirect: 'manual', headers, body });
    if (reply.status !== 303) throw new Error(`POST ${path} -> ${reply.status}: ${await reply.text()}`);
    return reply.headers.get('location');
  };
  return { post };
}

/** An id that nobody used. */
export const newId = () => crypto.randomUUID();
