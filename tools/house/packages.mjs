// tools/packages.txt: sections of "name | reason". Run by itself it prints docs/dependencies.md.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** [{name, says, packages: [{name, reason}]}] in the order of the file; the comment lines of a section are what it says. */
export function readPackages(text) {
  const sections = [];
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    const head = /^\[(\w+)\]\s*(.*)$/.exec(line);
    if (head) sections.push({ name: head[1], says: head[2], packages: [] });
    else if (line && !line.startsWith('#')) {
      const [name, reason] = line.split('|').map((part) => part.trim());
      if (!reason || sections.length === 0) throw new Error(`tools/packages.txt: "${line}" is not "name | reason" below a [section]`);
      sections.at(-1).packages.push({ name, reason });
    }
  }
  return sections;
}

export function dependenciesPage(text) {
  const lines = ['# Dependencies', '', 'Made from `tools/packages.txt` by `node tools/house/packages.mjs > docs/dependencies.md`; a law compares them.',
                 'A new dependency needs a decision in `docs/decisions/`.'];
  for (const section of readPackages(text)) {
    lines.push('', `## ${section.name}`, section.says, '', '| package | for |', '|---|---|');
    for (const { name, reason } of section.packages) lines.push(`| \`${name}\` | ${reason} |`);
  }
  return lines.join('\n') + '\n';
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.stdout.write(dependenciesPage(readFileSync(new URL('../packages.txt', import.meta.url), 'utf8')));
