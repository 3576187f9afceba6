// Every law finds the breach that is planted for it, and leaves the look-alike beside it alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cppLaws, readLayers } from '../../tools/house/cpp_laws.mjs';
import { guidePage } from '../../tools/house/guide.mjs';
import { dependenciesPage } from '../../tools/house/packages.mjs';
import { textLaws } from '../../tools/house/text_laws.mjs';

const kLayers = 'base:\nmath: base\ndomain: base math\nstore: base domain\nhttp: base\n';

/** The lines of breach that one law finds in the files. */
function breaches(law, files) {
  const found = [...cppLaws, ...textLaws].find(({ name }) => name === law);
  assert.ok(found, `there is a law "${law}"`);
  return found.check(new Map(Object.entries({ 'layers.txt': kLayers, ...files })));
}
function finds(law, files, ...places) {
  const bad = breaches(law, files);
  assert.deepEqual(bad.map((line) => line.split(': ')[0]), places, bad.join('\n'));
}

test('an upward include is found, a downward one is not', () => {
  finds('includes point down', { 'src/domain/a.h': '#include "base/x.h"\n#include "store/db.h"\n', 'src/store/b.cpp': '#include "domain/a.h"\n' },
        'src/domain/a.h:2');
  finds('includes point down', { 'src/base/a.cpp': '// #include "store/db.h"\n' });
});
test('an include without its layer and a folder without a line are found', () => {
  finds('includes point down', { 'src/base/a.cpp': '#include "b.h"\n' }, 'src/base/a.cpp:1');
  finds('includes point down', { 'src/magic/a.cpp': '\n' }, 'src/magic/a.cpp:1');
});
test('a rule file that points up is no law', () => {
  assert.equal(readLayers(kLayers).wrong.length, 0);
  assert.equal(readLayers('base: store\nstore: base\n').wrong.length, 1);
  assert.equal(readLayers('base:\nbase:\n').wrong.length, 1);
  assert.equal(readLayers('base\n').wrong.length, 1);
});
test('a test file outside of a namespace of its own name is found', () => {
  const law = 'test files stand in a namespace of their own name';
  finds(law, { 'tests/unit/a_test.cpp': '#include "a.h"\n\nnamespace {\n}\n' }, 'tests/unit/a_test.cpp:1');
  finds(law, { 'tests/app/a_test.cpp': '#include "a.h"\n\nnamespace pilar::b_test {\n}\n' }, 'tests/app/a_test.cpp:1');
  finds(law, { 'tests/unit/a_test.cpp': '#include "a.h"\n\nnamespace pilar::a_test {\n}  // namespace pilar::a_test\n\nint x;\n' }, 'tests/unit/a_test.cpp:1');
  finds(law, { 'tests/web/a_test.cpp': '// Why.\n#include "a.h"\n\n// What.\nnamespace pilar::a_test {\nTEST(A, B) {}\n}  // namespace pilar::a_test\n',
               'tests/support/a.cpp': '#include "a.h"\nint x;\n' });
});
test('SQL outside store is found, in store and in comments it is not', () => {
  finds('SQL in store/ only',
        { 'src/http/a.cpp': '// "SELECT one"\nauto x = "SELECT n FROM cell";\n', 'src/store/b.cpp': '"INSERT INTO cell VALUES (1)";\n' },
        'src/http/a.cpp:2');
  finds('SQL in store/ only', { 'src/http/a.cpp': 'auto x = "please update the page and SELECTED";\n' });
});
test('a clock, a file or a thread in math or domain is found', () => {
  finds('math and domain are pure',
        { 'src/math/a.cpp': '#include <cmath>\n#include <fstream>\n', 'src/domain/b.cpp': 'auto t = std::chrono::system_clock::now();\n',
          'src/store/c.cpp': '#include <thread>\n' },
        'src/math/a.cpp:2', 'src/domain/b.cpp:1');
});
test('a library seen by two files or by a header is found', () => {
  finds('one driver for each library', { 'src/store/a.cpp': '#include <sqlite3.h>\n', 'src/store/b.cpp': '#include <vector>\n' });
  finds('one driver for each library', { 'src/store/a.cpp': '#include <sqlite3.h>\n', 'src/store/b.cpp': '#include <sqlite3.h>\n' },
        'src/store/a.cpp:1', 'src/store/b.cpp:1');
  finds('one driver for each library', { 'src/store/a.h': '\n#include <boost/json.hpp>\n' }, 'src/store/a.h:2');
  finds('one driver for each library', { 'src/base/a.cpp': '#include <boost/json.hpp>\n', 'src/math/b.cpp': '#include <boost/math/beta.hpp>\n' });
});
test('the HTTP server may be several files', () => {
  const asio = '#include <boost/asio.hpp>\n';
  finds('one driver for each library', { 'src/http/a.cpp': asio, 'src/http/b.cpp': asio });
  finds('one driver for each library', { 'src/store/a.cpp': asio, 'src/base/b.cpp': asio }, 'src/store/a.cpp:1', 'src/base/b.cpp:1');
});
test('a call that depends on the locale is found', () => {
  finds('no locale', { 'src/base/a.cpp': 'int a = std::stoi(x);\ndouble b = strtod(x, nullptr);\nauto c = std::regex("x");\n' },
        'src/base/a.cpp:1', 'src/base/a.cpp:2', 'src/base/a.cpp:3');
  finds('no locale', { 'src/base/a.cpp': 'auto a = "std::stoi(x)";\nauto b = my_strtod(x);\nx.tolower();\n' });
});
test('co_await outside http, with braces or with a lambda is found', () => {
  finds('co_await takes names', { 'src/store/a.cpp': 'co_await x;\n' }, 'src/store/a.cpp:1');
  finds('co_await takes names', { 'src/http/a.cpp': 'co_await read(socket, Limits{1, 2});\nco_await post([&] { run(); });\n' },
        'src/http/a.cpp:1', 'src/http/a.cpp:2');
  finds('co_await takes names', { 'src/http/a.cpp': 'if (co_await read(socket, all[1])) { go(); }\nconst auto n = co_await f();\nfor (;;) { co_await g(); }\n' });
});
test('digit separators do not hide what follows them', () => {
  finds('no locale', { 'src/base/a.cpp': "int a = 1'000'0; int b = std::stoi(x); char c = 'x';\n" }, 'src/base/a.cpp:1');
});
test('one hidden name in two files of a layer is found', () => {
  const file = (body) => `namespace pilar {\nnamespace {\n\n${body}\n\n}  // namespace\n}  // namespace pilar\n`;
  const law = 'hidden names differ in a layer';
  finds(law, { 'src/base/a.cpp': file('constexpr int kMany = 3;'), 'src/base/b.cpp': file('constexpr std::array<int, 2> kMany{{1, 2}};') }, 'src/base/b.cpp:4');
  finds(law, { 'src/base/a.cpp': file('struct Row {\n  int x;\n};'), 'src/base/b.cpp': file('class Row {\n};') }, 'src/base/b.cpp:4');
  finds(law, { 'src/base/a.cpp': file('int of(int a) {\n  return a;\n}'), 'src/base/b.cpp': file('int of(int a) { return a; }') }, 'src/base/b.cpp:4');
  finds(law, { 'src/base/a.cpp': file('int of(int a) { return a; }'), 'src/base/b.cpp': file('int of(long a) { return of(int(a)); }') });
  finds(law, { 'src/base/a.cpp': file('constexpr int kMany = 3;'), 'src/math/b.cpp': file('constexpr int kMany = 3;') });
});
test('an unguarded header, malloc and a swallowed exception are found', () => {
  finds('headers are guarded', { 'src/base/a.h': '#pragma once\n', 'src/base/b.h': 'int x;\n' }, 'src/base/b.h:1');
  finds('nothing swallowed, nothing malloced', { 'src/base/a.cpp': 'void* p = malloc(3);\ntry { f(); } catch (...) {\n}\n' },
        'src/base/a.cpp:1', 'src/base/a.cpp:2');
});
test('a long file is found, one at the limit is not', () => {
  finds('files stay short', { 'src/base/a.cpp': 'x\n'.repeat(400), 'src/base/b.cpp': 'x\n'.repeat(401), 'tests/unit/a_test.cpp': 'x\n'.repeat(601) },
        'src/base/b.cpp:400', 'tests/unit/a_test.cpp:600');
});
test('work left over, a path of one machine and a host in a lock file are found', () => {
  finds('nothing left for later', { 'src/base/a.cpp': '// TODO later\n' }, 'src/base/a.cpp:1');
  finds('no path of one machine', { 'docs/a.md': 'see /root/notes.txt\nand https://example.org/work/page\n' }, 'docs/a.md:1');
  finds('lock files name no host', { 'frontend/package-lock.json': '{\n"resolved": "https://example.org/x.tgz" }' }, 'frontend/package-lock.json:2');
});
test('messages nobody says, without words or said twice are found', () => {
  const files = {
    'src/i18n/words/common.def': 'MSG(CommonYes, "Ya", "Yes")\nMSG(CommonNo, "Tidak", "No")\n',
    'src/base/a.cpp': 'say(Msg::CommonYes);\nsay(Msg::CommonMaybe);\n',
    'tests/unit/a_test.cpp': 'say(Msg::CommonNo);\n',
  };
  finds('every message is said', files, 'src/i18n/words/common.def:2', 'src/base/a.cpp:2');
  finds('every message is said', { ...files, 'src/base/a.cpp': 'Msg::CommonYes Msg::CommonNo', 'src/i18n/words/extra.def': 'MSG(CommonYes, "Ya", "Yes")\n' },
        'src/i18n/words/extra.def:1');
});
test('a words file that nobody includes is found', () => {
  finds('every words file is included',
        { 'src/i18n/words/all.def': '#include "i18n/words/a.def"\n#include "i18n/words/gone.def"\n', 'src/i18n/words/a.def': '', 'src/i18n/words/b.def': '',
          'src/i18n/words/a.h': '#include "i18n/words/a.def"\n' },
        'src/i18n/words/all.def:1', 'src/i18n/words/all.def:1', 'src/i18n/words/b.h:1');
});
test('a source that says words without including them, or includes words it does not say, is found', () => {
  const words = { 'src/i18n/words/a.def': 'MSG(One, "Satu", "One")\n', 'src/i18n/words/b.def': 'MSG(Two, "Dua", "Two")\n' };
  finds('sources include the words they say',
        { ...words, 'src/app/x.cpp': '#include "i18n/words/b.h"\nsay(Msg::One);\n' }, 'src/app/x.cpp:1', 'src/app/x.cpp:1');
  finds('sources include the words they say',
        { ...words, 'src/app/x.h': '#include "i18n/words/a.h"\nMessage f() { return Msg::One; }\n',
          'src/app/x.cpp': '#include "app/x.h"\n#include "i18n/words/b.h"\nsay(Msg::One);\nsay(Msg::Two);\n// Msg::Two\n' });
});
test('a link that leads nowhere is found', () => {
  finds('links lead somewhere', { 'docs/a.md': '[b](b.md) [c](../README.md#x)\n[d](gone.md) [e](https://example.org)', 'docs/b.md': '', 'README.md': '' },
        'docs/a.md:2');
});
test('a dependency without a reason, one that nobody uses, a loose version and a stale page are found', () => {
  const list = '[npm] of npm\nleft | used\nright | unused\n';
  const page = dependenciesPage(list);
  const files = { 'tools/packages.txt': list, 'docs/dependencies.md': page };
  finds('dependencies have a reason', { ...files, 'frontend/package.json': '{"dependencies":{"left":"1.0.0","right":"2.1.0"}}' });
  finds('dependencies have a reason', { ...files, 'docs/dependencies.md': 'old', 'frontend/package.json': '{"dependencies":{"left":"^1.0.0","up":"3.0.0"}}' },
        'frontend/package.json:1', 'tools/packages.txt:1', 'tools/packages.txt:1', 'docs/dependencies.md:1');
});
test('a page that the guide leads to must exist', () => {
  const page = { 'src/web/a.cpp': 'Route{http::Method::Get, "/beranda", May::ReadResults}' };
  finds('links lead somewhere', { ...page, 'help/id/01-a.md': '[Beranda](/beranda)\n[Hilang](/hilang)\n' }, 'help/id/01-a.md:2');
});
test('a guide that is not made from its chapters is found', () => {
  const chapter = { 'help/id/01-a.md': '# Judul\n\nIsi.\n' };
  const page = guidePage([['01-a.md', chapter['help/id/01-a.md']]]);
  finds('the guide is one', { ...chapter, 'docs/panduan.md': page });
  finds('the guide is one', { ...chapter, 'docs/panduan.md': 'lama' }, 'docs/panduan.md:1');
});
test('a use case that no role calls is found, and one that is excused in vain', () => {
  const law = 'every role calls every use case';
  const header = { 'src/app/a.h': 'Result<A> list_a(Context& context, const Scope& scope);\nvoid end(Context& context, const Person& person);\n' };
  finds(law, { ...header, 'tests/app/scope_test.cpp': 'list_a(context_, scope);' });
  finds(law, header, 'src/app/a.h:1');
  finds(law, { ...header, 'tests/app/other_test.cpp': 'list_a(context_, scope);' }, 'src/app/a.h:1');
  finds(law, { ...header, 'tests/app/scope_test.cpp': '"list_a(" + name' }, 'src/app/a.h:1');
  finds(law, { ...header, 'tests/app/unwalked.txt': 'list_a: its own scope only\n' });
  finds(law, { ...header, 'tests/app/scope_test.cpp': 'list_a(context_, scope);', 'tests/app/unwalked.txt': 'list_a: why\n' }, 'src/app/a.h:1');
});
test('a use case without a scope is found, and one that is excused in vain', () => {
  const law = 'use cases say on whose behalf';
  finds(law, { 'src/app/a.h': 'Result<A> list_a(Context& context, const Scope& scope, Key key);\nvoid end(Context& context, const Person& person);\n' });
  finds(law, { 'src/app/a.h': '// Result<A> list_c(Context& context);\nResult<A> list_b(Context& context, Key key);\n' }, 'src/app/a.h:2');
  finds(law, { 'src/app/a.h': 'void part(Context& context, store::Tx& tx);\nvoid fold(Context& context);\n', 'scopes.txt': '# upkeep\nfold: the program itself\n' });
  finds(law, { 'src/app/a.h': 'void fold(Context& context, const Scope& scope);\n', 'scopes.txt': 'fold: upkeep\n' }, 'src/app/a.h:1');
});
test('a component that the style page does not show is found, one within another is not', () => {
  const header = { 'src/web/components.h': 'void draw_mark(html::Out& o);\nvoid draw_badge(html::Out& o);\nvoid draw_card(html::Out& o);\n' };
  const body = { 'src/web/components.cpp': 'void draw_mark(html::Out& o) {}\nvoid draw_badge(html::Out& o) {\n  draw_mark(o);\n}\nvoid draw_card(html::Out& o) {}\n' };
  finds('the style page shows every component', { ...header, ...body, 'src/web/style_page.cpp': 'draw_badge(o);\n' }, 'src/web/components.h:3');
  finds('the style page shows every component', { ...header, ...body, 'src/web/style_page.cpp': 'draw_badge(o); draw_card(o);\n' });
});
