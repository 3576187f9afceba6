import { type Axis, type Option, base, fill, number, ruler, tip, tipBox, valueAxis, words } from "./grammar";

interface Lines { axis: Axis; ticks: string[]; lines: { name: string; dashed: boolean; values: (number | null)[] }[]; lower: (number | null)[]; upper: (number | null)[]; cases: string[]; open: number }

const colors = ["var(--ink)", "var(--improvement)", "var(--neutral)", "var(--common)", "var(--concern)"];

/** The complete part, and the months that are not complete yet: dashed, with hollow points. Few points are marked one by one. */
function drawnLine(data: Lines, line: Lines["lines"][number], color: string, narrow: boolean): object[] {
  const points = { symbol: "circle", symbolSize: 6, showSymbol: data.ticks.length <= 36, itemStyle: { color } };
  const style = { color, width: 2, type: line.dashed ? [6, 4] : "solid" };
  const label = narrow || data.lines.length < 2 ? undefined : { formatter: line.name, color };
  const complete = { ...ruler(line.values.map((value, i) => i < data.open ? value ?? "-" : "-"), style, label), ...points, z: 5 };
  if (data.open >= data.ticks.length) return [complete];
  const rest = line.values.map((value, i) => i < data.open - 1 ? "-" : { value: value ?? "-", symbolSize: i < data.open ? 0 : 8, itemStyle: fill(color, i >= data.open) });
  return [complete, { ...ruler(rest, { ...style, width: 1.5, type: [4, 4] }), symbol: "circle", showSymbol: true, z: 5 }];
}

/** Several lines over one axis, each named at its right end. */
export function linesOption(data: Lines, width: number): Option {
  const narrow = width < 480;
  const details = (i: number) => [
    data.ticks[i] ?? "",
    ...data.lines.flatMap((line) => line.values[i] == null ? [] : [`${line.name}: ${number(line.values[i], data.axis.digits)}${data.axis.unit}`]),
    ...(data.cases[i] ? [data.cases[i]] : []),
  ];
  const band = data.lower.length === 0 ? [] : [
    { ...ruler(data.lower.map((value) => value ?? "-"), { opacity: 0 }), stack: "band" },
    { ...ruler(data.upper.map((value, i) => value == null ? "-" : value - (data.lower[i] ?? 0)), { opacity: 0 }), stack: "band", areaStyle: { color: "var(--band)", opacity: 1 } },
  ];
  return {
    ...base,
    grid: { left: 64, right: narrow ? 12 : data.lines.length < 2 ? 32 : 120, top: 16, bottom: 36 },
    tooltip: { ...tipBox, trigger: "axis", axisPointer: { lineStyle: { color: "var(--control)" } }, formatter: (at: { dataIndex: number }[]) => tip(details(at[0]?.dataIndex ?? 0)) },
    xAxis: { type: "category", data: data.ticks, boundaryGap: false, axisTick: { show: false }, axisLine: { lineStyle: { color: "var(--control)" } }, axisLabel: { ...words, hideOverlap: true } },
    yAxis: valueAxis(data.axis),
    series: [
      ...band,
      ...data.lines.flatMap((line, i) => drawnLine(data, line, colors[i % colors.length] ?? "var(--ink)", narrow)),
    ],
  };
}
