// Draws the charts of a page from the data beside them. What to say comes ready from the server; here is only the drawing.
import * as echarts from "echarts/core";
import { LineChart, ScatterChart } from "echarts/charts";
import { GridComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { LabelLayout } from "echarts/features";
import { SVGRenderer } from "echarts/renderers";
import { funnelOption } from "./funnel";
import type { Option } from "./grammar";
import { linesOption } from "./lines";
import { spcOption } from "./spc";

echarts.use([LineChart, ScatterChart, GridComponent, MarkLineComponent, TooltipComponent, LabelLayout, SVGRenderer]);

// The data comes from our own server, which makes it from types of the same names.
const kinds: Record<string, (data: never, width: number) => Option> = { spc: spcOption, funnel: funnelOption, lines: linesOption };

/// An A4 sheet between its margins, in the pixels of a page, and what a chart takes of its height.
const kPaper = 688, kPaperHigh = 300;

function draw(holder: HTMLElement): void {
  const option = kinds[holder.dataset.chart ?? ""];
  const data = holder.querySelector("script")?.textContent;
  if (!option || !data) return;
  const parsed = JSON.parse(data) as never;
  const chart = echarts.init(holder, null, { renderer: "svg" });
  let width = 0;
  const redraw = (wide: number, high: number | "auto") => {
    width = wide;
    chart.resize({ width: wide, height: high });
    chart.setOption(option(parsed, wide), true);
    // Where paper is narrower still, the drawing becomes smaller as a whole.
    holder.querySelector("svg")?.setAttribute("viewBox", `0 0 ${chart.getWidth()} ${chart.getHeight()}`);
    holder.classList.add("drawn");
  };
  new ResizeObserver(() => {
    if (matchMedia("print").matches || holder.clientWidth === width || holder.clientWidth === 0) return;
    redraw(holder.clientWidth, "auto");
  }).observe(holder);
  // Drawn for the width of a sheet, so that its words stay as large as the others.
  addEventListener("beforeprint", () => width > kPaper && redraw(kPaper, Math.min(chart.getHeight(), kPaperHigh)));
  addEventListener("afterprint", () => holder.clientWidth > 0 && redraw(holder.clientWidth, "auto"));
}

for (const holder of document.querySelectorAll<HTMLElement>("[data-chart]")) {
  try {
    draw(holder);
  } catch (error) {
    holder.className = "chart-fault";
    holder.textContent = holder.dataset.fault ?? "";
    console.error(error);
  }
}
