#!/usr/bin/env node
// Holds the house rules of CONTRIBUTING.md that a script can hold. Prints every breach as path:line: what; exits 1 if any.
import { fileURLToPath } from 'node:url';
import { cppLaws } from './house/cpp_laws.mjs';
import { textLaws } from './house/text_laws.mjs';
import { readTree } from './house/tree.mjs';

const tree = readTree(fileURLToPath(new URL('..', import.meta.url)));
const laws = [...cppLaws, ...textLaws];
let breaches = 0;
for (const { name, check } of laws) {
  const bad = check(tree);
  if (bad.length > 0) console.log(`${name}:\n  ${bad.join('\n  ')}`);
  breaches += bad.length;
}
console.log(`${laws.length} laws, ${tree.size} files, ${breaches} breaches`);
process.exit(breaches > 0 ? 1 : 0);
