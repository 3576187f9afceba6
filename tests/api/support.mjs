// What the tests of the API stand on: a real server on demonstration data, tokens of several roles, and its own description.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyDemonstration } from '../support/demonstration.mjs';
import { kPilar, serve } from '../support/server.mjs';

export const kFacility = 'melati-contoh';

/** A server with demonstration data: {url, folder, pilar(...words), token(role, place), stop()}. */
export async function startApi() {
  const folder = mkdtempSync(join(tmpdir(), 'pilar-api-'));
  const pilar = (...words) => execFileSync(kPilar, [...words, '--data', folder], { encoding: 'utf8', maxBuffer: 1 << 28 });
  await copyDemonstration('SQLite', folder);
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

/** An id that nobody used. */
export const newId = () => crypto.randomUUID();
