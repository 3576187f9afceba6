// The project's text files as the laws see them: path -> text, and the views of a C++ file without comments or strings.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const kBinary = /\.(png|jpe?g|woff2?|ico|gz|zip|xlsx|pdf|db)$|^tests\/fuzz\/seeds\//;

/** All files that are in git or would be added, as Map(path -> text); binary ones are left out. */
export function readTree(root) {
  const names = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
  const tree = new Map();
  for (const path of names.split('\0').filter(Boolean).sort()) {
    const full = join(root, path);
    if (!kBinary.test(path) && existsSync(full) && statSync(full).isFile()) tree.set(path, readFileSync(full, 'utf8'));
  }
  return tree;
}

// A number first, because the ' in 1'000 opens no character.
const kToken = /\b\d[\da-fA-FxX'.]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/|R"([^\s()\\]{0,16})\([\s\S]*?\)\1"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'/g;
const blank = (text) => text.replace(/[^\n]/g, ' ');
const isComment = (token) => token.startsWith('//') || token.startsWith('/*');
const isString = (token) => /^(R"|"|')/.test(token);

/** C++ text with every comment blanked; lines and columns stay. */
export const withoutComments = (text) => text.replace(kToken, (token) => (isComment(token) ? blank(token) : token));

/** C++ text with comments and the insides of strings blanked; lines and columns stay. */
export const withoutStrings = (text) => text.replace(kToken, (token) => (isComment(token) || isString(token) ? blank(token) : token));

/** [{line, path, quoted}] of a C++ file. */
export function includesOf(text) {
  return [...withoutComments(text).matchAll(/^[ \t]*#[ \t]*include[ \t]*(?:"([^"\n]+)"|<([^>\n]+)>)/gm)].map((m) => ({
    line: lineAt(text, m.index),
    path: m[1] ?? m[2],
    quoted: m[1] !== undefined,
  }));
}

export const lineAt = (text, index) => text.slice(0, index).split('\n').length;
