// What the tests of the API stand on: a real server on demonstration data, tokens of several roles, and its own description.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyDemonstration } from '../support/demonstration.mjs';
import { signedIn } from '../support/person.mjs';
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

/** "2026-10": so many months ago, where the demonstration stands. */
export const monthsAgo = (n) => {
  const now = new Date(Date.now() + 7 * 3_600_000);
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - n, 1)).toISOString().slice(0, 7);
};

/** Gives the facility a code in DHIS2, and an indicator of its own that has codes there and is used from today on; answers its key. */
export async function addCodedIndicator(api) {
  const file = join(api.folder, 'kode.csv');
  writeFileSync(file, `kode,kode_dhis2\n${kFacility},OU_MELATI\n`);
  api.pilar('places', 'import', file);
  api.pilar('user', 'add', 'uji-indikator', '--role', 'ketua_tim_mutu', '--place', kFacility, '--name', 'Uji Indikator', '--password', 'melati di pagi hari');
  const person = await signedIn(api.url, 'uji-indikator', 'melati di pagi hari');
  await person.post('/kamus/tambah', {
    tempat: kFacility, seen: '0', key: 'uji-dhis2', title: 'Uji DHIS2', aim: 'Uji', definition: 'Hasil darah dalam 120 menit', numerator: 'Tepat waktu',
    denominator: 'Semua', responsible: 'Kepala laboratorium', source: 'uji', area: 'ukp', type: 'proses', pillar: 'ppk', level: 'fasilitas',
    safety_goal: '0', formula: 'laboratorium/lama_darah', effort_what_1: 'Pantau', effort_who_1: 'Analis',
    dhis2_numerator: 'UJI_N', dhis2_denominator: 'UJI_D', dhis2_option: 'HllvX50cXC0', dhis2_set: 'UJI', apa: 'terbit',
  });
  await person.post('/kamus/uji-dhis2/pakai', { tempat: kFacility, target: '', responsible: '', target_from: '' }, '/kamus/uji-dhis2');
  return 'uji-dhis2';
}
