"use strict";
// Texts: how they are searched, and how figures are written. Nothing here knows the page.
const Texts = (() => {
  const plainCodes = new Uint16Array(65536); // 0: not asked for yet

  function plainCode(code) {
    const letter = String.fromCharCode(code);
    const plain = letter.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace("đ", "d");
    return (plainCodes[code] = plain.length === 1 ? plain.charCodeAt(0) : code);
  }

  // The text in small letters without marks, one letter for each: places in it are places in the text.
  function fold(text) {
    let folded = "";
    for (let start = 0; start < text.length; start += 4096) {
      const codes = new Uint16Array(Math.min(4096, text.length - start));
      for (let at = 0; at < codes.length; at++) {
        const code = text.charCodeAt(start + at);
        codes[at] = plainCodes[code] || plainCode(code);
      }
      folded += String.fromCharCode.apply(null, codes);
    }
    return folded;
  }

  // What is looked for: phrases, apart by «;» or by a comma and a blank («98,57%» is one). A phrase with marks is looked
  // for with them: «hồ» does not find «họ», «ho» finds both.
  function phrases(query) {
    return query
      .normalize("NFC")
      .split(/;|,(?=\s)/)
      .map((phrase) => phrase.replace(/\s+/g, " ").trim().toLowerCase())
      .filter(Boolean)
      .map((phrase) => ({ folded: fold(phrase), exact: fold(phrase) === phrase ? null : phrase }));
  }

  const kindOf = (letter) => (/\p{L}/u.test(letter) ? "letter" : /\p{N}/u.test(letter) ? "digit" : "");

  // The next place from a place on where a phrase begins with a word or a number, -1 where there is none.
  function find(folded, text, phrase, from = 0) {
    const kind = kindOf(phrase.folded[0]);
    let at = folded.indexOf(phrase.folded, from);
    for (; at >= 0; at = folded.indexOf(phrase.folded, at + 1)) {
      const begins = !kind || at === 0 || kindOf(folded[at - 1]) !== kind;
      if (begins && (phrase.exact === null || text.slice(at, at + phrase.exact.length).toLowerCase() === phrase.exact)) break;
    }
    return at;
  }

  const has = (folded, text, phrase) => find(folded, text, phrase) >= 0;

  // The stretches of a text that the phrases stand in, in order and apart.
  function hits(text, looked) {
    const folded = fold(text);
    const found = [];
    for (const phrase of looked) {
      let at = find(folded, text, phrase);
      for (; at >= 0 && found.length < 200; at = find(folded, text, phrase, at + phrase.folded.length)) {
        found.push([at, at + phrase.folded.length]);
      }
    }
    found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    return found.filter((hit, at) => found.slice(0, at).every((before) => before[1] <= hit[0]));
  }

  // A template with its words in braces filled in.
  function fill(template, values) {
    return template.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));
  }

  // A number, given by its digits, with the marks of a language.
  function figure(digits, marks) {
    const [, sign, whole, rest] = /^([-+]?)(\d+)(?:\.(\d+))?$/.exec(String(digits)) || [];
    if (whole === undefined) return String(digits);
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, marks.group_mark);
    return sign + grouped + (rest === undefined ? "" : marks.decimal_mark + rest);
  }

  // A day as people write it.
  function day(iso, language) {
    const parts = String(iso || "").split("-");
    return language === "vi" && parts.every((part) => /^\d+$/.test(part)) ? parts.reverse().join("/") : String(iso || "");
  }

  // True for the address of a local file, as the page's maker writes them.
  function isLocal(href) {
    return typeof href === "string" && /^(\.\/|file:\/\/\/([A-Za-z]:\/)?)[A-Za-z0-9._~%\/-]*$/.test(href);
  }

  return { fold, phrases, has, hits, fill, figure, day, isLocal };
})();
