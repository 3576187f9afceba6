// The laws of the C++ sources. Each law: name, and check(tree) -> ["path:line: what is wrong"].
import { includesOf, lineAt, withoutComments, withoutStrings } from './tree.mjs';

const isCpp = (path) => /\.(h|cpp|cc)$/.test(path);
const layerOf = (path) => /^src\/(\w+)\//.exec(path)?.[1];
const sources = (tree) => [...tree].filter(([path]) => path.startsWith('src/') && isCpp(path));

/** Every match of `pattern` (global) in `view(text)` of the files. */
function matches(files, view, pattern, say) {
  const bad = [];
  for (const [path, text] of files)
    for (const match of view(text).matchAll(pattern)) bad.push(`${path}:${lineAt(text, match.index)}: ${say(match, path)}`);
  return bad;
}

/** layers.txt as Map(layer -> Set of what it sees), itself included; `wrong` says where the file is no law. */
export function readLayers(text) {
  const layers = new Map();
  const wrong = [];
  text.split('\n').forEach((raw, index) => {
    const line = raw.replace(/#.*/, '').trim();
    if (!line) return;
    const [layer, seen] = line.split(':').map((part) => part.trim());
    if (seen === undefined || layers.has(layer)) wrong.push(`layers.txt:${index + 1}: "${line}" is not "layer: layers above it", once each`);
    const names = (seen ?? '').split(/\s+/).filter(Boolean);
    for (const name of names) if (!layers.has(name)) wrong.push(`layers.txt:${index + 1}: ${layer} may see ${name}, which is not above it`);
    layers.set(layer, new Set([layer, ...names]));
  });
  return { layers, wrong };
}

function layerOrder(tree) {
  const { layers, wrong } = readLayers(tree.get('layers.txt') ?? '');
  const bad = [...wrong];
  for (const [path, text] of sources(tree)) {
    const layer = layerOf(path);
    if (layer && !layers.has(layer)) bad.push(`${path}:1: the folder ${layer} does not stand in layers.txt`);
    for (const include of includesOf(text)) {
      if (!include.quoted) continue;
      const other = include.path.split('/')[0];
      if (!layers.has(other) || !include.path.includes('/')) bad.push(`${path}:${include.line}: "${include.path}" does not begin with a layer`);
      else if (layer && !layers.get(layer)?.has(other)) bad.push(`${path}:${include.line}: ${layer} may not include ${other}`);
    }
  }
  return bad;
}

const kSql = /"[^"\n]*\b(SELECT\s|INSERT\s+INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|CREATE\s+TABLE\s|PRAGMA\s)/g;
const sqlInStore = (tree) =>
  matches(sources(tree).filter(([path]) => layerOf(path) !== 'store'), withoutComments, kSql, () => 'SQL stands in store/ only');

const kImpure = /<(iostream|fstream|filesystem|thread|mutex|atomic|future|condition_variable|ctime|time\.h|sqlite3\.h|libpq-fe\.h)>|_clock::now|\brandom_device\b|\bgetenv\b|\bthread_local\b/g;
const pureCore = (tree) =>
  matches(sources(tree).filter(([path]) => ['math', 'domain'].includes(layerOf(path))), withoutComments, kImpure, (m, path) => `${layerOf(path)} is pure: no ${m[0]}`);

const kStandard = new Set(
  ('algorithm any array atomic barrier bit bitset cassert cctype cerrno cfenv cfloat charconv chrono cinttypes climits clocale cmath compare ' +
   'complex concepts condition_variable coroutine csetjmp csignal cstdarg cstddef cstdint cstdio cstdlib cstring ctime cuchar cwchar cwctype ' +
   'deque exception execution expected filesystem forward_list fstream functional future initializer_list iomanip ios iosfwd iostream istream ' +
   'iterator latch limits list locale map memory memory_resource mutex new numbers numeric optional ostream queue random ranges ratio regex ' +
   'scoped_allocator semaphore set shared_mutex source_location span spanstream sstream stack stacktrace stdexcept stop_token streambuf string ' +
   'string_view system_error thread tuple type_traits typeindex typeinfo unordered_map unordered_set utility valarray variant vector version ' +
   // of the operating system
   'dirent.h errno.h fcntl.h ifaddrs.h malloc.h netdb.h poll.h pwd.h signal.h spawn.h stdio.h stdlib.h string.h termios.h time.h unistd.h').split(' '));
const isStandard = (path) => kStandard.has(path) || /^(sys|arpa|netinet|net|linux)\//.test(path);
// Libraries that several files of one layer drive: the HTTP server, and hashes beside passwords.
const kDrivenTogether = { 'boost/asio': 'http', 'boost/beast': 'http', 'boost/system': 'http', 'boost/url': 'http', openssl: 'http', sodium: 'base' };

/** The library an include belongs to: boost/json.hpp and boost/json/src.hpp are both boost/json. */
export function libraryOf(path) {
  const parts = path.replace(/\.hp?p?$/, '').split('/');
  return parts[0] === 'boost' ? parts.slice(0, 2).join('/') : parts[0];
}

function oneDriver(tree) {
  const users = new Map();
  const bad = [];
  for (const [path, text] of sources(tree))
    for (const include of includesOf(text)) {
      if (include.quoted || isStandard(include.path)) continue;
      const library = libraryOf(include.path);
      if (path.endsWith('.h')) bad.push(`${path}:${include.line}: <${include.path}> in a header; a third-party header is seen by one .cpp`);
      if (kDrivenTogether[library] === layerOf(path)) continue;
      users.set(library, (users.get(library) ?? new Map()).set(path, include.line));
    }
  for (const [library, files] of users)
    if (files.size > 1) for (const [path, line] of files) bad.push(`${path}:${line}: ${library} is seen by ${files.size} files: ${[...files.keys()].join(' ')}`);
  return bad;
}

const kLocale =
  /\bstd::(stoi|stol|stoll|stoul|stoull|stof|stod|stold|strto\w+|ato[fil]l?|to(?:lower|upper)|is(?:alpha|alnum|digit|space|upper|lower|punct|print|xdigit|cntrl)|localtime|strftime|mktime|setlocale|locale|w?regex)\b|(?<![\w:.>])(strto(?:d|f|l|ll|ul|ull|ld)|ato[fil]l?|tolower|toupper|localtime(?:_r)?|strftime|setlocale)\s*\(/g;
const noLocale = (tree) => matches(sources(tree), withoutStrings, kLocale, (m) => `${m[1] ?? m[2]} depends on the locale; use base/text.h, base/time.h or RE2`);

/** The operand of the co_await at `from`, up to the end of its expression. */
function awaited(code, from) {
  let depth = 0;
  for (let i = from; i < code.length; ++i) {
    if ('([{'.includes(code[i])) ++depth;
    if (')]}'.includes(code[i]) && --depth < 0) return code.slice(from, i);
    if (depth === 0 && ';,'.includes(code[i])) return code.slice(from, i);
  }
  return code.slice(from);
}

function namedAwaits(tree) {
  const bad = [];
  for (const [path, text] of sources(tree)) {
    const code = withoutStrings(text);
    for (const match of code.matchAll(/\bco_(await|return|yield)\b/g)) {
      const at = `${path}:${lineAt(text, match.index)}`;
      if (layerOf(path) !== 'http') bad.push(`${at}: coroutines live in http/ only`);
      else if (match[1] === 'await' && awaited(code, match.index + match[0].length).includes('{'))
        bad.push(`${at}: co_await takes named locals; g++ 12 destroys a braced temporary or a lambda in it twice`);
    }
  }
  return bad;
}

/** What a text declares in anonymous namespaces: types and constants by name, functions with their parameters. */
function hiddenNames(text) {
  const names = [];
  const code = withoutComments(text);
  for (const part of code.matchAll(/^namespace \{\n([\s\S]*?)^\}/gm))
    for (const match of part[1].matchAll(/^(?:(?:struct|class|enum class) (\w+)\b(?!.*;$)|\S[^(={\n]*\b(k[A-Z]\w*)\b|(?!using|template|return)[\w:][^(={;\n]*[ *&](\w+\([^)]*\))[^;\n]*\{)/gm))
      names.push({ name: match[1] ?? match[2] ?? match[3].replace(/\s+/g, ' '), line: lineAt(code, part.index + part[0].indexOf(part[1]) + match.index) });
  return names;
}
const namespaceOf = (text) => /^namespace (pilar[\w:]*) \{/m.exec(text)?.[1];

function namesOnce(tree) {
  const bad = [];
  const seen = new Map();
  for (const [path, text] of sources(tree).filter(([path]) => path.endsWith('.cpp')))
    for (const { name, line } of hiddenNames(text)) {
      const key = `${layerOf(path)} ${namespaceOf(text)} ${name}`;
      const twin = seen.get(key) ?? path;
      if (twin !== path) bad.push(`${path}:${line}: ${name} stands in ${twin} too; release builds join the files of a layer`);
      seen.set(key, twin);
    }
  return bad;
}

const guardedHeaders = (tree) =>
  sources(tree).filter(([path, text]) => path.endsWith('.h') && !/^#pragma once$/m.test(text)).map(([path]) => `${path}:1: no #pragma once`);

const kRawAllocation = /(?<![\w.>:])(malloc|calloc|realloc)\s*\(|\bstd::(malloc|calloc|realloc)\b|\bcatch\s*\(\s*\.\.\.\s*\)\s*\{\s*\}/g;
const nothingSwallowed = (tree) =>
  matches(sources(tree), withoutStrings, kRawAllocation, (m) => (m[0].startsWith('catch') ? 'an exception is swallowed' : 'memory is owned by values, not by malloc'));

/** The names before the colons of scopes.txt. */
const excusedUseCases = (text) =>
  new Set(text.split('\n').map((line) => line.replace(/#.*/, '').trim()).filter(Boolean).map((line) => line.split(':')[0].trim()));

const kUseCase = /[\w>&*]\s+(\w+)\((?:const )?Context& context\b((?:[^()]|\([^()]*\))*)\)/g;
/** A use case says on whose behalf it works: it takes a scope or a person; what runs inside a transaction has been asked before. */
function scopedUseCases(tree) {
  const excused = excusedUseCases(tree.get('scopes.txt') ?? '');
  const bad = [];
  for (const [path, text] of sources(tree).filter(([path]) => /^src\/app\/\w+\.h$/.test(path)))
    for (const match of withoutComments(text).matchAll(kUseCase)) {
      const [, name, rest] = match;
      const isScoped = /\bconst (Scope|Person)& \w+|\bstore::(Tx|Write)& \w+/.test(rest);
      if (isScoped === excused.has(name))
        bad.push(isScoped ? `${path}:${lineAt(text, match.index)}: ${name} has a scope; scopes.txt need not name it`
                          : `${path}:${lineAt(text, match.index)}: ${name} takes no Scope; give it one, or say why not in scopes.txt`);
    }
  return bad;
}

const kWalk = /^tests\/app\/scope\w*_test\.cpp$/;
/** Whatever takes a scope is called by every role in the walk, or stands in tests/app/unwalked.txt with the reason. */
function walkedUseCases(tree) {
  const walk = [...tree].filter(([path]) => kWalk.test(path)).map(([, text]) => withoutStrings(text)).join('\n');
  const excused = excusedUseCases(tree.get('tests/app/unwalked.txt') ?? '');
  const bad = [];
  for (const [path, text] of sources(tree).filter(([path]) => /^src\/app\/\w+\.h$/.test(path)))
    for (const match of withoutComments(text).matchAll(kUseCase)) {
      const [, name, rest] = match;
      if (!/\bconst Scope& \w+/.test(rest)) continue;
      const isWalked = new RegExp(`\\b${name}\\(`).test(walk);
      if (isWalked === excused.has(name))
        bad.push(isWalked ? `${path}:${lineAt(text, match.index)}: ${name} is walked; tests/app/unwalked.txt need not name it`
                          : `${path}:${lineAt(text, match.index)}: ${name} is called by no role in tests/app/scope_walk_test.cpp`);
    }
  return bad;
}

/** Test files are compiled some at a time, so that what one of them names for itself must not meet the names of another. */
function testNamespaces(tree) {
  const bad = [];
  for (const [path, text] of tree) {
    const name = /^tests\/(?:unit|store|app|web)\/(\w+_test)\.cpp$/.exec(path)?.[1];
    if (!name) continue;
    const [, first, rest] = /^(?:\s|#.*)*(.*)\n([^]*)$/.exec(withoutComments(text));
    if (first !== `namespace pilar::${name} {` || !rest.trim().endsWith('}')) bad.push(`${path}:1: what follows the includes stands in namespace pilar::${name}`);
  }
  return bad;
}

export const cppLaws = [
  { name: 'includes point down', check: layerOrder },
  { name: 'SQL in store/ only', check: sqlInStore },
  { name: 'math and domain are pure', check: pureCore },
  { name: 'one driver for each library', check: oneDriver },
  { name: 'no locale', check: noLocale },
  { name: 'co_await takes names', check: namedAwaits },
  { name: 'hidden names differ in a layer', check: namesOnce },
  { name: 'test files stand in a namespace of their own name', check: testNamespaces },
  { name: 'headers are guarded', check: guardedHeaders },
  { name: 'use cases say on whose behalf', check: scopedUseCases },
  { name: 'every role calls every use case', check: walkedUseCases },
  { name: 'nothing swallowed, nothing malloced', check: nothingSwallowed },
];
