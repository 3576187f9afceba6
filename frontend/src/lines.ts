import { type Option, base, number, ruler, tip, tipBox, valueAxis, words, type Axis } from "./grammar";

interface Lines { axis: Axis; ticks: string[]; lines: { name: string; dashed: boolean; values: (number | null)[] }[]; lower: number[]; upper: number[] }

const colors = ["var(--ink)", "var(--improvement)", "var(--neutral)", "var(--common)", "var(--concern)"];

/** Several lines over one axis, each named at its right end. */
export function linesOption(data: Lines, width: number): Option {
  const narrow = width < 480;
  const details = (i: number) => [data.ticks[i] ?? "", ...data.lines.map((line) => `${line.name}: ${line.values[i] == null ? "–" : number(line.values[i], data.axis.digits) + data.axis.unit}`)];
  const band = data.lower.length === 0 ? [] : [
    { ...ruler(data.lower, { opacity: 0 }), stack: "band" },
    { ...ruler(data.upper.map((value, i) => value - (data.lower[i] ?? 0)), { opacity: 0 }), stack: "band", areaStyle: { color: "var(--band)", opacity: 1 } },
  ];
  return {
    ...base,
    grid: { left: 64, right: narrow ? 12 : 120, top: 16, bottom: 36 },
    tooltip: { ...tipBox, trigger: "axis", axisPointer: { lineStyle: { color: "var(--control)" } }, formatter: (at: { dataIndex: number }[]) => tip(details(at[0]?.dataIndex ?? 0)) },
    xAxis: { type: "category", data: data.ticks, boundaryGap: false, axisTick: { show: false }, axisLine: { lineStyle: { color: "var(--control)" } }, axisLabel: { ...words, hideOverlap: true } },
    yAxis: valueAxis(data.axis),
    series: [
      ...band,
      ...data.lines.map((line, i) => {
        const color = colors[i % colors.length];
        return { ...ruler(line.values.map((value) => value ?? "-"), { color, width: 2, type: line.dashed ? [6, 4] : "solid" }, narrow ? undefined : { formatter: line.name, color }), z: 5 };
      }),
    ],
  };
}
