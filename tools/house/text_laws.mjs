// The laws of all other texts: length, words, messages, documents, lock files.
import { dirname, join, normalize } from 'node:path';
import { lineAt, withoutComments } from './tree.mjs';
import { guidePage } from './guide.mjs';
import { dependenciesPage, readPackages } from './packages.mjs';

const isLaw = (path) => path.startsWith('tools/house/') || path.startsWith('tests/house/');

const kLengths = [
  { files: /^src\/.*\.(h|cpp)$|^frontend\/src\/.*\.ts$|^tools\//, limit: 400 },
  { files: /^tests\/.*\.(h|cpp|cc|mjs)$/, limit: 600 },
];
function fileLength(tree) {
  const bad = [];
  for (const { files, limit } of kLengths)
    for (const [path, text] of tree) {
      const lines = text.split('\n').length - 1;
      if (files.test(path) && lines > limit) bad.push(`${path}:${limit}: ${lines} lines; at most ${limit}`);
    }
  return bad;
}

function forbidden(pattern, say, applies = () => true) {
  return (tree) => {
    const bad = [];
    for (const [path, text] of tree) {
      if (isLaw(path) || !applies(path)) continue;
      for (const match of text.matchAll(pattern)) bad.push(`${path}:${lineAt(text, match.index)}: ${say(match)}`);
    }
    return bad;
  };
}

const nothingLeftOver = forbidden(/\b(TODO|FIXME|XXX)\b/g, (m) => `${m[1]}: finish it or leave it out`);
const ownMachine = forbidden(/(?<![\w.}$:/-])\/(?:root|work|workspace|Users|tmp\/\w+)\/[\w.-]+|(?<![\w}$:])\/home\/(?!pilar\b)\w+/g, (m) => `${m[0]} is a path of one machine`,
                             (path) => !path.startsWith('tests/') || path.endsWith('.mjs'));
const lockedWithoutHost = forbidden(/"resolved":/g, () => 'a lock file names no host: omit-lockfile-registry-resolved=true', (path) => path.endsWith('package-lock.json'));

const kWords = 'src/i18n/words/';
/** [{key, path, line}] of every MSG line. */
function messages(tree) {
  const all = [];
  for (const [path, text] of tree)
    if (path.startsWith(kWords) && path.endsWith('.def'))
      for (const match of withoutComments(text).matchAll(/\bMSG\(\s*(\w+)\s*,/g)) all.push({ key: match[1], path, line: lineAt(text, match.index) });
  return all;
}

function messagesUsed(tree) {
  const bad = [];
  const used = new Map();
  for (const [path, text] of tree)
    if (/^(src|tests|bench)\/.*\.(h|cpp|cc)$/.test(path) && path !== 'src/i18n/messages.cpp')
      for (const match of withoutComments(text).matchAll(/\bMsg::(\w+)\b/g)) {
        const inProgram = path.startsWith('src/');
        if (!used.get(match[1])?.inProgram) used.set(match[1], { inProgram, path, line: lineAt(text, match.index) });
      }
  const known = new Map();
  for (const message of messages(tree)) {
    const twin = known.get(message.key);
    if (twin) bad.push(`${message.path}:${message.line}: ${message.key} stands in ${twin.path} too`);
    known.set(message.key, message);
    if (!used.get(message.key)?.inProgram) bad.push(`${message.path}:${message.line}: nobody says ${message.key}`);
  }
  for (const [key, use] of used) if (!known.has(key)) bad.push(`${use.path}:${use.line}: Msg::${key} has no words`);
  return bad;
}

/** All words together, and a header of each topic, which says its sentences to whoever includes it. */
function wordsIncluded(tree) {
  const all = tree.get(`${kWords}all.def`) ?? '';
  const included = new Set([...all.matchAll(/#include "i18n\/words\/(\w+\.def)"/g)].map((m) => m[1]));
  const present = [...tree.keys()].filter((path) => path.startsWith(kWords) && path.endsWith('.def') && path !== `${kWords}all.def`).map((path) => path.slice(kWords.length));
  const topics = present.map((file) => file.slice(0, -'.def'.length));
  return [
    ...present.filter((file) => !included.has(file)).map((file) => `${kWords}all.def:1: ${file} is not included`),
    ...[...included].filter((file) => !present.includes(file)).map((file) => `${kWords}all.def:1: ${file} does not exist`),
    ...topics.filter((topic) => !tree.get(`${kWords}${topic}.h`)?.includes(`#include "i18n/words/${topic}.def"`)).map((topic) => `${kWords}${topic}.h:1: does not include ${topic}.def`),
  ];
}

/** A source, or its own header, includes the words of the topics whose sentences it says, and of no others: a new sentence compiles only what
 * has to do with it, and what is compiled together with others does not lean on them. */
function topicsIncluded(tree) {
  const topicOf = new Map(messages(tree).map(({ key, path }) => [key, path.slice(kWords.length, -'.def'.length)]));
  const said = (text) => new Set([...withoutComments(text).matchAll(/\bMsg::(\w+)/g)].map((match) => topicOf.get(match[1])).filter(Boolean));
  const included = (text) => new Set([...text.matchAll(/^#include "i18n\/words\/(\w+)\.h"/gm)].map((match) => match[1]));
  const bad = [];
  for (const [path, text] of tree) {
    if (!/^(src|tests)\/.*\.(h|cpp|cc)$/.test(path) || path.startsWith(kWords) || path === 'src/i18n/messages.cpp') continue;
    const needed = said(text), here = included(text);
    const above = included(tree.get(path.replace(/\.cpp$/, '.h')) ?? '');
    for (const topic of needed) if (!here.has(topic) && !above.has(topic)) bad.push(`${path}:1: says words of i18n/words/${topic}.h without including it`);
    for (const topic of here) if (!needed.has(topic)) bad.push(`${path}:1: includes i18n/words/${topic}.h and says none of its words`);
  }
  return bad;
}

function linksLead(tree) {
  const bad = [];
  const folders = new Set([...tree.keys()].flatMap((path) => path.split('/').slice(0, -1).map((_, i, all) => all.slice(0, i + 1).join('/'))));
  for (const [path, text] of tree) {
    if (!path.endsWith('.md')) continue;
    for (const match of text.matchAll(/\]\((?!\w+:|#)([^)\s#]+)(?:#[^)]*)?\)/g)) {
      const isPage = path.startsWith('help/') && match[1].startsWith('/');
      const target = normalize(join(dirname(path), match[1])).replace(/\/$/, '');
      if (isPage && [...tree].some(([file, source]) => file.startsWith('src/web/') && source.includes(`Method::Get, "${match[1]}"`))) continue;
      // Pictures are not read into the tree.
      if (!tree.has(target) && !folders.has(target) && !/\.(png|svg)$/.test(target)) bad.push(`${path}:${lineAt(text, match.index)}: the link to ${match[1]} leads nowhere`);
    }
  }
  return bad;
}

function dependenciesSaid(tree) {
  const list = tree.get('tools/packages.txt') ?? '';
  const { npm = [] } = Object.fromEntries(readPackages(list).map((section) => [section.name, section.packages]));
  const listed = new Map(npm.map((row) => [row.name, row]));
  const bad = [];
  const wanted = new Set();
  for (const [path, text] of tree)
    if (/^(frontend|tests\/(api|e2e))\/package\.json$/.test(path)) {
      const { dependencies = {}, devDependencies = {} } = JSON.parse(text);
      for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
        wanted.add(name);
        if (!listed.has(name)) bad.push(`tools/packages.txt:1: ${name} of ${path} has no line with its reason under [npm]`);
        if (!/^\d/.test(version)) bad.push(`${path}:1: ${name} is not pinned to one version`);
      }
    }
  for (const name of listed.keys()) if (!wanted.has(name)) bad.push(`tools/packages.txt:1: ${name} stands under [npm], but no package.json names it`);
  if (tree.get('docs/dependencies.md') !== dependenciesPage(list)) bad.push('docs/dependencies.md:1: stale; node tools/house/packages.mjs > docs/dependencies.md');
  return bad;
}

function guideFresh(tree) {
  const chapters = [...tree].filter(([path]) => /^help\/id\/.*\.md$/.test(path)).map(([path, text]) => [path.slice('help/id/'.length), text]).sort();
  if (chapters.length === 0 || tree.get('docs/panduan.md') === guidePage(chapters)) return [];
  return ['docs/panduan.md:1: stale; node tools/house/guide.mjs > docs/panduan.md'];
}

/** Every component is on the style page, by itself or as a part of another. */
function componentsShown(tree) {
  const headers = ['components', 'forms', 'drawings', 'charts'];
  const shown = [...tree].filter(([path]) => /^src\/web\/style_\w+\.cpp$/.test(path)).map(([, text]) => withoutComments(text)).join('\n');
  if (shown === '') return [];
  const parts = [...headers, 'layout'].map((name) => withoutComments(tree.get(`src/web/${name}.cpp`) ?? '')).join('\n');
  const bad = [];
  for (const name of headers) {
    const path = `src/web/${name}.h`, text = withoutComments(tree.get(path) ?? '');
    for (const match of text.matchAll(/^void (draw_\w+)\(/gm)) {
      const called = new RegExp(`(?<!^void )\\b${match[1]}\\(`, 'm');
      if (!called.test(shown) && !called.test(parts)) bad.push(`${path}:${lineAt(text, match.index)}: the style page does not show ${match[1]}`);
    }
  }
  return bad;
}

export const textLaws = [
  { name: 'files stay short', check: fileLength },
  { name: 'nothing left for later', check: nothingLeftOver },
  { name: 'no path of one machine', check: ownMachine },
  { name: 'lock files name no host', check: lockedWithoutHost },
  { name: 'every message is said', check: messagesUsed },
  { name: 'every words file is included', check: wordsIncluded },
  { name: 'sources include the words they say', check: topicsIncluded },
  { name: 'links lead somewhere', check: linksLead },
  { name: 'dependencies have a reason', check: dependenciesSaid },
  { name: 'the guide is one', check: guideFresh },
  { name: 'the style page shows every component', check: componentsShown },
];
