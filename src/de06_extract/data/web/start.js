// Files are sent one by one as they are dropped; the list says how far each is.
"use strict";
document.documentElement.classList.add("script");
const form = document.getElementById("drop");
const input = document.getElementById("file");
const list = document.querySelector(".readings");
const section = document.getElementById("underway");
const problems = document.getElementById("problems");
const AT_ONCE = 3; // files that are sent at a time
const PACE = 400; // milliseconds between two looks at how far files are
const open = new Map(); // number of a reading: its line
const waiting = [];
let sending = 0;
let dropped = 0;

function tell(sentence) {
  const line = document.createElement("p");
  line.className = "problem";
  line.textContent = sentence;
  problems.append(line);
}

function lineOf(name) {
  const line = document.createElement("li");
  const file = document.createElement("span");
  const state = document.createElement("span");
  file.className = "file";
  state.className = "state";
  file.textContent = name;
  state.textContent = form.dataset.waiting;
  line.append(file, " ", state);
  list.append(line);
  section.hidden = false;
  return line;
}

function take(files) {
  problems.textContent = "";
  dropped = 0;
  for (const file of files) {
    if (file.size > Number(form.dataset.most)) {
      tell(form.dataset.tooLarge.replace("{name}", file.name).replace("{most}", Math.floor(form.dataset.most / 1048576)));
      continue;
    }
    dropped += 1;
    waiting.push([file, lineOf(file.name)]);
  }
  send();
}

async function send() {
  while (sending < AT_ONCE && waiting.length) {
    sending += 1;
    const [file, line] = waiting.shift();
    sendOne(file, line).finally(() => { sending -= 1; send(); });
  }
}

async function sendOne(file, line) {
  const body = new FormData();
  body.append("file", file, file.name);
  try {
    const answer = await fetch("/files", { method: "POST", body, headers: { Accept: "application/json" } });
    const told = await answer.json();
    if (!answer.ok) { line.remove(); tell(`${file.name}: ${told.message}`); return; }
    for (const reading of told.readings) { open.set(reading.number, line); show(reading); }
    look();
  } catch (error) {
    line.remove();
    tell(form.dataset.unsent.replace("{name}", file.name));
  }
}

function show(reading) {
  const line = open.get(reading.number);
  if (!line) return;
  const state = line.querySelector(".state");
  if (state.textContent !== reading.words) state.textContent = reading.words;
  if (reading.state === "done") {
    open.delete(reading.number);
    if (dropped === 1 && !waiting.length) { location.assign(reading.href); return; }
    const link = document.createElement("a");
    link.href = reading.href;
    link.textContent = reading.name;
    line.querySelector(".file").replaceChildren(link);
  }
  if (reading.state === "failed") {
    open.delete(reading.number);
    line.remove();
    tell(reading.words);
  }
}

let isLooking = false;
async function look() {
  if (isLooking) return;
  isLooking = true;
  while (open.size) {
    await new Promise((done) => setTimeout(done, PACE));
    try {
      const answer = await fetch("/readings", { headers: { Accept: "application/json" } });
      for (const reading of (await answer.json()).readings) show(reading);
    } catch (error) { /* asked again */ }
  }
  isLooking = false;
}

for (const line of list.children) open.set(Number(line.dataset.number), line);
if (open.size) look();
input.addEventListener("change", () => { take(input.files); input.value = ""; });
form.addEventListener("submit", (event) => { event.preventDefault(); take(input.files); });
for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    form.classList.toggle("over", kind === "dragover");
    if (kind === "drop" && event.dataTransfer.files.length) take(event.dataTransfer.files);
  });
}
