"use strict";
/* Checks the chains of a lesson in the page itself, with the browser's own SHA-256
   (docs/formats/chain-jsonl.md, sections 2 and 3). Nothing is loaded from anywhere. */
const LESSON = JSON.parse(document.getElementById("lesson").textContent);
const HEX = (bytes) => [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
const UTF8 = new TextEncoder();
const state = { step: 0, language: LESSON.language, files: {} };

async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

function joined(...parts) {
  const out = new Uint8Array(parts.reduce((sum, each) => sum + each.length, 0));
  let at = 0;
  for (const each of parts) { out.set(each, at); at += each.length; }
  return out;
}

/* Merkle tree hash of RFC 9162, section 2.1.1. */
async function treeRoot(items) {
  if (items.length === 0) return sha256(new Uint8Array());
  let level = [];
  for (const item of items) {
    level.push(await sha256(joined(Uint8Array.of(0), UTF8.encode(item))));
  }
  while (level.length > 1) {
    const next = [];
    for (let i = 0; i + 1 < level.length; i += 2) {
      next.push(await sha256(joined(Uint8Array.of(1), level[i], level[i + 1])));
    }
    if (level.length % 2) next.push(level[level.length - 1]);
    level = next;
  }
  return level[0];
}

/* The exact slices of a block line: its header and its items. */
function slices(line) {
  const cut = line.indexOf(',"entries":[');
  const header = line.slice('{"block":'.length, cut);
  const items = [];
  let at = cut + ',"entries":['.length;
  while (at < line.length && line[at] !== "]") {
    let depth = 0, quoted = false, from = at;
    do {
      const sign = line[at];
      if (quoted) {
        if (sign === "\\") at += 1;
        else if (sign === '"') quoted = false;
      } else if (sign === '"') quoted = true;
      else if (sign === "{") depth += 1;
      else if (sign === "}") depth -= 1;
      at += 1;
    } while (depth > 0 && at < line.length);
    items.push(line.slice(from, at));
    if (line[at] === ",") at += 1;
  }
  return { header, items };
}

async function checked(text) {
  const lines = text.split("\n").filter((line) => line);
  const chain = lines[0].slice('{"chain":'.length, -1);
  let before = HEX(await sha256(UTF8.encode(chain)));
  const blocks = [];
  let lost = false;
  for (let at = 1; at < lines.length; at += 1) {
    if (!lines[at].startsWith('{"block":')) continue;
    const { header, items } = slices(lines[at]);
    const said = JSON.parse(lines[at]);
    const computed = HEX(await sha256(UTF8.encode(header)));
    const root = HEX(await treeRoot(items));
    const link = said.block.previous === before;
    const hash = said.hash === computed;
    const tree = said.block.entries_root === root;
    const fits = link && hash && tree;
    const standing = !fits ? "failed" : lost ? "rests" : "holds";
    lost = lost || !fits;
    blocks.push({ at, said, computed, root, link, hash, tree, standing, line: lines[at] });
    before = computed;
  }
  return { lines, blocks, last: before };
}

async function rehash(copy, only) {
  const found = await checked(state.files[copy]);
  const lines = found.lines.slice();
  let before = null;
  for (const block of found.blocks) {
    let line = lines[block.at];
    const mends = only === null || block.said.block.height === only;
    if (mends) {
      const cut = line.indexOf(',"entries":[');
      let header = line.slice(0, cut);
      header = header.replace(/("entries_root":")[0-9a-f]*/, `$1${block.root}`);
      if (only === null && before !== null) {
        header = header.replace(/("previous":")[0-9a-f]*/, `$1${before}`);
      }
      const hash = HEX(await sha256(UTF8.encode(header.slice('{"block":'.length))));
      const tail = line.slice(cut);
      const mark = tail.lastIndexOf(',"hash":"') + ',"hash":"'.length;
      line = header + tail.slice(0, mark) + hash + tail.slice(mark + 64);
      lines[block.at] = line;
      before = hash;
    } else {
      before = block.computed;
    }
  }
  if (only === null) {
    const end = lines.length - 1;
    lines[end] = lines[end].replace(/("last":")[0-9a-f]*/, `$1${before}`);
  }
  state.files[copy] = lines.join("\n") + "\n";
  await show();
}

async function edit(copy, at, field, value) {
  const lines = state.files[copy].split("\n");
  const text = typeof field.old === "number" ? String(Number.parseInt(value, 10) || 0)
    : JSON.stringify(value);
  const old = `"${field.name}":${JSON.stringify(field.old)}`;
  lines[at] = lines[at].replace(old, () => `"${field.name}":${text}`);
  state.files[copy] = lines.join("\n");
  await show();
}

const say = (words) => words[state.language];
function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}
function button(text, act) {
  const made = element("button", text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

function valueOf(copy, block, name, old, changed) {
  const made = element("div", undefined, changed ? "bad" : "");
  const value = element("span", String(old), "value");
  if (copy === "original") { made.append(value); return made; }
  value.contentEditable = "true";
  value.spellcheck = false;
  value.setAttribute("role", "textbox");
  value.setAttribute("aria-label", name);
  value.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); value.blur(); }
  });
  value.addEventListener("blur", () => {
    if (value.textContent !== String(old)) {
      edit(copy, block.at, { name, old }, value.textContent);
    }
  });
  made.append(value);
  return made;
}

function card(copy, block, first) {
  const made = element("div", undefined, `block ${block.standing}`);
  made.dataset.standing = block.standing;
  const height = block.said.block.height;
  const mark = { holds: "✓", failed: "✕", rests: "?" }[block.standing];
  const head = element("strong", `${say(LESSON.words.block)} ${height} ${mark}`);
  head.title = say(LESSON.words[block.standing]);
  made.append(head);
  const there = first.blocks.find((each) => each.said.block.height === height);
  const entry = block.said.entries[0]?.entry;
  const was = there?.said.entries[0]?.entry.payload ?? {};
  for (const [name, value] of Object.entries(entry?.payload ?? {})) {
    const changed = name in was && was[name] !== value;
    made.append(valueOf(copy, block, name, value, changed));
  }
  const pair = (words, text, className) => {
    made.append(element("small", say(words)));
    made.append(element("span", `${text.slice(0, 16)}…`, `mono ${className}`));
  };
  pair(LESSON.words.previous, block.said.block.previous, block.link ? "" : "bad");
  if (!block.tree) pair(LESSON.words.root, block.root, "bad");
  pair(LESSON.words.stored, block.said.hash, "");
  const isNew = there && there.computed !== block.computed;
  pair(LESSON.words.computed, block.computed, `${block.hash ? "" : "bad"} ${isNew ? "new" : ""}`);
  return made;
}

async function show() {
  const step = LESSON.steps[state.step];
  document.documentElement.lang = state.language;
  document.body.dataset.done = "";
  const page = element("main");
  const bar = element("div", undefined, "bar");
  LESSON.steps.forEach((each, number) => {
    const one = button(`${number + 1} ${say(each.title)}`, () => goTo(number));
    if (number === state.step) one.setAttribute("aria-current", "step");
    bar.append(one);
  });
  bar.append(button(say(LESSON.words.again), () => goTo(state.step)));
  bar.append(button(state.language === "en" ? "中文" : "English", () => {
    state.language = state.language === "en" ? "zh" : "en";
    show();
  }));
  page.append(bar, element("h1", say(step.say)));
  page.append(element("p", `${say(LESSON.words.do)} ${say(step.do)}`));
  page.append(element("p", `${say(LESSON.words.see)} ${say(step.see)}`));
  let first = null;
  let last = null;
  for (const row of step.rows) {
    const found = await checked(state.files[row.copy]);
    first ??= found;
    last = found;
    const made = element("section", undefined, "row");
    made.dataset.copy = row.copy;
    const head = element("div", undefined, "bar");
    head.append(element("strong", say(row.title)), element("span", say(row.note)));
    if (state.files[row.copy] === LESSON.texts[row.text]) { // as the program saw it
      const said = element("span", `${say(LESSON.words.says)} ${say(row.verdict)}`, "limit");
      said.dataset.verdict = row.verdict.en;
      head.append(said);
    }
    if (row.copy !== "original") {
      const broken = found.blocks.find((each) => each.standing === "failed");
      const height = broken ? broken.said.block.height : 0;
      head.append(button(`${say(LESSON.words.one)} (${height})`, () => rehash(row.copy, height)));
      head.append(button(say(LESSON.words.all), () => rehash(row.copy, null)));
    }
    const blocks = element("div", undefined, "blocks");
    found.blocks.forEach((each) => blocks.append(card(row.copy, each, first)));
    made.append(head, blocks);
    page.append(made);
  }
  if (step.anchor) page.append(anchorBand(last));
  page.append(element("p", say(LESSON.words.limit), "limit"));
  document.getElementById("page").replaceChildren(page);
  document.body.dataset.done = "yes";
}

function anchorBand(last) {
  const block = last.blocks.find((each) => each.said.block.height === LESSON.anchor.height);
  const computed = block ? block.computed : "";
  const agrees = computed === LESSON.anchor.hash;
  const made = element("section", undefined, agrees ? "anchor agrees" : block ? "anchor" : "anchor open");
  made.dataset.agrees = agrees ? "yes" : block ? "no" : "open";
  const missing = block ? LESSON.words.differs : LESSON.words.nothing;
  made.append(element("strong", say(agrees ? LESSON.words.agrees : missing)));
  made.append(element("div", `${say(LESSON.words.printed)} ${LESSON.anchor.hash}`, "mono"));
  made.append(element("div", `${say(LESSON.words.computed)} ${computed || "—"}`, "mono"));
  return made;
}

async function goTo(number) {
  state.step = number;
  state.files = {};
  for (const row of LESSON.steps[number].rows) {
    state.files[row.copy] = LESSON.texts[row.text];
  }
  await show();
}

const asked = new URLSearchParams(location.hash.slice(1));
if (asked.get("lang")) state.language = asked.get("lang");
const wanted = Number.parseInt(asked.get("step") ?? "1", 10) - 1;
goTo(Math.min(Math.max(wanted, 0), LESSON.steps.length - 1));
