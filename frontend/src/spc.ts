import { type Option, base, family, fill, outline, ruler, shapes, strong, tip, tipBox, valueAxis, words, type Axis, type Mark } from "./grammar";
import { type Note, noteLines } from "./notes";

interface Point { tick: string; value: number | null; lower: number; centre: number; upper: number; mark: Mark; open: boolean; label: string | null; detail: string[] }
interface Spc {
  small: boolean; limits: boolean; axis: Axis; step: number; points: Point[]; notes: Note[]; target: number | null;
  words: { target: string; upper: string; lower: string; centre: string };
}

function drawPoint(points: Point[], at: number, small: boolean): object | "-" {
  const point = points[at];
  if (!point || point.value === null) return "-";
  const low = [points[at - 1], points[at + 1]].every((beside) => (beside?.value ?? Infinity) > (point.value ?? 0));
  const { symbol, size, color } = shapes[point.mark];
  return {
    value: point.value, symbol, symbolSize: small ? size - 2 : size, itemStyle: fill(color, point.open),
    label: { show: !small && point.label !== null, formatter: point.label ?? "", position: low ? "bottom" : "top", distance: 7, ...strong, ...(point.mark === "common" ? {} : { color }), ...outline },
  };
}

/** A control chart: band and stepped limits, thin centre, thick dashed target, points by shape. */
export function spcOption(data: Spc, width: number): Option {
  const { points, small } = data;
  const narrow = small || width < 560;
  const column = (pick: (point: Point) => unknown) => points.map(pick);
  const end = (formatter: string, more: object = {}) => (narrow ? undefined : { formatter, ...more });
  const limit = { color: "var(--control)", width: 1, type: [3, 3] };
  const last = points.length - 1;
  const years = points.flatMap((p, i) => (i > 0 && p.tick.includes("\n") ? [i] : []));
  const halfYear = (i: number) => i === last || (years.length > 0 ? years.includes(i) || years.includes(i - 6) : (last - i) % 6 === 0);
  const target = data.target === null ? [] : [ruler(points.map(() => data.target), { color: "var(--ink)", width: 1.5, type: [7, 4] }, narrow && !small ? undefined : { formatter: data.words.target, ...strong, fontSize: small ? 11 : 12 })];
  return {
    ...base,
    grid: small ? { left: 6, right: 52, top: 8, bottom: 22 } : narrow ? { left: 44, right: 12, top: 34, bottom: 38 } : { left: 48, right: 104, top: 34, bottom: 40 },
    ...(small ? {} : { tooltip: { ...tipBox, trigger: "axis", axisPointer: { lineStyle: { color: "var(--control)" } }, formatter: (at: { dataIndex: number }[]) => tip(points[at[0]?.dataIndex ?? 0]?.detail ?? []) } }),
    xAxis: {
      type: "category", data: column((p) => (small ? p.detail[0] : p.tick)), axisTick: { show: false }, axisLine: { lineStyle: { color: small ? "var(--line)" : "var(--control)" } },
      axisLabel: { ...words, lineHeight: 15, fontSize: small ? 11 : 12, interval: small ? (i: number) => i === 0 || i === last : width / points.length < 38 ? halfYear : 0, hideOverlap: !small, ...(small ? { alignMinLabel: "left", alignMaxLabel: "right" } : {}) },
    },
    yAxis: { ...valueAxis(data.axis, data.step), show: !small },
    series: [
      ...(data.limits ? [
        { ...ruler(column((p) => p.lower), { opacity: 0 }), stack: "band", step: "middle" },
        { ...ruler(column((p) => p.upper - p.lower), { opacity: 0 }), stack: "band", step: "middle", areaStyle: { color: "var(--band)", opacity: 1 } },
        { ...ruler(column((p) => p.upper), limit, end(data.words.upper)), step: "middle" },
        { ...ruler(column((p) => p.lower), limit, end(data.words.lower)), step: "middle" },
      ] : []),
      { ...ruler(column((p) => p.centre), { color: "var(--ink-2)", width: 1 }, end(data.words.centre)), step: "middle" },
      ...target,
      {
        type: "line", z: 5, data: points.map((_, at) => drawPoint(points, at, small)), lineStyle: { color: "var(--common)", width: 1.5 }, showAllSymbol: true, silent: true, emphasis: { disabled: true },
        ...(data.notes.length === 0 || small ? {} : {
          markLine: { silent: true, symbol: "none", animation: false, lineStyle: { color: "var(--control)", width: 1, type: "solid" }, label: { position: "end", color: "var(--surface)", backgroundColor: "var(--ink)", padding: [3, 6], borderRadius: 3, fontWeight: 600, fontSize: 12, fontFamily: family }, data: noteLines(data.notes, (width - (narrow ? 56 : 152)) / points.length) },
        }),
      },
    ],
  };
}
