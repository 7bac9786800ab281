// node words.js TEXTS.json: each Markdown text as readers of CommonMark show it, as JSON: for each of
// them the words, the words in bold, those in italics, where links lead, and what else it was read as.

import { readFileSync } from "node:fs";
import markdownIt from "markdown-it";

const READERS = [markdownIt("commonmark"), markdownIt({ html: true }), markdownIt({ html: false })];
const PLAIN = new Set(["text", "paragraph_open", "paragraph_close", "softbreak", "hardbreak", "inline"]);
const KNOWN = { strong: "strong", em: "em", link: "link" };

function shown(reader, text) {
  const read = { words: "", strong: [], em: [], links: [], else: [] };
  const open = [];
  for (const block of reader.parse(text, {})) {
    if (block.type === "paragraph_open" && read.words) read.words += "\n";
    for (const each of block.children ?? [block]) {
      const kind = each.type.replace(/_(open|close)$/, "");
      if (KNOWN[kind]) {
        if (each.nesting === 1) {
          open.push(kind);
          if (kind === "link") read.links.push(each.attrGet("href"));
          else read[kind].push("");
        } else open.splice(open.lastIndexOf(kind), 1);
      } else if (each.type === "text" || each.type === "text_special") {
        read.words += each.content;
        for (const mark of open) if (mark !== "link") read[mark][read[mark].length - 1] += each.content;
      } else if (each.type === "softbreak" || each.type === "hardbreak") read.words += "\n";
      else if (!PLAIN.has(each.type)) read.else.push(each.type);
    }
  }
  return read;
}

const texts = JSON.parse(readFileSync(process.argv[2], "utf8"));
console.log(JSON.stringify(texts.map((text) => READERS.map((reader) => shown(reader, text)))));
