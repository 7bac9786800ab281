// node check.js VIEWS: every JSON file of VIEWS read by Microsoft's own adaptivecards, whose every
// complaint is a line. Its one permitted complaint is that it knows no Chart.*, whose fallback is read
// as a card of its own. Exits 0 when there is nothing to say.

import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const require = createRequire(import.meta.url);
const cards = require("adaptivecards/dist/adaptivecards.js");

const ACTIVITY = ["type", "attachments", "summary"];
const SHOWN_ACTIONS = 6;
const MOST_BYTES = 80_000;
const host = new cards.HostConfig({ actions: { maxActions: 10 }, supportsInteractivity: true });
const charts = /^Chart\.[A-Z]/;

/** What is wrong with the card, in words. */
function complaints(card) {
  const context = new cards.SerializationContext();
  const read = new cards.AdaptiveCard();
  read.hostConfig = host;
  read.parse(card, context);
  const events = [];
  for (let at = 0; at < context.eventCount; at++) events.push(context.getEventAt(at));
  events.push(...read.validateProperties().validationEvents);
  const said = events.filter((each) => !isChart(each)).map((each) => each.message);
  if (!(read.version?.major === 1 && read.version.minor === 5)) said.push("the version is not 1.5");
  if (!card.fallbackText) said.push("there is no fallbackText");
  return [...said, ...structure(card)];
}

function isChart(event) {
  const name = /Chart\.[A-Za-z.]+/.exec(event.message)?.[0] ?? "";
  return event.event === cards.ValidationEvent.UnknownElementType && charts.test(name);
}

/** What the package lets pass: fallbacks of charts, rows of buttons, ids that are taken twice. */
function structure(card) {
  const said = [];
  const ids = new Set();
  walk(card, (element) => {
    if (charts.test(element.type ?? "")) {
      if (!element.fallback) said.push(`${element.type} has no fallback`);
      else said.push(...complaints({ ...card, msteams: undefined, body: [element.fallback] }));
    }
    if (element.type === "ActionSet") {
      const shown = element.actions.filter((each) => each.mode !== "secondary");
      if (shown.length > SHOWN_ACTIONS) said.push(`${shown.length} buttons in a row`);
    }
    if (element.type === "Image" && !(element.altText && element.url?.startsWith("https://")))
      said.push("a picture without alternative text or HTTPS");
    if (element.type === "TextBlock" && element.wrap !== true) said.push("a text that is cut");
    if (element.type?.startsWith("Input.")) {
      if (!element.label) said.push(`${element.id} has no label`);
      if (ids.has(element.id)) said.push(`${element.id} is there twice`);
      ids.add(element.id);
      if (element.isRequired || element.regex) said.push(`${element.id} is judged in the client`);
    }
  });
  for (const each of card.msteams?.entities ?? [])
    if (!JSON.stringify(card.body).includes(JSON.stringify(each.text).slice(1, -1)))
      said.push(`${each.text} is mentioned nowhere`);
  return said;
}

function walk(value, met) {
  if (Array.isArray(value)) value.forEach((each) => walk(each, met));
  else if (value && typeof value === "object") {
    met(value);
    for (const [name, each] of Object.entries(value)) if (name !== "fallback") walk(each, met);
  }
}

/** An activity is a card alone; else what stands there is the card. */
function said(name, view) {
  const sizes = JSON.stringify(view).length * 2 > MOST_BYTES ? ["more than an activity holds"] : [];
  if (!name.startsWith("message-")) return [...sizes, ...complaints(view)];
  const [attachment, ...more] = view.attachments ?? [];
  const keys = Object.keys(view).filter((each) => !ACTIVITY.includes(each));
  const about = [...sizes, ...keys.map((each) => `an activity has no ${each}`)];
  if (view.type !== "message" || !view.summary) about.push("no message, or without summary");
  if (!attachment || more.length) return [...about, "not one attachment"];
  if (attachment.contentType !== "application/vnd.microsoft.card.adaptive") about.push("no card");
  return [...about, ...complaints(attachment.content ?? {})];
}

const views = resolve(process.argv[2] ?? "");
const names = readdirSync(views).filter((name) => name.endsWith(".json")).sort();
if (names.length === 0) throw new Error(`${views} holds no views`);
let wrong = 0;
for (const name of names) {
  const about = said(name, JSON.parse(readFileSync(join(views, name), "utf8")));
  for (const each of about) console.log(`${name}: ${each}`);
  wrong += about.length ? 1 : 0;
}
console.log(`${names.length} views, ${wrong} refused`);
process.exit(wrong ? 1 : 0);
