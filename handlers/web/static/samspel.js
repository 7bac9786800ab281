// What script adds to pages that work without it: news as they come, sending without a reload,
// fields that unfold by themselves, suggestions. Nothing here decides anything.
"use strict";
document.documentElement.classList.add("scripted");

const timeline = document.querySelector("[data-live-from]");
const scroller = document.querySelector("[data-scroller]");
const notice = document.querySelector("[data-notice]");

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function say(words) {
  if (!notice) return;
  notice.textContent = words;
  notice.hidden = !words;
}

// To the newest: its end, or its beginning when it is too long to be seen at once.
function toTheEnd() {
  if (!scroller) return;
  const last = timeline?.lastElementChild;
  const fits = !last || last.offsetHeight < scroller.clientHeight;
  scroller.scrollTop = fits ? scroller.scrollHeight : scroller.scrollTop
    + last.getBoundingClientRect().top - scroller.getBoundingClientRect().top - 8;
}

function atTheEnd() {
  return scroller && scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 120;
}

// The list of rooms lies open where there is room for it.
const wide = matchMedia("(min-width: 60rem)");
const rooms = document.querySelector("[data-wide-open]");
if (rooms) {
  const fit = () => { rooms.open = wide.matches; };
  fit();
  wide.addEventListener("change", fit);
}

// The timeline: fetch it anew, put in what is new or newer, leave the rest and the focus alone.
let fetching = false;
let again = false;
async function refresh() {
  if (!timeline) return;
  if (fetching) { again = true; return; }
  fetching = true;
  try {
    const answer = await fetch(timeline.dataset.fragment, { headers: { accept: "text/html" } });
    if (answer.redirected) { location.reload(); return; }
    if (answer.ok) merge(await answer.text());
  } catch { /* The stream comes back by itself and asks again. */ } finally {
    fetching = false;
    if (again) { again = false; refresh(); }
  }
}

function merge(html) {
  const end = atTheEnd();
  const fresh = new DOMParser().parseFromString(`<ol>${html}</ol>`, "text/html").querySelectorAll("ol > li");
  document.querySelector(".empty")?.remove();
  let before = null;
  for (const item of fresh) {
    const old = document.getElementById(item.id);
    if (!old) {
      item.classList.add("new");
      const next = before ? before.nextSibling : timeline.firstChild;
      timeline.insertBefore(document.adoptNode(item), next);
      before = item;
    } else {
      if (old.dataset.version !== item.dataset.version && !old.contains(document.activeElement)) {
        old.replaceWith(document.adoptNode(item));
        before = item;
      } else before = old;
    }
  }
  if (end) toTheEnd();
}

if (timeline) {
  let stream = null;
  const open = () => {
    if (stream || document.hidden) return;
    stream = new EventSource(timeline.dataset.liveFrom);
    stream.addEventListener("changed", refresh);
    stream.addEventListener("error", () => {
      if (stream.readyState === EventSource.CLOSED) { stream = null; setTimeout(open, 5000); }
    });
  };
  // A hidden page keeps no connection; shown again, it looks once.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) { stream?.close(); stream = null; } else { open(); refresh(); }
  });
  open();
  toTheEnd();
  window.addEventListener("load", toTheEnd);
}

const swedish = document.documentElement.lang !== "en";

// Sending a line or pressing a button without leaving the page.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-live]") || !timeline) return;
  event.preventDefault();
  if (form === composer) enter(); else pressed(form, event.submitter);
});

async function pressed(form, button) {
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  const body = new URLSearchParams(new FormData(form, button));
  try {
    const answer = await fetch(form.action, { method: "POST", body });
    if (!answer.ok) form.submit.call(form);
    else if (leads(answer)) location.assign(answer.url);
    else {
      form.querySelector("[name=form-key]").value = newKey();
      await show(answer);
    }
  } catch {
    say(swedish ? "Ingen kontakt. Försök igen om en stund." : "No connection. Try again in a while.");
  } finally {
    delete form.dataset.busy;
  }
}

function leads(answer) {
  return new URL(answer.url).pathname !== location.pathname;
}

async function show(answer) {
  say("");
  merge(partOf(await answer.text()));
  toTheEnd();
}

// Lines wait their turn, so that one can go on typing. Each is sent alone and under a key of its own:
// one that is sent again because its answer was lost is the same to the server, and is done once.
const composer = document.querySelector(".composer[data-live]");
const lines = [];
let sending = false;

function enter() {
  const { words, "form-key": key } = composer.elements;
  if (words.value.trim()) {
    lines.push({ words: words.value, key: key.value });
    words.value = "";
    key.value = newKey();
  }
  sendLines();
}

async function sendLines() {
  if (sending) return;
  sending = true;
  try {
    while (lines.length && await sent(lines[0]));
  } catch { notSent(); } finally { sending = false; }
}

// Whether the next line may be sent from this page.
async function sent(line) {
  const body = new URLSearchParams(new FormData(composer));
  body.set("words", line.words);
  body.set("form-key", line.key);
  const slow = setTimeout(() => say(`${swedish ? "Skickar" : "Sending"}: ${line.words}`), 1500);
  try {
    const answer = await fetch(composer.action, { method: "POST", body });
    lines.shift();
    if (!answer.ok) { sendByPage(line); return false; }
    if (leads(answer)) { location.assign(answer.url); return false; }
    await show(answer);
    return true;
  } finally { clearTimeout(slow); }
}

// The server's own page tells what was wrong, with the line on it.
function sendByPage(line) {
  const { words, "form-key": key } = composer.elements;
  typing = words.value;
  words.value = line.words;
  key.value = line.key;
  composer.submit();
}

function notSent() {
  const { words, "form-key": key } = composer.elements;
  if (lines.length === 1 && !words.value) {
    [{ words: words.value, key: key.value }] = lines.splice(0);
    say(swedish ? "Ingen kontakt. Det du skrev står kvar." : "No connection. What you wrote is still here.");
  } else if (lines.length) {
    const waiting = lines.map((line) => `”${line.words}”`).join(", ");
    say(swedish ? `Ingen kontakt. Inte skickat än: ${waiting}. Tryck på Skicka för att försöka igen.`
      : `No connection. Not sent yet: ${waiting}. Press Send to try again.`);
  }
}

// What is typed and not sent is there when the page is opened again, for whoever is still signed in.
let typing = null;
if (composer && timeline) {
  const place = `unsent ${location.pathname}`;
  const { words, "form-token": token } = composer.elements;
  addEventListener("pagehide", () => {
    const kept = { token: token.value, lines, typing: typing ?? words.value };
    if (lines.length || kept.typing) sessionStorage.setItem(place, JSON.stringify(kept));
  });
  addEventListener("pageshow", ({ persisted }) => {
    const kept = JSON.parse(sessionStorage.getItem(place));
    sessionStorage.removeItem(place);
    if (persisted) { words.value = typing ?? words.value; typing = null; }
    else if (kept?.token === token.value) {
      lines.push(...kept.lines);
      words.value = kept.typing;
    }
    sendLines();
  });
}

function partOf(html) {
  return new DOMParser().parseFromString(html, "text/html").querySelector(".timeline")?.innerHTML ?? "";
}

// Enter sends, Shift+Enter makes a new line; on a phone's keyboard Enter is a new line.
document.querySelector("#words")?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || matchMedia("(pointer: coarse)").matches) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

// A choice that decides which fields there are: draw the form again. What was typed while the
// answer was on its way stays, and so does the focus; of several answers the last asked for counts.
let redraws = 0;
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-redraws]")) redraw(event.target.form);
});

async function redraw(form) {
  const mine = ++redraws;
  const sent = new URLSearchParams(new FormData(form));
  sent.set("form-go", "redraw");
  try {
    const answer = await fetch(form.action, { method: "POST", body: sent });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("form.ask");
    if (mine !== redraws || !answer.ok || !fresh) return;
    keepNewer(form, fresh, sent);
    const at = form.contains(document.activeElement) ? document.activeElement : null;
    const [start, end] = [at?.selectionStart, at?.selectionEnd];
    form.replaceWith(document.adoptNode(fresh));
    if (!at) return;
    const there = twin(at, fresh) ?? fresh.querySelector(":checked");
    there?.focus();
    if (typeof start === "number" && there?.setSelectionRange) there.setSelectionRange(start, end);
  } catch { document.documentElement.classList.remove("scripted"); }
}

function keepNewer(form, fresh, sent) {
  for (const field of form.querySelectorAll("input:not([type=hidden]), textarea, select")) {
    const there = twin(field, fresh);
    if (!there) continue;
    if (isTick(field)) there.checked = field.checked;
    else if (field.value !== sent.get(field.name)) there.value = field.value;
  }
  if (form.querySelector("details.more")?.open) fresh.querySelector("details.more")?.setAttribute("open", "");
}

function isTick(field) {
  return field.type === "radio" || field.type === "checkbox";
}

function twin(field, fresh) {
  const named = [...fresh.elements].filter((each) => each.name === field.name && each.tabIndex === field.tabIndex);
  return named.find((each) => !isTick(field) || each.value === field.value);
}

// Suggestions while typing in a search box.
let waiting = 0;
document.addEventListener("input", (event) => {
  const box = event.target;
  if (box.matches("[data-filter]")) { filter(box.value); return; }
  if (!box.matches("[data-search]") || box.value.trim().length < 2) return;
  clearTimeout(waiting);
  waiting = setTimeout(async () => {
    const answer = await fetch(`/sok/${box.dataset.search}?q=${encodeURIComponent(box.value)}`).catch(() => null);
    if (!answer?.ok) return;
    const found = await answer.json();
    box.list.replaceChildren(...found.map(({ value, label }) => {
      const option = document.createElement("option");
      option.value = box.dataset.search === "activity" ? value : label;
      option.dataset.value = value;
      option.label = label;
      return option;
    }));
  }, 200);
});

// The list of people to sign in as.
function filter(words) {
  const wanted = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  for (const group of document.querySelectorAll(".people")) {
    const organisation = group.querySelector("h2").textContent.toLocaleLowerCase();
    let any = false;
    for (const line of group.querySelectorAll("li")) {
      const text = `${organisation} ${line.textContent.toLocaleLowerCase()}`;
      line.hidden = !wanted.every((word) => text.includes(word));
      any ||= !line.hidden;
    }
    group.hidden = !any;
  }
}

document.querySelector(".problems")?.focus();
