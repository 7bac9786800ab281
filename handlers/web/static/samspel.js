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

// Sending a line or pressing a button without leaving the page. The stream may show the answer
// before the sending itself is answered: what is typed then is the next line, and is sent after it.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-live]") || !timeline) return;
  event.preventDefault();
  const line = form.querySelector("textarea");
  if (form.dataset.busy) {
    if (line) form.dataset.waiting = "1";
    return;
  }
  form.dataset.busy = "1";
  const body = new URLSearchParams(new FormData(form, event.submitter));
  const words = line?.value;
  if (line) line.value = "";
  try {
    const answer = await fetch(form.action, { method: "POST", body });
    const there = new URL(answer.url);
    if (!answer.ok || there.pathname !== location.pathname) {
      putBack(line, words);
      if (answer.ok) location.assign(there);
      else form.submit.call(form);
      return;
    }
    form.querySelector("[name=form-key]").value = newKey();
    say("");
    merge(partOf(await answer.text()));
    toTheEnd();
  } catch {
    putBack(line, words);
    say(document.documentElement.lang === "en" ? "No connection. What you wrote is still here." : "Ingen kontakt. Det du skrev står kvar.");
  } finally {
    delete form.dataset.busy;
    if (form.dataset.waiting && line.value.trim()) form.requestSubmit();
    delete form.dataset.waiting;
  }
});

// What could not be sent stands before what was typed since, and nothing more is sent by itself.
function putBack(line, words) {
  if (!line) return;
  line.value = [words, line.value].filter(Boolean).join("\n");
  delete line.form.dataset.waiting;
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
