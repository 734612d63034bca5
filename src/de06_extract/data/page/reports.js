"use strict";
// The reports with their findings: searched, filtered, ranked, a page of them at a time.
const Reports = (() => {
  const { words, reports, given, say } = Data;
  const SEVERITIES = ["error", "warning", "info"];
  const STEP = 25;
  const FEW = 3; // findings of a report that is opened by a search
  const MANY = 20;
  const section = document.getElementById("reports");
  let list, result, printing, controls, shown = 0, selected = [], state = {}, asked = 0;

  function start() {
    const option = (value, text) => make("option", { value }, text);
    const choice = (key, name, options) => {
      const select = make("select", { id: `by-${key}`, onchange: () => Page.go({ [key]: select.value, r: "" }) }, options);
      controls[key] = select;
      return make("div", {}, make("label", { for: `by-${key}` }, name), select);
    };
    controls = { sev: {} };
    const search = make("input", { type: "search", id: "by-q", placeholder: words.list.search_hint, autocomplete: "off", spellcheck: "false", "aria-describedby": "by-q-note" });
    let waiting = 0;
    search.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => Page.go({ q: search.value, r: "" }, true), 180);
    });
    controls.q = search;
    const severities = SEVERITIES.map((severity) => {
      const box = make("input", { type: "checkbox", onchange: () => Page.go({ sev: chosen(), r: "" }) });
      controls.sev[severity] = box;
      return make("label", { class: severity }, box, make("span", { class: `chip ${severity}` }, make("span", { class: "shape", "aria-hidden": "true" }), words.severity[severity]));
    });
    const chosen = () => {
      const on = SEVERITIES.filter((severity) => controls.sev[severity].checked);
      return on.length === SEVERITIES.length ? "" : on.join(".") || "none";
    };
    const rules = given.rules.map(([rule, title]) => option(rule, title)).sort((a, b) => a.text.localeCompare(b.text, Data.language));
    controls.clean = make("input", { type: "checkbox", onchange: () => Page.go({ clean: controls.clean.checked ? "1" : "", r: "" }) });
    result = make("output", { "aria-live": "polite" });
    printing = make("button", { type: "button", onclick: () => print() }, words.print);
    list = make("div", {});
    const more = make("button", { type: "button", class: "fold", "aria-expanded": "false", "aria-controls": "by-more", onclick: () => {
      const isOpen = more.getAttribute("aria-expanded") === "true";
      more.setAttribute("aria-expanded", String(!isOpen));
      document.getElementById("by-more").classList.toggle("open", !isOpen);
    } }, words.list.filters);
    section.replaceChildren(
      make("h2", { id: "reports-heading" }, words.list.heading),
      make("form", { class: "panel filters", role: "search", onsubmit: (event) => event.preventDefault() },
        make("div", { class: "search" }, make("label", { for: "by-q" }, words.list.search), search,
          make("p", { class: "quiet", id: "by-q-note" }, words.list.search_note)),
        more,
        make("div", { class: "further-filters", id: "by-more" },
        make("fieldset", { class: "both" }, make("legend", {}, words.list.severity), make("div", { class: "checks" }, severities)),
        choice("state", words.list.state, [option("", words.list.open), option("dismissed", words.list.dismissed), option("all", words.list.any_state)]),
        choice("sort", words.list.sort, [option("", words.list.by_errors), option("date", words.list.by_date), option("path", words.list.by_path)]),
        make("div", { class: "both" }, choice("rule", words.list.rule, [option("", words.list.any_rule), ...rules])),
        make("label", { class: "check both" }, controls.clean, words.list.clean))),
      make("div", { class: "summary" }, result, make("span", { class: "buttons" }, printing, make("a", { class: "button", href: "#v=reports" }, words.list.clear))),
      list);
  }

  async function show(wanted) {
    if (!list) start();
    state = wanted;
    for (const key of ["q", "rule", "state", "sort"]) {
      if (controls[key].value !== (state[key] || "")) controls[key].value = state[key] || "";
    }
    const on = state.sev ? state.sev.split(".") : SEVERITIES;
    for (const severity of SEVERITIES) controls.sev[severity].checked = on.includes(severity);
    controls.clean.checked = Boolean(state.clean);
    const turn = ++asked;
    const looked = Texts.phrases(state.q || "");
    if (!state.r && (looked.length || isNarrow())) {
      result.textContent = words.loading;
      await Data.prepare();
      if (turn !== asked) return;
    }
    selected = state.r ? reports.filter((report) => report.key === state.r).map(whole) : ranked(select(looked, on));
    shown = 0;
    list.replaceChildren(...(state.r ? [make("p", {}, make("a", { class: "button", href: "#v=reports" }, `← ${words.list.back}`))] : []));
    const findings = selected.reduce((sum, entry) => sum + entry.total, 0);
    const causes = selected.reduce((sum, entry) => sum + entry.causes, 0);
    const said = causes === findings ? words.list.result : words.list.result_causes;
    result.textContent = selected.length ? say(said, { findings, causes, reports: selected.length }) : words.list.nothing;
    printing.hidden = !findings;
    more(looked);
    setTimeout(Data.prepare, 300);
  }

  const isNarrow = () => Boolean(state.sev || state.rule || state.state);
  const whole = (report) => ({ report, findings: null, total: report.open, causes: report.causes, counts: report });
  const causesOf = (findings) => new Set(findings.map((finding) => finding.group)).size;

  // The reports that match, each with its findings that do; null stands for all that are to review.
  function select(looked, on) {
    const rule = state.rule ? given.rules.findIndex(([id]) => id === state.rule) : null;
    if (!looked.length && !isNarrow()) return reports.filter((report) => report.open || state.clean).map(whole);
    const matching = [];
    for (const report of reports) {
      const { texts, folded } = Data.looked(report.number);
      const left = looked.filter((word) => !Texts.has(folded[0], texts[0], word));
      const counts = { error: 0, warning: 0, info: 0 };
      const findings = Data.of(report.number).findings.filter((finding, at) => {
        const fits = on.includes(finding.severity) && (rule === null || finding.rule === rule) && inState(finding)
          && left.every((word) => Texts.has(folded[at + 1], texts[at + 1], word));
        counts[finding.severity] += fits;
        return fits;
      });
      if (findings.length || (!left.length && !isNarrow() && !report.open)) {
        matching.push({ report, findings, total: findings.length, causes: causesOf(findings), counts });
      }
    }
    return matching;
  }

  function inState(finding) {
    return state.state === "all" || Boolean(finding.is_dismissed) === (state.state === "dismissed");
  }

  function ranked(entries) {
    const worst = (a, b) => b.counts.error - a.counts.error || b.counts.warning - a.counts.warning || b.counts.info - a.counts.info;
    const orders = {
      date: (a, b) => (b.report.date || "").localeCompare(a.report.date || ""),
      path: () => 0,
    };
    const order = orders[state.sort] || worst;
    return entries.sort((a, b) => order(a, b) || a.report.number - b.report.number);
  }

  function more(looked) {
    const isSearch = looked.length > 0 || isNarrow();
    const next = selected.slice(shown, shown + STEP);
    const first = shown;
    shown += next.length;
    list.append(...next.map((entry, at) => card(entry, first + at + 1, looked, Boolean(state.r) || isSearch)));
    if (shown < selected.length) {
      const button = make("button", { type: "button", class: "more", onclick: () => {
        const at = list.children.length - 1;
        button.remove();
        more(looked);
        list.children[at]?.querySelector("button")?.focus();
      } }, say(words.more, { count: Math.min(STEP, selected.length - shown) }));
      list.append(button);
    }
  }

  // All that matches, opened, for paper: what a screen shows step by step is not left out there.
  function printAll() {
    const looked = Texts.phrases(state.q || "");
    list.replaceChildren(...selected.map((entry, at) => card(entry, at + 1, looked, true, true)));
    shown = selected.length;
  }

  function card(entry, rank, looked, isOpen, isWhole = false) {
    const { report } = entry;
    const details = make("div", { class: "details", id: `d${report.number}`, hidden: true });
    const open = () => {
      if (!details.childElementCount) details.append(...inside(entry, looked, isWhole ? Infinity : isOpen && !state.r ? FEW : MANY));
      details.hidden = false;
    };
    const toggle = make("button", { type: "button", class: "toggle", "aria-expanded": String(isOpen), "aria-controls": details.id, onclick: () => {
      const expanded = toggle.getAttribute("aria-expanded") === "true";
      toggle.setAttribute("aria-expanded", String(!expanded));
      if (expanded) details.hidden = true;
      else open();
    } }, heading(entry, rank, looked));
    if (isOpen) open();
    return make("article", { class: "report" },
      make("div", { class: "head" }, make("h3", {}, toggle),
        make("div", { class: "actions" },
          Texts.isLocal(report.href) && source(report, null, words.finding.file),
          !state.r && make("a", { href: `#v=reports&r=${encodeURIComponent(report.key)}` }, words.list.only),
          copyButton(words.list.copy_link, () => `${location.href.split("#")[0]}#v=reports&r=${encodeURIComponent(report.key)}`))),
      details);
  }

  function heading(entry, rank, looked) {
    const { report, counts } = entry;
    const name = report.shown.split("/").pop();
    const chips = SEVERITIES.filter((severity) => counts[severity]).map((severity) =>
      make("span", { class: `chip ${severity}` }, make("span", { class: "shape", "aria-hidden": "true" }), say(words.counted[severity], { count: counts[severity] })));
    if (report.dismissed) chips.push(make("span", { class: "chip" }, `${words.list.dismissed}: ${Data.count(report.dismissed)}`));
    if (report.copies.length) chips.push(make("span", { class: "chip" }, say(words.list.copies_short, { count: report.copies.length })));
    if (report.copy_of) chips.push(make("span", { class: "chip" }, words.list.copy));
    const about = [...new Set([report.issuer, report.locality, report.number_of, Texts.day(report.date, Data.language)])].filter(Boolean).join(" · ");
    const folder = report.shown.slice(0, report.shown.length - name.length);
    const path = [make("bdi", { class: "folder" }, marked(folder, looked)), make("bdi", { class: report.title ? "folder" : "file" }, marked(name, looked))];
    return make("span", { class: "line" },
      make("span", {}, report.title ? make("bdi", { class: "file" }, marked(report.title, looked)) : path),
      make("span", { class: "chips" }, chips),
      make("span", { class: "about" }, report.title && [path, about && " · "], marked(about, looked)));
  }

  function inside(entry, looked, first) {
    const { report } = entry;
    const held = Data.of(report.number).findings;
    const all = held.filter((finding) => !finding.is_dismissed);
    const findings = openFirst(entry.findings || all);
    const parts = [make("p", { class: "quiet" }, say(words.list.coverage, report))];
    if (report.reading) parts.push(...report.reading.split("\n").map((line) => make("p", { class: "quiet" }, line)));
    if (report.copies.length) {
      parts.push(make("p", { class: "quiet" }, say(words.list.copies, { count: report.copies.length })),
        make("ul", { class: "plain quiet" }, report.copies.map((path) => make("li", {}, make("bdi", {}, path)))));
    }
    if (report.copy_of) parts.push(make("p", { class: "quiet" }, say(words.list.copy_of, { path: report.copy_of })));
    if (!held.length) parts.push(make("p", {}, report.checked ? say(words.list.no_findings, report) : words.list.not_checkable));
    const body = make("div", {});
    let at = 0;
    const add = (few) => {
      let end = Math.min(at + few, findings.length);
      while (end < findings.length && findings[end].group === findings[end - 1].group) end++; // a cause is shown whole
      body.append(...causeCards(findings.slice(at, end), report, looked));
      at = end;
      const left = findings.length - at;
      further.textContent = say(words.more, { count: Math.min(MANY, left) });
      further.hidden = left === 0;
    };
    const further = make("button", { type: "button", class: "more", onclick: () => add(MANY) });
    const buttons = make("p", { class: "buttons" }, further);
    add(first);
    parts.push(body, buttons);
    const others = held.length - findings.length;
    if (others > 0 && (entry.findings || state.r)) {
      const button = make("button", { type: "button", class: "more", onclick: () => {
        body.replaceChildren(...causeCards(openFirst(held), report, looked));
        buttons.remove();
      } }, say(words.list.all_findings, { count: others }));
      buttons.append(button);
    }
    return parts;
  }

  // The findings as they are numbered, the gravest cause first; what was dismissed stands behind the rest.
  const openFirst = (findings) => findings.slice().sort((a, b) => a.is_dismissed - b.is_dismissed);

  // The findings, those of one cause together under what they have in common.
  function causeCards(findings, report, looked) {
    const cards = [];
    for (let at = 0; at < findings.length;) {
      let end = at + 1;
      while (end < findings.length && findings[end].group === findings[at].group) end++;
      const held = findings.slice(at, end).map((finding) => findingCard(finding, report, looked));
      if (held.length === 1) cards.push(held[0]);
      else cards.push(make("div", { class: "cause", role: "group", "aria-label": findings[at].group },
        make("p", { class: "of-cause" }, make("b", {}, findings[at].group), ` · ${say(words.finding.one_cause, { count: held.length })}`), held));
      at = end;
    }
    return cards;
  }

  function findingCard(finding, report, looked) {
    const [rule, title] = given.rules[finding.rule];
    const note = (kind, name, text) => text && make("p", { class: kind }, make("b", {}, `${name}: `), marked(text, looked));
    const dismissal = [finding.dismissed_reason, Texts.day(finding.dismissed_on, Data.language)].filter(Boolean).join(" · ");
    return make("div", { class: `finding ${finding.severity}${finding.is_dismissed ? " dismissed" : ""}` },
      make("p", { class: "where" },
        make("b", { class: "number" }, marked(finding.number, looked)),
        make("span", { class: `chip ${finding.severity}` }, make("span", { class: "shape", "aria-hidden": "true" }), words.severity[finding.severity]),
        finding.place && source(report, finding.page, marked(finding.place, looked)),
        finding.heading && make("span", {}, marked(finding.heading, looked)),
        make("span", { title: rule }, marked(title, looked)),
        finding.is_across ? make("span", { class: "chip" }, words.finding.across) : null,
        finding.confidence !== null && make("span", { class: "quiet" }, say(words.finding.confidence, { percent: finding.confidence })),
        copyButton(words.finding.copy, () => textOf(finding, report, title))),
      make("p", { class: "message" }, marked(finding.message || "", looked)),
      make("blockquote", {}, make("bdi", {}, (finding.quote || []).map((piece) => pieceOf(piece, looked)))),
      note("suggestion", words.finding.suggestion, finding.suggestion),
      finding.is_across ? relatedFiles(finding, looked) : note("related", words.finding.related, finding.related?.replaceAll("\n", "; ")),
      finding.is_dismissed ? note("dismissal", words.finding.dismissed, dismissal || "—") : null);
  }

  // A piece of a quotation: words, a figure of the relation (1), or one that is held to be wrong (2).
  function pieceOf(piece, looked) {
    if (typeof piece === "string") return marked(piece, looked);
    const [text, mark] = piece;
    return make("mark", { class: mark === 2 ? "wrong" : "figure" }, text);
  }

  // The card as text, to be put into a letter or a message.
  function textOf(finding, report, title) {
    return [
      `${finding.number}. ${words.severity[finding.severity]} · ${[report.title, report.shown, finding.place].filter(Boolean).join(" · ")}`,
      `${title}: ${finding.message}`,
      `“${Data.quoteOf(finding)}”`,
      finding.suggestion && `${words.finding.suggestion}: ${finding.suggestion}`,
      finding.related && `${words.finding[finding.is_across ? "related_files" : "related"]}: ${finding.related.replaceAll("\n", "; ")}`,
    ].filter(Boolean).join("\n");
  }

  // A button that copies a text and says so.
  function copyButton(name, textToCopy) {
    const button = make("button", { type: "button", class: "small", onclick: async () => {
      const isCopied = await copied(textToCopy());
      button.textContent = isCopied ? words.copied : words.not_copied;
      setTimeout(() => (button.textContent = name), 2000);
    } }, name);
    return button;
  }

  async function copied(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  }

  // The other reports of a finding across reports, a line each that begins with the name of the file.
  function relatedFiles(finding, looked) {
    if (!finding.related) return null;
    const lines = finding.related.split("\n").map((line) => {
      const [name] = line.split(": “", 1);
      const other = Data.byName.get(name);
      if (!other) return make("li", {}, marked(line, looked));
      return make("li", {}, make("a", { href: `#v=reports&r=${encodeURIComponent(other.key)}` }, make("bdi", {}, marked(name, looked))), marked(line.slice(name.length), looked));
    });
    return make("div", { class: "related" }, make("b", {}, `${words.finding.related_files}:`), make("ul", { class: "plain" }, lines));
  }

  // Opens all for paper, and shows the screen's share again afterwards.
  function atPrint(isBefore) {
    if (section.hidden || !list) return;
    if (isBefore) printAll();
    else show(state);
  }

  return { show, atPrint };
})();
