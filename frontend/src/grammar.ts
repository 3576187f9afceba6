// What all charts share: shapes, colours, axes, the box that follows the pointer.

export type Mark = "common" | "improvement" | "concern" | "neutral";
export type Option = Record<string, unknown>;
export interface Axis { low: number; high: number; unit: string; digits: number }
interface Shape { symbol: string; size: number; color: string }

/** Shape first, colour second. The colours are the page's own, so that dark pages and print need no redrawing. */
export const shapes: Record<Mark, Shape> = {
  common: { symbol: "circle", size: 7, color: "var(--common)" },
  improvement: { symbol: "diamond", size: 12, color: "var(--improvement)" },
  concern: { symbol: "rect", size: 9, color: "var(--concern)" },
  neutral: { symbol: "triangle", size: 10, color: "var(--neutral)" },
};

export const family = "Inter, system-ui, sans-serif";
export const words = { fontFamily: family, fontSize: 12, color: "var(--ink-2)" };
export const strong = { ...words, color: "var(--ink)", fontWeight: 600 };
export const outline = { textBorderColor: "var(--surface)", textBorderWidth: 3 };

export function number(value: number, digits: number): string {
  return value.toLocaleString(document.documentElement.lang || "id", { maximumFractionDigits: digits });
}

/** Filled, or hollow for what is not complete or rests on few. */
export function fill(color: string, hollow: boolean): object {
  return hollow ? { color: "var(--surface)", borderColor: color, borderWidth: 2 } : { color };
}

/** A line that nobody points at: limits, centre, target. */
export function ruler(data: unknown[], style: object, endLabel?: object): object {
  return { type: "line", data, symbol: "none", silent: true, emphasis: { disabled: true }, lineStyle: style, endLabel: endLabel ? { show: true, distance: 10, ...words, ...endLabel } : { show: false }, labelLayout: { moveOverlap: "shiftY" } };
}

export function valueAxis(axis: Axis, step = 0): object {
  return {
    type: "value", min: axis.low, max: axis.high, ...(step > 0 ? { interval: step } : {}), axisTick: { show: false }, axisLine: { show: false },
    axisLabel: { ...words, formatter: (value: number) => number(value, axis.digits) + axis.unit }, splitLine: { lineStyle: { color: "var(--line)", width: 0.75 } },
  };
}

/** The first line bold, the others below; made of elements, because the page's policy allows no styles in text. */
export function tip(lines: string[]): HTMLElement {
  const box = document.createElement("div");
  box.className = "chart-tip";
  lines.forEach((line, i) => box.appendChild(document.createElement(i === 0 ? "b" : "span")).textContent = line);
  return box;
}

export const tipBox = { confine: true, backgroundColor: "var(--surface)", borderColor: "var(--control)", borderWidth: 1, padding: [6, 10], transitionDuration: 0, extraCssText: "box-shadow:none" };
export const base = { animation: false, textStyle: words };
