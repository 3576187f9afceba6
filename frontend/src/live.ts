// Follows a form while it is filled in: what is asked, what is computed, what cannot be right. The server judges again.
import { evaluate, parseDay, parseDecimal, round, textOf, whole, type Decimal, type Tree, type Value } from "./expression";

export interface LiveItem {
  key: string;
  required?: boolean;
  kind: "code" | "scale" | "set" | "number" | "calculation" | "date" | "time" | "instant" | "text" | "photo";
  options?: [string, number][];
  digits?: number;
  most?: string;
  low?: string;
  high?: string;
  length?: number;
  ahead?: boolean;
  when?: Tree;
  must?: Tree;
  formula?: Tree;
  message?: string;
}
export interface LiveForm {
  items: LiveItem[];
  zone: number;
  comma: boolean;
  words: Record<string, string>;
}
/** One item as it stands: whether it is asked, its value, and what is wrong with what was typed. */
export interface State {
  asked: boolean;
  value: Value;
  problem: string;
}
/** By how much the clock of a device may be behind before a moment is called future, in seconds; the server's own clock judges closer. */
const kSlowClock = 86_400;
export type Read = (key: string) => string[];

const fill = (template: string | undefined, ...args: string[]): string =>
  (template ?? "").replace(/\{(\d)\}/g, (_, n: string) => args[Number(n)] ?? "");
const less = (a: Decimal, b: Decimal): boolean => evaluate(["<", ["item", 0], ["item", 1]], [a, b], 0) === true;

/** A person's decimal comma; text with both signs is left to be refused. */
export function pointForComma(text: string): string {
  return text.split(",").length === 2 && !text.includes(".") ? text.replace(",", ".") : text;
}
const written = (form: LiveForm, text: string): string => (form.comma ? text.replace(".", ",") : text);

function keyOf(item: LiveItem, text: string): string | null {
  const options = item.options ?? [];
  return (options.find(([key]) => key === text) ?? options.find(([, code]) => String(code) === text))?.[0] ?? null;
}

function numberOf(form: LiveForm, item: LiveItem, text: string): [Value, string] {
  const number = parseDecimal(pointForComma(text));
  if (!number) return [null, fill(form.words.number, text)];
  if (number.digits > (item.digits ?? 0)) return [null, fill(form.words.digits, String(item.digits ?? 0))];
  for (const limit of [item.low, item.most && `-${item.most}`]) {
    const low = limit ? parseDecimal(limit) : null;
    if (low && less(number, low)) return [null, fill(form.words.small, written(form, limit ?? ""))];
  }
  for (const limit of [item.high, item.most]) {
    const high = limit ? parseDecimal(limit) : null;
    if (high && less(high, number)) return [null, fill(form.words.large, written(form, limit ?? ""))];
  }
  return [number, ""];
}

function momentOf(form: LiveForm, item: LiveItem, text: string): [Value, string] {
  const local = Date.parse(`${text.slice(0, 16)}:00Z`);
  if (Number.isNaN(local)) return [null, ""];
  const seconds = local / 1000 - form.zone * 3600;
  const future = !item.ahead && seconds > Date.now() / 1000 + kSlowClock;
  return future ? [null, fill(form.words.future, text.slice(0, 16).replace("T", " "))] : [whole(seconds), ""];
}

function timeOf(text: string): Value {
  const match = /^(\d\d)[:.](\d\d)$/.exec(text);
  if (!match) return null;
  const [hours, minutes] = [Number(match[1]), Number(match[2])];
  return hours < 24 && minutes < 60 ? whole((hours * 60 + minutes) * 60) : null;
}

/** The value of what was typed, and what is wrong with it. */
function given(form: LiveForm, item: LiveItem, texts: string[]): [Value, string] {
  const text = texts[0] ?? "";
  switch (item.kind) {
    case "number": return numberOf(form, item, text);
    case "code": return [keyOf(item, text), ""];
    case "scale": {
      const key = keyOf(item, text);
      const option = item.options?.find(([one]) => one === key);
      return [option ? whole(option[1]) : null, ""];
    }
    case "set": return [texts.map((one) => keyOf(item, one)).filter((key): key is string => key !== null), ""];
    case "date": return [parseDay(text), ""];
    case "time": return [timeOf(text), ""];
    case "instant": return momentOf(form, item, text);
    case "text": {
      const length = [...text].length;
      const most = item.length ?? Infinity;
      return length > most ? [null, fill(form.words.long, String(length), String(most))] : [text, ""];
    }
    default: return [text, ""];
  }
}

function calculated(item: LiveItem, value: Value): Value {
  if (typeof value !== "object" || value === null || !("unscaled" in value)) return null;
  const rounded = round(value, item.digits ?? 0);
  const most = parseDecimal(item.most ?? "");
  const size = rounded.unscaled < 0n ? { unscaled: -rounded.unscaled, digits: rounded.digits } : rounded;
  return most && less(most, size) ? null : rounded;
}

/** Judges item after item as the server does (domain/record.cpp): later expressions see earlier answers. */
export function judge(form: LiveForm, read: Read, today: number): State[] {
  const values: Value[] = form.items.map(() => null);
  return form.items.map((item, index) => {
    const state: State = { asked: true, value: null, problem: "" };
    if (item.when !== undefined && evaluate(item.when, values, today) !== true) {
      state.asked = false;
      return state;
    }
    if (item.kind === "calculation") {
      state.value = calculated(item, evaluate(item.formula ?? null, values, today));
    } else {
      const all = read(item.key);
      const texts = all.map((text) => text.replaceAll("\r", "").replace(/^[ \t\n\v\f]+|[ \t\n\v\f]+$/g, "")).filter((text) => text !== "" && !text.startsWith("_not_"));
      const escaped = all.some((text) => text.startsWith("_not_"));
      if (texts.length > 0 && !escaped) [state.value, state.problem] = given(form, item, texts);
      if (state.problem === "" && state.value !== null && item.must !== undefined) {
        values[index] = state.value;
        if (evaluate(item.must, values, today) === false) {
          state.value = null;
          state.problem = item.message ?? form.words.constraint ?? "";
        }
      }
    }
    values[index] = state.value;
    return state;
  });
}

/** Keys of what is asked, needed and not answered at all; with a reason for no answer it is answered. */
export function missing(form: LiveForm, states: State[], read: Read): string[] {
  return form.items
    .filter((item, index) => item.required && item.kind !== "calculation" && states[index]?.asked && !read(item.key).some((text) => text.trim() !== ""))
    .map(({ key }) => key);
}

/** As people write it: "12,5". */
export function shown(form: LiveForm, value: Value): string {
  if (typeof value !== "object" || value === null || !("unscaled" in value)) return "–";
  const [before = "", after] = textOf(value).split(".");
  const grouped = before.replace(/\B(?=(\d{3})+$)/g, form.comma ? "." : ",");
  return (after === undefined ? grouped : grouped + (form.comma ? "," : ".") + after).replace("-", "−");
}
