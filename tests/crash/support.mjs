// What the crash tests stand on: a real server that can be killed, and the ledger that counts afterwards what is on the disk.
import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { kPilar, program, serve } from '../support/server.mjs';

const kLedger = process.env.LEDGER ?? program('pilar_ledger');
const kPatience = 30_000;

export const makeFolder = () => mkdtempSync(join(tmpdir(), 'pilar-crash-'));
export const removeFolder = (folder) => rmSync(folder, { recursive: true, force: true });

/** A store in `folder` with the facilities f1..f3 of two units, and the server on it. */
export class Pilar {
  /** `url` names the database; without it the folder holds it. */
  static make(folder, url = `sqlite:${folder}/pilar.db`) {
    const one = new Pilar();
    Object.assign(one, { folder, database: url, agent: new Agent({ keepAlive: true }) });
    execFileSync(kPilar, ['migrate', '--data', folder, '--database', url], { stdio: ['ignore', 'ignore', 'pipe'] });
    one.token = /token=(\S+)/.exec(execFileSync(kLedger, ['make', folder, url, '3', '2'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }))[1];
    return one;
  }
  /** `words` are further words for `pilar serve`. */
  async start(...words) {
    Object.assign(this, await serve(['--data', this.folder, '--database', this.database, ...words]));
  }
  /** The same; what the server says to the operator comes together in `log`. */
  async startLogged(...words) {
    Object.assign(this, await serve(['--data', this.folder, '--database', this.database, ...words], { stderr: 'pipe' }), { log: '' });
    this.process.stderr.setEncoding('utf8').on('data', (text) => (this.log += text));
    this.logEnded = new Promise((resolve) => this.process.stderr.on('end', resolve));
  }
  /** In the middle of whatever it does. */
  async kill() {
    this.process.kill('SIGKILL');
    this.agent.destroy();
    await this.ended;
  }
  /** As an operator does it; a server that ends otherwise than well is a failure. */
  async stop() {
    this.agent.destroy();
    this.process.kill('SIGTERM');
    const how = await this.ended;
    if (how !== 0) throw new Error(`the server ended with ${how}`);
  }
  /** {status, type, headers, text}; rejects when the connection breaks. */
  ask(method, path, body, headers = {}) {
    return new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port: this.port, agent: this.agent, method, path, headers, timeout: kPatience }, (response) => {
        const parts = [];
        response.on('data', (part) => parts.push(part));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode, type: response.headers['content-type'], headers: response.headers, text: Buffer.concat(parts).toString() }));
      });
      asked.on('error', reject);
      asked.on('timeout', () => asked.destroy(new Error('no answer')));
      asked.end(body);
    });
  }
  /** Sends one record over the API. `record` is an object, or bytes sent as they are. */
  post(record, { path = '/api/v1/records', token = this.token, language = 'id' } = {}) {
    const body = record instanceof Uint8Array || typeof record === 'string' ? record : JSON.stringify(record);
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body), 'Accept-Language': language };
    return this.ask('POST', path, body, token ? { ...headers, Authorization: `Bearer ${token}` } : headers);
  }
  /** What is on the disk now: the ids of all records, and what the recount and the audit trails found wrong. */
  check() {
    const told = spawnSync(kLedger, ['check', this.folder, this.database], { encoding: 'utf8', maxBuffer: 1 << 28 });
    if (told.status !== 0 && told.status !== 3) throw new Error(`pilar_ledger check: ${told.stderr}`);
    return { ids: new Set(told.stdout.split('\n').filter(Boolean)), wrong: told.status === 3 ? told.stderr : '' };
  }
}

let turn = 0;
/** A record that has not been sent before. */
export function newRecord() {
  turn += 1;
  return {
    id: randomUUID(),
    instrument: 'kessan',
    facility: `f${1 + (turn % 3)}`,
    unit: `u${1 + (turn % 2)}`,
    at: new Date().toISOString(),
    answers: { nilai: 1 + (turn % 5), penjamin: turn % 3 ? 'jkn' : 'umum', janji_ramah: turn % 7 ? 'ditepati' : 'tidak' },
  };
}

/** Several clients that send records until stopped; keeps what was acknowledged, what got no answer and each answer's status. */
export class Load {
  constructor(pilar, clients = 8) {
    Object.assign(this, { pilar, acknowledged: [], unanswered: [], statuses: new Map(), refusals: [], going: true });
    this.clients = Array.from({ length: clients }, () => this.run());
  }
  async run() {
    while (this.going) {
      const record = newRecord();
      try {
        const answer = await this.pilar.post(record);
        this.statuses.set(answer.status, (this.statuses.get(answer.status) ?? 0) + 1);
        if (answer.status === 201) this.acknowledged.push(record);
        else {
          this.refusals.push(answer);
          await sleep(5);
        }
      } catch {
        this.unanswered.push(record);
        if (this.pilar.process.killed) return;
      }
    }
  }
  count(status) {
    return this.statuses.get(status) ?? 0;
  }
  async stop() {
    this.going = false;
    await Promise.all(this.clients);
  }
}

