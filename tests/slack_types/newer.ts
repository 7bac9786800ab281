// Blocks that Slack documents and @slack/types does not know yet. Declared from the documentation;
// each goes when the package has it, which tsc then says here.

import type { Block, KnownBlock } from "@slack/types";

type Missing<T extends string> = [Extract<KnownBlock, { type: T }>] extends [never] ? true : never;

export const stillMissing: Missing<"data_visualization"> = true;


/** https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block */
export interface DataVisualizationBlock extends Block {
  type: "data_visualization";
  title: string;
  chart: AxisChart | PieChart;
}

export interface AxisChart {
  type: "bar" | "line" | "area";
  series: { name: string; data: { label: string; value: number }[] }[];
  axis_config: { categories: string[]; x_label?: string; y_label?: string };
}

export interface PieChart {
  type: "pie";
  segments: { label: string; value: number }[];
}
