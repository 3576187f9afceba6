// A real `pilar serve` for tests: on a free port, answering when it is handed over, never outliving the test.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const program = (name) => fileURLToPath(new URL(`../../build/release/${name}`, import.meta.url));
export const kPilar = process.env.PILAR ?? program('pilar');
const kStartMillis = 30_000;

/** For programs that cannot take port 0 themselves. */
export const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const children = new Set();
process.on('exit', () => children.forEach((child) => child.kill('SIGKILL')));
/** However a test ends, this child ends with it. */
export function started(child) {
  children.add(child);
  child.on('exit', () => children.delete(child));
  return child;
}

/** Serves with these words: {url, port, process, ended: its exit code or signal}. Rejects when it ends before it serves. */
export async function serve(words, { stderr = 'ignore' } = {}) {
  const child = started(spawn(kPilar, ['serve', '--port', '0', ...words], { stdio: ['ignore', 'pipe', stderr] }));
  const ended = new Promise((resolve) => child.on('exit', (code, signal) => resolve(signal ?? code)));
  const url = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('pilar serve does not say where it serves')), kStartMillis);
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /https?:\/\/\S+(?=\/$)/.exec(line);
      if (found) resolve(found[0]);
    });
    ended.then((how) => reject(new Error(`pilar serve ended with ${how}`)));
    child.on('exit', () => clearTimeout(late));
    child.stdout.once('data', () => clearTimeout(late));
  });
  return { url, port: Number(new URL(url).port), process: child, ended };
}
