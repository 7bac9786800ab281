// node draw.js OUT.html VIEW.json...: one page that shows the views as Slack about would, for looking
// at. Blocks are drawn by slack-blocks-to-jsx; what it leaves out is drawn here, so nothing vanishes.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const { createElement: h } = require("react");
const { renderToStaticMarkup } = require("react-dom/server");
const { Message } = require("slack-blocks-to-jsx");

const here = dirname(fileURLToPath(import.meta.url));
const WHEN = new Date("2026-11-24T12:05:00Z");
const LOGO =
  "data:image/svg+xml;utf8," +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36"><rect width="36" height="36" rx="8" fill="#1f6f78"/><text x="18" y="25" font-size="19" font-weight="bold" font-family="sans-serif" text-anchor="middle" fill="#fff">S</text></svg>',
  );
const PICTURE =
  "data:image/svg+xml;utf8," +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" width="360" height="90"><rect width="360" height="90" fill="#eee"/><text x="180" y="50" font-family="sans-serif" text-anchor="middle">(uppladdad bild)</text></svg>',
  );

/** Blocks that the package does not draw, or whose plain text it reads as markup, drawn by us. */
const OURS = { data_table: dataTable, alert, table, header, context };

function header(block) {
  return h("h3", { className: "header" }, block.text.text);
}

function context(block) {
  return h("p", null, ...block.elements.map((each) => h("span", null, each.text ?? each.alt_text)));
}

function cellWords(cell) {
  if (cell.type !== "rich_text") return cell.text;
  return cell.elements.flatMap((part) => part.elements.map((each) => each.text ?? "")).join("");
}

function rows(block, caption) {
  const [head, ...body] = block.rows;
  const numbers = (cell) => (cell.type === "raw_number" ? "number" : undefined);
  return h(
    "table",
    { className: "ours" },
    caption && h("caption", null, caption),
    h("thead", null, h("tr", null, ...head.map((cell) => h("th", null, cellWords(cell))))),
    h(
      "tbody",
      null,
      ...body.map((row) =>
        h("tr", null, ...row.map((cell) => h("td", { className: numbers(cell) }, cellWords(cell)))),
      ),
    ),
  );
}

function dataTable(block) {
  const shown = { ...block, rows: block.rows.slice(0, 1 + (block.page_size ?? 5)) };
  const left = block.rows.length - shown.rows.length;
  return h("div", null, rows(shown, block.caption), left > 0 && h("p", null, `(${left} rader på nästa sida)`));
}

function table(block) {
  return rows(block);
}

function alert(block) {
  return h("div", { className: `alert ${block.level ?? "default"}`, role: "alert" }, block.text.text);
}

/** The picture as it was uploaded, if it lies in the folder of the page's name. */
function uploaded(id) {
  const picture = join(out.replace(/\.html$/, ""), `${id}.png`);
  return existsSync(picture) ? `data:image/png;base64,${readFileSync(picture, "base64")}` : PICTURE;
}

/** Pictures and searches need Slack, which this page cannot reach. */
function withoutSlack(block) {
  if (block.type === "image" && block.slack_file) {
    const { slack_file: file, ...rest } = block;
    return { ...rest, image_url: uploaded(file.id) };
  }
  if (block.element?.type?.endsWith("_select")) {
    const { min_query_length: _, initial_option: chosen, ...menu } = block.element;
    const placeholder = chosen?.text ?? menu.placeholder;
    const options = menu.options ?? [chosen ?? { text: placeholder, value: "-" }];
    const type = menu.type.replace("external", "static");
    return { ...block, element: { ...menu, type, placeholder, options } };
  }
  return block;
}

/** The blocks in order: runs that the package draws, and ours between. */
function drawn(blocks, first) {
  const runs = [];
  for (const block of blocks) {
    if (OURS[block.type]) runs.push(block);
    else if (Array.isArray(runs.at(-1))) runs.at(-1).push(withoutSlack(block));
    else runs.push([withoutSlack(block)]);
  }
  if (first && !Array.isArray(runs[0])) runs.unshift([]);
  const message = (run, number) =>
    h(
      "div",
      { className: first && number === 0 ? "first" : "further" },
      h(Message, { blocks: run, logo: LOGO, name: "Samspel", time: WHEN }),
    );
  const one = (run, number) =>
    Array.isArray(run) ? message(run, number) : h("div", { className: "further own" }, OURS[run.type](run));
  return runs.map(one);
}

function modal(view) {
  return h(
    "section",
    { className: "modal" },
    h("header", null, h("h1", null, view.title.text), h("span", { className: "x" }, "×")),
    h("div", { className: "body" }, ...drawn(view.blocks, false)),
    h(
      "footer",
      null,
      view.close && h("button", null, view.close.text),
      view.submit && h("button", { className: "submit" }, view.submit.text),
    ),
  );
}

function home(view) {
  return h(
    "section",
    { className: "home" },
    h("header", null, h("h1", null, "Samspel"), h("nav", null, h("b", null, "Hem"), h("span", null, "Meddelanden"))),
    ...drawn(view.blocks, false),
  );
}

function shown(file) {
  const view = JSON.parse(readFileSync(file, "utf8"));
  if (view.type === "modal") return modal(view);
  if (view.type === "home") return home(view);
  const only = basename(file).startsWith("ephemeral-") ? h("p", { className: "only" }, "Bara du ser det här") : null;
  return h("section", { className: "message" }, only, ...drawn(view.blocks, true));
}

const [out, ...files] = process.argv.slice(2);
if (!out || files.length === 0) throw new Error("usage: node draw.js OUT.html VIEW.json...");
const views = files.map((file) => JSON.parse(readFileSync(file, "utf8")));
/** The package draws every text field as a large box. */
const lines = views
  .flatMap((view) => view.blocks)
  .filter((block) => block.element?.type === "plain_text_input" && !block.element.multiline)
  .map((block) => `[id="${block.block_id}"] textarea { height: 38px !important; min-height: 0 !important; }`);
const styles = [
  ...lines,
  readFileSync(join(here, "node_modules", "slack-blocks-to-jsx", "dist", "style.css"), "utf8"),
  readFileSync(join(here, "draw.css"), "utf8"),
];
const page = h(
  "html",
  { lang: "sv" },
  h("head", null, h("meta", { charSet: "utf-8" }), ...styles.map((each) => h("style", { dangerouslySetInnerHTML: { __html: each } }))),
  h("body", null, h("main", null, ...files.map(shown))),
);
// What the package says in and under every text field, and Slack does not.
const words = /<p>↵ Please &#x27;enter&#x27; to submit<\/p>|Write something/g;
writeFileSync(out, `<!doctype html>\n${renderToStaticMarkup(page).replace(words, "")}\n`);
