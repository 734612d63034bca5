"use strict";
// The views of the page and what the address says of them: «#v=reports&q=…».
const Page = (() => {
  const { words, failures, say } = Data;
  const VIEWS = ["overview", "reports", "indicators", "unread"];
  const STEP = 100;

  function state() {
    return Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  }

  // Shows the same view with other choices; empty ones go.
  function go(changes, isTyping = false) {
    const next = new URLSearchParams(Object.entries({ ...state(), ...changes }).filter(([, value]) => value !== ""));
    const hash = `#${next}`;
    if (isTyping) history.replaceState(null, "", hash);
    else history.pushState(null, "", hash);
    show();
  }

  function show() {
    const wanted = state();
    const view = VIEWS.includes(wanted.v) ? wanted.v : "overview";
    for (const name of VIEWS) document.getElementById(name).hidden = name !== view;
    for (const link of document.querySelectorAll("nav a")) {
      if (link.dataset.view === view) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    if (view === "reports") Reports.show(wanted);
    if (view === "indicators") Charts.show(wanted);
    if (view === "unread") showUnread(wanted);
  }

  // Shows what a link leads to, from its top.
  function arrive() {
    show();
    scrollTo(0, 0);
    document.getElementById("main").focus({ preventScroll: true });
  }

  function atPrint(isBefore) {
    Reports.atPrint(isBefore);
    if (unread && !document.getElementById("unread").hidden) unread(state(), isBefore);
    for (const details of document.querySelectorAll("main details")) details.open = isBefore || details.open;
  }

  let unread = null;
  function showUnread(wanted) {
    unread ??= startUnread();
    unread(wanted);
  }

  function startUnread() {
    const section = document.getElementById("unread");
    const heading = make("h2", { id: "unread-heading" }, words.unread.heading);
    if (!failures.length) {
      section.replaceChildren(heading, make("p", { class: "notice" }, words.unread.none));
      return () => {};
    }
    const reasonOf = (reason) => words.reason[reason] || reason;
    const folded = failures.map((failure) => Texts.fold(`${failure.path}\n${failure.message || ""}`));
    const reasons = [...new Set(failures.map((failure) => failure.reason))];
    const search = make("input", { type: "search", id: "unread-q", autocomplete: "off", spellcheck: "false", oninput: () => go({ q: search.value }, true) });
    const select = make("select", { id: "unread-reason", onchange: () => go({ reason: select.value }) },
      make("option", { value: "" }, words.unread.any_reason), reasons.map((reason) => make("option", { value: reason }, reasonOf(reason))));
    const result = make("output", { "aria-live": "polite" });
    const rows = make("tbody", {});
    const more = make("p", {});
    section.replaceChildren(heading, make("p", { class: "quiet" }, words.unread.lead),
      make("form", { class: "panel filters", role: "search", onsubmit: (event) => event.preventDefault() },
        make("div", { class: "both" }, make("label", { for: "unread-q" }, words.unread.search), search),
        make("div", { class: "both" }, make("label", { for: "unread-reason" }, words.head.reason), select)),
      make("div", { class: "summary" }, result),
      make("div", { class: "panel" }, make("div", { class: "scroll", tabindex: "0", role: "group", "aria-labelledby": "unread-heading" },
        make("table", {}, make("thead", {}, make("tr", {}, ["path", "reason", "advice", "detail"].map((key) => make("th", { scope: "col" }, words.head[key])))), rows)), more));
    return (wanted, isWhole = false) => {
      if (search.value !== (wanted.q || "")) search.value = wanted.q || "";
      select.value = wanted.reason || "";
      const looked = Texts.phrases(wanted.q || "");
      const found = failures.filter((failure, at) => (!wanted.reason || failure.reason === wanted.reason)
        && looked.every((word) => Texts.has(folded[at], `${failure.path}\n${failure.message || ""}`, word)));
      result.textContent = say(words.unread.result, { count: found.length });
      let at = 0;
      const add = () => {
        const next = found.slice(at, isWhole ? found.length : at + STEP);
        at += next.length;
        rows.append(...next.map((failure) => make("tr", {},
          make("td", { class: "path" }, source(failure, null, make("bdi", {}, marked(failure.path, looked)))),
          make("td", {}, reasonOf(failure.reason)),
          make("td", {}, words.advice[failure.reason] || words.advice.unreadable),
          make("td", { class: "quiet" }, failure.message || ""))));
        more.replaceChildren(...(at < found.length ? [make("button", { type: "button", onclick: add }, say(words.more, { count: Math.min(STEP, found.length - at) }))] : []));
      };
      rows.replaceChildren();
      add();
    };
  }

  function start() {
    document.documentElement.classList.add("script");
    document.getElementById("static").hidden = true;
    addEventListener("hashchange", arrive);
    addEventListener("beforeprint", () => atPrint(true));
    addEventListener("afterprint", () => atPrint(false));
    document.querySelector(".skip").addEventListener("click", (event) => {
      event.preventDefault(); // the address says which view it is
      document.getElementById("main").focus();
    });
    document.addEventListener("keydown", (event) => {
      const isTyping = event.target.closest("input, select, textarea");
      if (event.key === "/" && !isTyping && !event.ctrlKey && !event.altKey && !event.metaKey) {
        event.preventDefault();
        if (!document.getElementById("by-q")?.offsetParent) go({ v: "reports" });
        document.getElementById("by-q")?.focus();
      }
    });
    show();
  }

  return { go, show, start };
})();
Page.start();
