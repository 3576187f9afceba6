// Evaluates what the server compiled (domain/expression_json.h) exactly as it does (domain/expression.cpp, base/decimal.cpp):
// tests/data/expression_cases.json holds both to the same answers.

/** unscaled x 10^-digits in lowest form, digits 0..18, unscaled within 64 bits. */
export interface Decimal {
  readonly unscaled: bigint;
  readonly digits: number;
}
/** Days since 1970-01-01. */
export interface Day {
  readonly day: number;
}
export type Value = null | boolean | string | Decimal | Day | readonly string[];
/** ["name", part, ...], or {"n": "12.5"}, {"s": "ya"}, {"b": true}, {"d": 20769}, null. */
export type Tree = null | { n?: string; s?: string; b?: boolean; d?: number } | readonly [string, ...unknown[]];

const kMaxDigits = 18;
const kQuotientDigits = 12;
const kMost = 2n ** 63n - 1n;
const kLeast = -(2n ** 63n);
const power = (digits: number): bigint => 10n ** BigInt(digits);

function fit(unscaled: bigint, digits: number): Decimal | null {
  while (digits > 0 && unscaled % 10n === 0n) {
    unscaled /= 10n;
    --digits;
  }
  return digits > kMaxDigits || unscaled > kMost || unscaled < kLeast ? null : { unscaled, digits };
}
export const whole = (value: number | bigint): Decimal => ({ unscaled: BigInt(value), digits: 0 });

/** "12.5", "-3", "1e3"; null when it is no number or has more than 18 significant digits. */
export function parseDecimal(text: string): Decimal | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!match) return null;
  const [, sign, before, after = "", exponent = "0"] = match;
  const digits = (before + after).replace(/^0+/, "");
  const bare = digits.replace(/0+$/, "");
  if (bare === "") return whole(0);
  let places = after.length - Number(exponent) - (digits.length - bare.length);
  if (bare.length > kMaxDigits || places > kMaxDigits) return null;
  let unscaled = BigInt(bare);
  if (places < 0) {
    if (bare.length - places > kMaxDigits + 1) return null;
    unscaled *= power(-places);
    places = 0;
  }
  if (unscaled > kMost) return null;
  return { unscaled: sign ? -unscaled : unscaled, digits: places };
}

/** The shortest form, always with a point: "-0.05". */
export function textOf({ unscaled, digits }: Decimal): string {
  const negative = unscaled < 0n;
  let out = String(negative ? -unscaled : unscaled);
  if (digits > 0) {
    out = out.padStart(digits + 1, "0");
    out = `${out.slice(0, -digits)}.${out.slice(-digits)}`;
  }
  return negative ? `-${out}` : out;
}

const aligned = (a: Decimal, b: Decimal): [bigint, bigint, number] => {
  const digits = Math.max(a.digits, b.digits);
  return [a.unscaled * power(digits - a.digits), b.unscaled * power(digits - b.digits), digits];
};
const sizeOf = (value: bigint): bigint => (value < 0n ? -value : value);

function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator, rest = numerator % denominator;
  if (rest >= denominator - rest) return quotient + 1n;
  return -rest >= denominator + rest ? quotient - 1n : quotient;
}

function divide(a: Decimal, b: Decimal): Decimal | null {
  if (b.unscaled === 0n) return null;
  const shift = kQuotientDigits + b.digits - a.digits;
  const above = sizeOf(a.unscaled) * (shift > 0 ? power(shift) : 1n);
  const below = sizeOf(b.unscaled) * (shift < 0 ? power(-shift) : 1n);
  let quotient = above / below;
  const rest = above % below;
  if (rest >= below - rest) quotient += 1n;
  return fit(a.unscaled < 0n !== b.unscaled < 0n ? -quotient : quotient, kQuotientDigits);
}

function remainder(a: Decimal, b: Decimal): Decimal | null {
  if (b.unscaled === 0n) return null;
  const [left, right, digits] = aligned(a, b);
  const rest = left % right;
  return rest > kMost || rest < kLeast ? null : fit(rest, digits);
}

/** Half away from zero. */
export function round(value: Decimal, digits: number): Decimal {
  if (digits >= value.digits) return value;
  return fit(divideRounded(value.unscaled, power(value.digits - digits)), digits) ?? value;
}

function roundTo(value: Decimal, digits: Decimal): Decimal | null {
  if (digits.digits !== 0 || digits.unscaled < 0n || digits.unscaled > 18n) return null;
  return round(value, Number(digits.unscaled));
}

/** Only "YYYY-MM-DD" of a day that exists, 1900 to 2200. */
export function parseDay(text: string): Day | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1) return null;
  const moment = new Date(Date.UTC(year, month - 1, day));
  return moment.getUTCDate() === day ? { day: moment.getTime() / 86_400_000 } : null;
}

const isDecimal = (value: Value): value is Decimal => typeof value === "object" && value !== null && "unscaled" in value;
const isDay = (value: Value): value is Day => typeof value === "object" && value !== null && "day" in value;
const isSet = (value: Value): value is readonly string[] => Array.isArray(value);

function compared(op: string, order: number): Value {
  switch (op) {
    case "=": return order === 0;
    case "!=": return order !== 0;
    case "<": return order < 0;
    case "<=": return order <= 0;
    case ">": return order > 0;
    case ">=": return order >= 0;
    default: return null;
  }
}
const orderOf = <T>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

function extreme(values: readonly Value[], sign: number): Value {
  let best: Decimal | null = null;
  for (const value of values) {
    if (!isDecimal(value)) continue;
    if (best === null) {
      best = value;
      continue;
    }
    const [left, right] = aligned(value, best);
    if (orderOf(left, right) * sign > 0) best = value;
  }
  return best;
}

function ofNumbers(op: string, a: Decimal, b: Decimal, values: readonly Value[]): Value {
  const [left, right, digits] = aligned(a, b);
  switch (op) {
    case "+": return fit(left + right, digits);
    case "-": return fit(left - right, digits);
    case "*": return fit(a.unscaled * b.unscaled, a.digits + b.digits);
    case "div": return divide(a, b);
    case "mod": return remainder(a, b);
    case "round": return roundTo(a, b);
    case "min": return extreme(values, -1);
    case "max": return extreme(values, 1);
    default: return compared(op, orderOf(left, right));
  }
}

function ofNumber(op: string, a: Decimal): Value {
  switch (op) {
    case "neg": return fit(-a.unscaled, a.digits);
    case "round": return round(a, 0);
    case "int": return whole(a.unscaled / power(a.digits));
    case "abs": return fit(sizeOf(a.unscaled), a.digits);
    case "min":
    case "max": return a;
    default: return null;
  }
}

/** The whole text matches; null where this browser does not know the pattern's syntax (the server's is RE2). */
function matches(text: string, pattern: string): Value {
  try {
    return new RegExp(`^(?:${pattern})$`, "u").test(text);
  } catch {
    return null;
  }
}

function ofText(op: string, a: string, b: Value | undefined): Value {
  if (op === "string-length") return whole([...a].length);
  if (op === "date") return parseDay(a);
  if (typeof b !== "string") return null;
  switch (op) {
    case "regex": return matches(a, b);
    case "selected": return a === b;
    default: return compared(op, a === b ? 0 : 1);
  }
}

function ofSet(op: string, a: readonly string[], b: Value | undefined): Value {
  if (op === "count-selected") return whole(a.length);
  return typeof b === "string" ? a.includes(b) : null;
}

function ofDay(op: string, a: Day, b: Value | undefined): Value {
  if (b === undefined || !isDay(b)) return null;
  return op === "date-diff" ? whole(b.day - a.day) : compared(op, orderOf(a.day, b.day));
}

/** No value is null. */
function ofGiven(op: string, values: readonly Value[]): Value {
  const [a, b] = values;
  if (a === undefined || a === null) return null;
  if (isDecimal(a)) return b !== undefined && isDecimal(b) ? ofNumbers(op, a, b, values) : ofNumber(op, a);
  if (typeof a === "boolean") return op === "not" ? !a : typeof b === "boolean" ? compared(op, a === b ? 0 : 1) : null;
  if (typeof a === "string") return ofText(op, a, b);
  if (isDay(a)) return ofDay(op, a, b);
  return isSet(a) ? ofSet(op, a, b) : null;
}

/** Three-valued: one part that decides (false for `and`, true for `or`) is enough, whatever the other is. */
function logic(left: Value, right: Value, deciding: boolean): Value {
  if (left === deciding || right === deciding) return deciding;
  return typeof left === "boolean" && typeof right === "boolean" ? !deciding : null;
}

/** `values` has one value per item; `today` is a day since 1970-01-01. */
export function evaluate(tree: Tree, values: readonly Value[], today: number): Value {
  if (tree === null) return null;
  if (!Array.isArray(tree)) {
    const literal = tree as { n?: string; s?: string; b?: boolean; d?: number };
    if (literal.n !== undefined) return parseDecimal(literal.n);
    if (literal.d !== undefined) return { day: literal.d };
    return literal.s ?? literal.b ?? null;
  }
  const [op, ...rest] = tree as [string, ...unknown[]];
  if (op === "item") return values[rest[0] as number] ?? null;
  if (op === "today") return { day: today };
  const parts = rest.map((part) => evaluate(part as Tree, values, today));
  switch (op) {
    case "and": return logic(parts[0] ?? null, parts[1] ?? null, false);
    case "or": return logic(parts[0] ?? null, parts[1] ?? null, true);
    case "if": return typeof parts[0] === "boolean" ? parts[parts[0] ? 1 : 2] ?? null : null;
    case "coalesce": return parts.find((part) => part !== null) ?? null;
    default: return parts.includes(null) ? null : ofGiven(op, parts);
  }
}
