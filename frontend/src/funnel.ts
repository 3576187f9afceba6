import { type Option, base, fill, number, outline, ruler, shapes, strong, tip, tipBox, valueAxis, words, type Axis, type Mark } from "./grammar";

interface Point { name: string; size: number; value: number; mark: Mark; few: boolean; detail: string[] }
interface Limit { name: string; dashed: boolean; lower: number[]; upper: number[] }
interface Funnel { axis: Axis; sizes: number[]; limits: Limit[]; points: Point[]; centre: number; words: { size: string; centre: string } }

/** Names of points at about the same height go to both sides, so that they do not cover each other. */
function side(point: Point, data: Funnel): string {
  const near = data.points.filter((p) => p !== point && p.mark !== "common" && Math.abs(p.value - point.value) < (data.axis.high - data.axis.low) / 12);
  if (near.length === 0) return point.value > data.centre ? "top" : "bottom";
  return near.every((p) => p.size > point.size) ? "left" : "right";
}

function drawPoint(point: Point, data: Funnel): Option {
  const { symbol, size, color } = shapes[point.mark];
  const named = point.mark !== "common";
  return { name: point.name, value: [point.size, point.value], symbol, symbolSize: size + 1, itemStyle: { opacity: 1, ...fill(color, point.few) }, label: { show: named, formatter: point.name, position: side(point, data), ...strong, color, ...outline } };
}

/** Results against their number of cases; only what lies outside the limits is named. */
export function funnelOption(data: Funnel, width: number): Option {
  const narrow = width < 420;
  const along = (values: number[]) => data.sizes.map((size, i) => [size, values[i]]);
  const right = Math.max(...data.sizes, ...data.points.map((p) => p.size));
  const end = (formatter: string) => (narrow ? undefined : { formatter, fontSize: 11 });
  return {
    ...base,
    grid: { left: 48, right: narrow ? 12 : 52, top: 16, bottom: 46 },
    tooltip: { ...tipBox, trigger: "item", formatter: (at: { seriesType: string; dataIndex: number }) => (at.seriesType === "scatter" ? tip(data.points[at.dataIndex]?.detail ?? []) : "") },
    xAxis: { type: "value", min: 0, max: right, axisTick: { show: false }, axisLine: { show: true, lineStyle: { color: "var(--control)" } }, splitLine: { show: false }, name: data.words.size, nameLocation: "middle", nameGap: 28, nameTextStyle: words, axisLabel: { ...words, hideOverlap: true, formatter: (value: number) => number(value, 0) } },
    yAxis: valueAxis(data.axis),
    series: [
      ...data.limits.flatMap((limit) => [limit.upper, limit.lower].map((values) => ({ ...ruler(along(values), { color: "var(--control)", width: 1, type: limit.dashed ? [4, 3] : "solid" }, end(limit.name)), smooth: false, clip: true }))),
      ruler(along(data.sizes.map(() => data.centre)), { color: "var(--ink-2)", width: 1.25 }, end(data.words.centre)),
      { type: "scatter", data: data.points.map((point) => drawPoint(point, data)), emphasis: { disabled: true }, cursor: "default", z: 5, labelLayout: { moveOverlap: "shiftY" } },
    ],
  };
}
