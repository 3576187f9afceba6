// Takes the parts of a style sheet that can apply to a page.

/// Splits a list at `separator` outside strings and brackets.
function splitOutside(text, separator) {
  const parts = [];
  let depth = 0, quote = '', from = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '\\') i++;
    else if (quote) quote = c === quote ? '' : quote;
    else if (c === '"' || c === "'") quote = c;
    else if (c === '(' || c === '[') depth++;
    else if (c === ')' || c === ']') depth--;
    else if (c === separator && depth === 0) {
      parts.push(text.slice(from, i));
      from = i + 1;
    }
  }
  parts.push(text.slice(from));
  return parts;
}

/// The rules of a sheet or of a nested block: { head, body } with body null for statements such as @charset.
function rules(css) {
  const found = [];
  let depth = 0, quote = '', from = 0, open = 0;
  for (let i = 0; i < css.length; i++) {
    const c = css[i];
    if (c === '\\') i++;
    else if (quote) quote = c === quote ? '' : quote;
    else if (c === '"' || c === "'") quote = c;
    else if (c === '{' && depth++ === 0) open = i;
    else if (c === '}' && --depth === 0) {
      found.push({ head: css.slice(from, open).trim(), body: css.slice(open + 1, i) });
      from = i + 1;
    } else if (c === ';' && depth === 0) from = i + 1; // @charset, @import
  }
  return found;
}

const classesOf = (selector) => [...selector.replace(/"[^"]*"|'[^']*'/g, '').matchAll(/\.(-?[A-Za-z_][\w-]*)/g)].map((m) => m[1]);

/// Our own themes are made of variables; Tabler's themes and fonts stay out.
const isForeign = (selector) => selector.includes('[data-bs-') || selector.includes('[dir=');

function keepRules(css, words) {
  let out = '';
  for (const { head, body } of rules(css)) {
    if (/^@(media|supports|layer|container)/.test(head)) {
      const inner = keepRules(body, words);
      if (inner) out += `${head}{${inner}}`;
    } else if (head.startsWith('@')) {
      if (!/^@(font-face|keyframes|-webkit-keyframes|charset)/.test(head)) out += `${head}{${body}}`;
    } else {
      const kept = splitOutside(head, ',').filter((s) => (s.includes(':root') || !isForeign(s)) && classesOf(s).every((c) => words.has(c)));
      if (kept.length) out += `${kept.join(',')}{${body}}`;
    }
  }
  return out;
}

/// Drops custom properties that nothing reads, until nothing more falls away.
function dropUnread(css) {
  for (;;) {
    const read = new Set([...css.matchAll(/var\(\s*(--[\w-]+)/g)].map((m) => m[1]));
    const next = css.replace(/([{;])\s*(--[\w-]+):((?:"[^"]*"|'[^']*'|\([^)]*\)|[^;{}"'(])*)(?=[;}])/g, (all, before, name) => (read.has(name) ? all : before)).replace(/;{2,}/g, ';').replace(/{;+/g, '{');
    if (next === css) return css;
    css = next;
  }
}

/// The rules of `css` all of whose classes are in `words`, without custom properties that none of them reads.
export function purge(css, words) {
  return dropUnread(keepRules(css.replace(/\/\*[^]*?\*\//g, ''), words));
}
