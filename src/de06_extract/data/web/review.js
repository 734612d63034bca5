// Cards and boxes of one report: each is found by the other, decisions are kept without leaving the page.
"use strict";
document.documentElement.classList.add("script");
const body = document.body;
const cards = document.getElementById("cards");
const sheets = document.querySelector(".sheets");
const choose = document.querySelector(".choose");
const consistent = document.getElementById("consistent");
const keys = document.getElementById("keys");
const useKeys = document.getElementById("use-keys");
const told = document.getElementById("told");
const problem = document.getElementById("problem");
const LOOKS = ["wrong", "figure", "dismissed", "consistent"];
const KEYS = "de06-extract keys";
let chosen = null; // the id of a card

const cardOf = (id) => document.getElementById(id);
const boxesOf = (id) => [...sheets.querySelectorAll(".box[data-cards]")].filter((box) => box.dataset.cards.split(" ").includes(id));
const shownCards = () => [...cards.querySelectorAll(".card")].filter((card) => !card.hidden);
const motion = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth");

function bring(element) {
  // Within its own pane, so that the page around does not move.
  const pane = element.closest(".sheets, .cards-pane");
  if (!pane || pane.scrollHeight <= pane.clientHeight) { element.scrollIntoView({ block: "center", inline: "nearest", behavior: motion() }); return; }
  const inner = element.getBoundingClientRect();
  const outer = pane.getBoundingClientRect();
  const tall = Math.min(inner.height, outer.height);
  pane.scrollTo({ top: pane.scrollTop + inner.top - outer.top - (outer.height - tall) / 2, behavior: motion() });
}

function select(id, { focus = true, card = true, box = true } = {}) {
  const found = cardOf(id);
  if (!found || !found.classList.contains("card")) return;
  if (found.hidden) { choose.elements.show.value = "all"; choose.elements.rule.value = ""; choose.elements.words.value = ""; filter(); }
  for (const one of document.querySelectorAll(".chosen-card")) one.classList.remove("chosen-card");
  for (const one of document.querySelectorAll(".chosen-box")) one.classList.remove("chosen-box");
  chosen = id;
  found.classList.add("chosen-card");
  const boxes = boxesOf(id);
  for (const one of boxes) one.classList.add("chosen-box");
  if (location.hash !== `#${id}`) history.replaceState(null, "", `#${id}`);
  if (card) bring(found);
  if (focus) found.focus({ preventScroll: true });
  if (box && boxes.length) bring(boxes.find((one) => one.classList.contains("wrong") || one.classList.contains("dismissed")) || boxes[0]);
}

function step(by) {
  const shown = shownCards();
  if (!shown.length) return;
  const at = shown.findIndex((card) => card.id === chosen);
  const next = at < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(Math.max(at + by, 0), shown.length - 1);
  select(shown[next].id);
}

function filter() {
  const { show, rule, words } = choose.elements;
  const wanted = words.value.trim().toLowerCase();
  consistent.hidden = show.value === "open" || !consistent.querySelector("li");
  if (show.value === "consistent") consistent.open = true;
  let any = false;
  for (const card of cards.querySelectorAll(".card")) {
    card.hidden = show.value === "consistent"
      || (show.value === "open" && card.dataset.state !== "open" && card.id !== chosen)
      || (rule.value !== "" && card.dataset.rule !== rule.value)
      || (wanted !== "" && !card.textContent.toLowerCase().includes(wanted));
    any = any || !card.hidden;
  }
  document.getElementById("nothing").hidden = any || show.value === "consistent" || !cards.querySelector(".card");
}

async function sendDecision(form, button) {
  const card = form.closest(".card");
  const data = new FormData(form);
  if (button && button.name) data.set(button.name, button.value);
  const id = card.id;
  let words = body.dataset.unreachable;
  try {
    const answer = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
    const kept = await answer.json();
    if (answer.ok) { renew(id, kept); return; }
    words = kept.message;
  } catch (error) { /* said below */ }
  const line = card.querySelector(".problem");
  line.textContent = body.dataset.failed.replace("{message}", words);
  line.hidden = false;
}

function renew(id, kept) {
  const holder = document.createElement("template");
  holder.innerHTML = kept.card;
  cardOf(id).replaceWith(holder.content);
  document.getElementById("counts").textContent = kept.counts;
  for (const box of sheets.querySelectorAll(".box")) {
    const look = kept.looks[box.dataset.mark];
    if (!look || box.classList.contains(look)) continue;
    box.classList.remove(...LOOKS);
    box.classList.add(look);
    const label = body.dataset[`look${look[0].toUpperCase()}${look.slice(1)}`].replace("{label}", box.dataset.label);
    const title = box.querySelector("title");
    if (title) { title.textContent = label; box.setAttribute("aria-label", label); } else { box.title = label; }
  }
  select(id, { card: false, box: false });
}

async function download(link) {
  problem.hidden = true;
  told.textContent = "";
  let words = body.dataset.unreachable;
  try {
    const answer = await fetch(link.href, { headers: { Accept: "application/json" } });
    if (answer.ok) {
      const name = decodeURIComponent(answer.headers.get("Content-Disposition").split("filename*=UTF-8''")[1]);
      const cautions = decodeURIComponent(answer.headers.get("X-Cautions") || "");
      const address = URL.createObjectURL(await answer.blob());
      const taken = document.createElement("a");
      taken.href = address;
      taken.download = name;
      taken.click();
      setTimeout(() => URL.revokeObjectURL(address), 60000);
      told.textContent = body.dataset.saved.replace("{name}", name).replace("{cautions}", cautions);
      return;
    }
    words = (await answer.json()).message;
  } catch (error) { /* said below */ }
  problem.textContent = words;
  problem.hidden = false;
}

function press(selector) {
  const button = chosen && cardOf(chosen).querySelector(selector);
  if (button) button.click();
}

function dismiss() {
  if (!chosen) return;
  const details = cardOf(chosen).querySelector(".dismiss");
  details.open = true;
  details.querySelector("input[type=radio]").focus();
}

const ACTIONS = {
  j: () => step(1),
  k: () => step(-1),
  enter: () => chosen && select(chosen),
  a: () => press("button[value=confirmed]"),
  d: dismiss,
  u: () => press("button[value=undo]"),
  "/": () => choose.elements.words.focus(),
  e: () => { const link = document.querySelector("[data-notes]"); if (link) download(link); },
  "?": () => keys.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || keys.open) return;
  const at = event.target;
  if (event.key === "Escape" && at.closest(".dismiss")) {
    const details = at.closest(".dismiss");
    details.open = false;
    details.querySelector("summary").focus();
    return;
  }
  const isText = at.matches("input:not([type=radio]):not([type=checkbox]), select, textarea");
  if (isText || !useKeys.checked) return;
  if (event.key === "Enter" && at.matches("a, button, summary, input")) return;
  const action = ACTIONS[event.key.toLowerCase()];
  if (action) { event.preventDefault(); action(); }
});

document.addEventListener("submit", (event) => {
  if (event.target === choose) { event.preventDefault(); return; }
  if (!event.target.closest(".decide")) return;
  event.preventDefault();
  sendDecision(event.target, event.submitter);
});

document.addEventListener("click", (event) => {
  const box = event.target.closest(".box[data-cards]");
  if (box) {
    event.preventDefault();
    const ids = box.dataset.cards.split(" ");
    select(ids[(ids.indexOf(chosen) + 1) % ids.length], { box: false });
    return;
  }
  const link = event.target.closest("a[download]");
  if (link && link.hasAttribute("href") && !link.href.startsWith("blob:")) { event.preventDefault(); download(link); return; }
  const of = event.target.closest("[data-mark-of]");
  if (of) {
    event.preventDefault();
    const found = sheets.querySelector(`[data-mark="${of.dataset.markOf}"]`);
    for (const one of document.querySelectorAll(".chosen-box")) one.classList.remove("chosen-box");
    if (found) { found.classList.add("chosen-box"); bring(found); }
    return;
  }
  const card = event.target.closest(".card");
  if (card && (event.target.closest(".to-place") || !event.target.closest("a, button, summary, input, label"))) {
    if (event.target.closest(".to-place")) event.preventDefault();
    if (String(getSelection())) return; // words are being copied
    select(card.id, { card: false });
  }
});

choose.addEventListener("input", filter);
document.getElementById("help").addEventListener("click", () => keys.showModal());
try { useKeys.checked = localStorage.getItem(KEYS) !== "no"; } catch (error) { /* not remembered */ }
useKeys.addEventListener("change", () => {
  try { localStorage.setItem(KEYS, useKeys.checked ? "yes" : "no"); } catch (error) { /* not remembered */ }
});
addEventListener("hashchange", () => select(location.hash.slice(1)));
if (location.hash) select(location.hash.slice(1));
