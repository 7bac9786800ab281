// What Samspel sends, exactly: only blocks that Slack names, each where Slack allows it.
// @slack/types lets any block through that has a type (AnyBlock); here only known ones pass.

import type * as slack from "@slack/types";
import type { DataVisualizationBlock } from "./newer.js";

type Everywhere =
  | slack.ActionsBlock
  | slack.CardBlock
  | slack.ContextBlock
  | slack.DividerBlock
  | slack.HeaderBlock
  | slack.ImageBlock
  | slack.InputBlock
  | slack.RichTextBlock
  | slack.SectionBlock
  | slack.VideoBlock;

type Data =
  | slack.CarouselBlock
  | slack.ContainerBlock
  | slack.DataTableBlock
  | slack.TableBlock
  | DataVisualizationBlock;

export type MessageBlock =
  | Everywhere
  | Data
  | slack.ContextActionsBlock
  | slack.FileBlock
  | slack.MarkdownBlock
  | slack.PlanBlock
  | slack.TaskCardBlock;

interface Said {
  channel: string;
  text: string;
  blocks: MessageBlock[];
  thread_ts?: string;
}

/** The arguments of chat.postMessage. */
export interface Message extends Said {
  metadata?: slack.MessageMetadata;
  reply_broadcast?: boolean;
  unfurl_links?: boolean;
  unfurl_media?: boolean;
}

/** The arguments of chat.postEphemeral. */
export interface Ephemeral extends Said {
  user: string;
}

/** The `view` of views.open, views.update and views.push. */
export type Modal = Omit<slack.ModalView, "blocks"> & { blocks: (Everywhere | slack.AlertBlock)[] };

/** The `view` of views.publish. */
export type Home = Omit<slack.HomeView, "blocks"> & { blocks: (Everywhere | Data)[] };
