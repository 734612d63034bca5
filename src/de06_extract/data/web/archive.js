"use strict";
// The keys of the page of an archive. Without this script everything is a link or a form.
(() => {
  document.documentElement.classList.add("script");
  const links = [...document.querySelectorAll(".report-link")];
  const words = document.getElementById("words");
  const order = document.getElementById("order");

  function step(by) {
    const at = links.indexOf(document.activeElement);
    const next = links[Math.min(Math.max(at + by, 0), links.length - 1)];
    if (next) next.focus();
  }

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    "/": () => words.select(),
    n: () => document.querySelector("a[rel=next]")?.click(),
    p: () => document.querySelector("a[rel=prev]")?.click(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    const key = keys[event.key.toLowerCase()];
    if (!key) return;
    event.preventDefault();
    key();
  });
  order.addEventListener("change", () => order.form.requestSubmit());
})();
