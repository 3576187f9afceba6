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

function draw(holder: HTMLElement): void {
  const option = kinds[holder.dataset.chart ?? ""];
  const data = holder.querySelector("script")?.textContent;
  if (!option || !data) return;
  const parsed = JSON.parse(data) as never;
  const chart = echarts.init(holder, null, { renderer: "svg" });
  let width = 0;
  new ResizeObserver(() => {
    if (holder.clientWidth === width || holder.clientWidth === 0) return;
    width = holder.clientWidth;
    chart.resize();
    chart.setOption(option(parsed, width), true);
    // Printing makes the drawing smaller as a whole.
    holder.querySelector("svg")?.setAttribute("viewBox", `0 0 ${chart.getWidth()} ${chart.getHeight()}`);
    holder.classList.add("drawn");
  }).observe(holder);
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
