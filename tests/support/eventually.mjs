import { setTimeout as sleep } from 'node:timers/promises';

const kPatience = 30_000;

/** Waits until `holds()` is true; `what` is said when it never is. */
export async function eventually(what, holds, patience = kPatience) {
  for (const began = Date.now(); !(await holds()); await sleep(20))
    if (Date.now() - began > patience) throw new Error(`waited in vain: ${what}`);
}
