// compare.mjs FILE: evaluates the cases of a file like tests/data/expression_cases.json; ends with 1 and names them where one differs.
import { readFileSync } from 'node:fs';
import { differences, load } from './support.mjs';

const found = differences(await load('expression'), JSON.parse(readFileSync(process.argv[2], 'utf8')));
for (const one of found.slice(0, 20)) console.error(JSON.stringify(one));
process.exitCode = found.length ? 1 : 0;
