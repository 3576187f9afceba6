// A real PostgreSQL for tests: a cluster of its own on a free loopback port, never outliving the test.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.mjs';
import { freePort, started } from './server.mjs';

const kPrograms = '/usr/lib/postgresql/15/bin';
const idOf = (which) => Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' }));
// PostgreSQL refuses to run as root.
const ownerOf = () => (process.getuid() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {});

export class Postgres {
  /** An empty cluster, or a copy of the data folder of one that was stopped in good order. */
  static async make({ from } = {}) {
    const one = new Postgres();
    one.folder = mkdtempSync(join(tmpdir(), 'pilar-postgres-'));
    chmodSync(one.folder, 0o755);
    one.data = join(one.folder, 'data');
    one.port = await freePort();
    one.owner = ownerOf();
    if (one.owner.uid) chownSync(one.folder, one.owner.uid, one.owner.gid);
    if (from) execFileSync('cp', ['-a', from, one.data]);
    else execFileSync(`${kPrograms}/initdb`, ['-D', one.data, '-U', 'pilar', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'], { ...one.owner, cwd: '/', stdio: 'ignore' });
    await one.start();
    return one;
  }
  get url() {
    return `postgresql://pilar@127.0.0.1:${this.port}/postgres`;
  }
  async start() {
    const words = ['-D', this.data, '-p', this.port, '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='];
    this.process = started(spawn(`${kPrograms}/postgres`, words, { ...this.owner, cwd: '/', stdio: 'ignore' }));
    const ask = ['-q', '-h', '127.0.0.1', '-p', this.port];
    await eventually('PostgreSQL starts', () => spawnSync(`${kPrograms}/pg_isready`, ask).status === 0);
  }
  /** At once, as when its machine fails: nothing is finished. */
  stop() {
    return this.endWith('SIGQUIT');
  }
  /** In good order, so that the data folder can be copied, and without its log, which would be most of it. */
  async rest() {
    await this.endWith('SIGINT');
    execFileSync(`${kPrograms}/pg_resetwal`, ['-D', this.data], { ...this.owner, cwd: '/', stdio: 'ignore' });
  }
  /** It stays connected and answers nothing until freed. Its processes are children of the one that was started. */
  freeze() {
    this.signalAll('SIGSTOP');
  }
  free() {
    this.signalAll('SIGCONT');
  }
  signalAll(signal) {
    const { pid } = this.process;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
    for (const one of [pid, ...children]) process.kill(one, signal);
  }
  async endWith(signal) {
    const ended = new Promise((resolve) => this.process.on('exit', resolve));
    this.process.kill(signal);
    await ended;
  }
  async end() {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
