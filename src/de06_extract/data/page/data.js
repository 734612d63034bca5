"use strict";
// Data: what the page was given, and the elements that show it. Findings are read a block of reports at a time.
const Data = (() => {
  const given = JSON.parse(document.getElementById("page-data").textContent);
  const { words, language, fields } = given;
  const named = (keys) => (values) => Object.fromEntries(keys.map((key, at) => [key, values[at] ?? null]));
  const reports = JSON.parse(document.getElementById("page-reports").textContent)
    .map(named(fields.report))
    .map((report, number) => ({
      ...report,
      number_of: report.number,
      number,
      shown: report.path.startsWith(given.root) ? report.path.slice(given.root.length) : report.path,
      open: report.error + report.warning + report.info,
      copies: given.copies[number] || [],
    }));
  const failures = given.failures.map(named(["path", "href", "reason", "message"]));
  const byName = new Map(); // null: a name that several files have
  for (const report of reports) {
    const name = report.shown.split("/").pop();
    byName.set(name, byName.has(name) ? null : report);
  }
  const elements = document.getElementsByClassName("block");
  const blocks = [];

  // The findings and the points of a report.
  function of(number) {
    const at = Math.floor(number / given.block);
    blocks[at] ??= JSON.parse(elements[at].textContent).map(([findings, points]) => ({
      findings: findings.map(named(fields.finding)),
      points, // as given: only the charts ask for what they are
      looked: null,
    }));
    return blocks[at][number % given.block];
  }

  const asPoint = named(fields.point);

  // The points of a report.
  function pointsOf(number) {
    return of(number).points.map((values) => {
      const point = asPoint(values);
      const [end, start] = given.periods[point.period];
      return { ...point, end, start };
    });
  }

  // The words of a quotation, whose figures are given with what they are.
  const quoteOf = (finding) => (finding.quote || []).map((piece) => (typeof piece === "string" ? piece : piece[0])).join("");

  function textOf(report) {
    const own = [report.path, ...report.copies, report.title, report.issuer, report.locality, report.province, report.number_of];
    return own.filter(Boolean).join("\n");
  }

  function textOfFinding(finding) {
    const [rule, title] = given.rules[finding.rule];
    const own = [finding.number, finding.message, quoteOf(finding), rule, title, finding.place, finding.heading];
    return [...own, finding.suggestion, finding.related, finding.dismissed_reason].filter(Boolean).join("\n");
  }

  // The texts of a report and of its findings, as the search reads them.
  function looked(number) {
    const held = of(number);
    if (held.looked === null) {
      const texts = [textOf(reports[number]), ...held.findings.map(textOfFinding)];
      held.looked = { texts, folded: texts.map(Texts.fold) };
    }
    return held.looked;
  }

  // Does something to every report; the page stays alive meanwhile.
  async function each(step) {
    let since = performance.now();
    for (const report of reports) {
      step(report.number);
      if (performance.now() - since > 40) {
        await new Promise((go) => setTimeout(go));
        since = performance.now();
      }
    }
  }

  // Reads all that there is, and readies it for the search.
  let isRead = null, isReady = null;
  const read = () => (isRead ??= each(of));
  const prepare = () => (isReady ??= each(looked));

  const count = (number) => Texts.figure(number, words);
  const say = (template, values = {}) =>
    Texts.fill(template, Object.fromEntries(Object.entries(values).map(([key, value]) => [key, typeof value === "number" ? count(value) : value])));

  return { given, words, language, reports, byName, failures, of, pointsOf, quoteOf, looked, read, prepare, count, say };
})();

// An element with attributes and children; texts become text nodes, whatever they hold.
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "value" || key === "checked" || key === "hidden") element[key] = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return element;
}

// A text in which the words looked for are marked.
function marked(text, looked) {
  const pieces = [];
  let from = 0;
  for (const [start, end] of looked.length ? Texts.hits(text, looked) : []) {
    pieces.push(text.slice(from, start), make("mark", { class: "hit" }, text.slice(start, end)));
    from = end;
  }
  return [...pieces, text.slice(from)];
}

// A link to a source file, at a page of it where it is a PDF file of its own; the text alone where it cannot be opened.
function source(entry, page, ...children) {
  if (!Texts.isLocal(entry.href)) return make("span", {}, ...children);
  const isPdf = entry.href.toLowerCase().endsWith(".pdf");
  const href = entry.href + (isPdf && Number.isInteger(page) ? `#page=${page}` : "");
  return make("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...children);
}
