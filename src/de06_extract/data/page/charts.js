"use strict";
// The indicators: one series at a time, a line for each unit over time, a bar for each unit in one month, and a table.
const Charts = (() => {
  const { words, given, reports, say, language } = Data;
  const MOST_UNITS = 8;
  const MOST_BARS = 60;
  const MOST_TICKS = 8;
  const STEP = 100;
  // Told apart by people who see few colours (after Okabe and Ito), and by their shapes.
  const COLOURS = {
    light: ["#0072b2", "#c44e00", "#00805c", "#b0478a", "#3a3a3a", "#8a6d00", "#2e9bd6", "#7a5195"],
    dark: ["#56b4e9", "#ff9a52", "#2bc48a", "#e59ac4", "#ffffff", "#e6c229", "#9fb8ff", "#c9a6f0"],
  };
  const SHAPES = ["circle", "rect", "triangle", "rectRot", "star", "crossRot", "cross", "dash"];
  const DASHES = [[], [7, 3], [2, 3], [9, 3, 2, 3], [], [7, 3], [2, 3], [9, 3, 2, 3]];
  const section = document.getElementById("indicators");
  const narrow = matchMedia("(max-width: 52rem)");
  const enough = given.series.map((series, number) => ({ ...series, number }));
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let parts = null, points = null, drawn = [], last = null;

  const scopeOf = (series) => [
    series.unit,
    series.denominator_of && say(words.chart.denominator, { of: series.denominator_of }),
    series.level && say(words.chart.level, { level: series.level }),
    series.channel && (words.channel[series.channel] || series.channel),
    series.sector,
  ].filter(Boolean).join("; ") || words.chart.plain;
  const unitName = (unit) => given.units[unit] || words.chart.without_unit;
  const valueOf = (point, series) => Texts.figure(point.value, words) + (series.unit === "%" ? "%" : series.unit ? ` ${series.unit}` : "");
  const fractionOf = (point) => [point.numerator, point.denominator].map((digits) => (digits === null ? "…" : Texts.figure(digits, words))).join("/");
  const hasFraction = (point) => point.numerator !== null && point.denominator !== null;
  const monthName = (month) => say(words.chart.month, { year: month.slice(0, 4), month: String(Number(month.slice(5))) });
  const dayNumber = (iso) => Date.parse(`${iso}T00:00:00Z`) / 86400000;

  // The names of some units, without the province where all lie in one.
  function shortNames(units) {
    const names = units.map(unitName);
    const provinces = new Set(names.map((name) => / \([^()]+\)$/.exec(name)?.[0]));
    const [province] = provinces;
    return names.map((name) => (provinces.size === 1 && province ? name.slice(0, -province.length) : name));
  }

  // What a figure can be compared with in other units: the same first day, the same month of the last.
  const spanOf = (point) => `${point.start ?? "-"}/${point.end.slice(0, 7)}`;

  function spanName(span) {
    const [start, month] = span.split("/");
    if (start === "-") return say(words.chart.as_of, { end: monthName(month) });
    if (start === "") return say(words.chart.by_document, { end: monthName(month) });
    return say(words.chart.from_to, { start: Texts.day(start, language), end: monthName(month) });
  }

  // Lines through figures that follow each other: rates, states, counts from the same day on or of equally long periods.
  function chains(of, series) {
    const length = (point) => dayNumber(point.end) - dayNumber(point.start);
    const follows = (point, before) => {
      if (before.end >= point.end) return false;
      if (series.unit === "%" || point.start === before.start) return true;
      return Boolean(point.start && before.start) && before.end < point.start && Math.abs(length(point) - length(before)) <= 5;
    };
    const lines = [];
    for (const point of of) {
      const line = lines.find((one) => one.at(-1).start === point.start && follows(point, one.at(-1))) || lines.find((one) => follows(point, one.at(-1)));
      if (line) line.push(point);
      else lines.push([point]);
    }
    return lines;
  }

  function periodOf(point) {
    const end = Texts.day(point.end, language);
    if (point.start) return `${Texts.day(point.start, language)} – ${end}`;
    return say(point.start === "" ? words.chart.by_document : words.chart.as_of, { end });
  }

  // The points of each series, with their reports; of several for one unit and period one that is not in doubt is drawn.
  async function read() {
    await Data.read();
    const bySeries = new Map();
    for (const report of reports) {
      for (const point of Data.pointsOf(report.number)) {
        if (!bySeries.has(point.series)) bySeries.set(point.series, []);
        bySeries.get(point.series).push({ ...point, report, state: "drawn" });
      }
    }
    return bySeries;
  }

  const compare = new Intl.Collator(language).compare;

  function ordered(of) {
    of.sort((a, b) => compare(unitName(a.unit), unitName(b.unit)) || a.unit - b.unit || a.end.localeCompare(b.end)
      || (a.start ?? "-").localeCompare(b.start ?? "-") || a.is_doubtful - b.is_doubtful || a.report.number - b.report.number);
    let first = null;
    for (const point of of) {
      const isAgain = first && first.unit === point.unit && first.end === point.end && first.start === point.start;
      if (!isAgain) first = point;
      point.state = !isAgain ? "drawn" : Number(first.value) === Number(point.value) ? "same" : "not_drawn";
    }
    return of;
  }

  function start() {
    const heading = make("h2", { id: "indicators-heading" }, words.chart.heading);
    if (!enough.length) {
      section.replaceChildren(heading, make("p", { class: "notice" }, words.chart.none));
      return {};
    }
    const find = make("input", { type: "search", id: "indicator-q", autocomplete: "off", spellcheck: "false", oninput: () => list() });
    const indicator = make("select", { id: "indicator", onchange: () => Page.go({ i: indicator.value, s: "", m: "", u: "" }) });
    const series = make("select", { id: "series", onchange: () => Page.go({ s: series.value, m: "", u: "" }) });
    const month = make("select", { id: "month", onchange: () => Page.go({ m: month.value }) });
    const canvases = ["line", "bar"].map((id) => make("canvas", { id: `chart-${id}`, role: "img" }));
    const names = new Map();
    for (const one of enough) {
      const known = names.get(one.indicator) || { id: one.indicator, name: one.name, units: 0, figures: 0 };
      known.units = Math.max(known.units, one.units);
      known.figures += one.figures;
      names.set(one.indicator, known);
    }
    const all = [...names.values()].sort((a, b) => b.units - a.units || b.figures - a.figures || compare(a.name, b.name));
    const list = () => {
      const looked = Texts.phrases(find.value);
      const shown = all.filter((one) => looked.every((phrase) => Texts.has(Texts.fold(one.name), one.name, phrase)));
      indicator.replaceChildren(...shown.map((one) => make("option", { value: one.id }, `${one.name} (${say(words.chart.in_units, { count: one.units })})`)));
      if (last) indicator.value = last.indicator;
    };
    list();
    parts = { indicator, series, month, canvases, all, list,
      units: make("div", { class: "units" }), chosen: make("div", { class: "chosen", "aria-live": "polite", hidden: true }),
      title: make("h3", {}), scope: make("p", { class: "quiet" }), table: make("div", {}), left: make("p", { class: "quiet" }),
      find: make("input", { type: "search", id: "unit-q", autocomplete: "off", spellcheck: "false", oninput: () => showUnits() }) };
    section.replaceChildren(heading, make("p", { class: "quiet" }, words.chart.lead),
      make("div", { class: "panel series" },
        make("div", {}, make("label", { for: "indicator-q" }, words.chart.find), find,
          make("label", { for: "indicator", class: "below" }, words.chart.indicator), indicator),
        make("div", {}, make("label", { for: "series" }, words.chart.series), series)),
      make("div", { class: "panel" }, parts.title, parts.scope,
        make("div", { class: "charts" },
          make("div", {}, make("h4", {}, words.chart.over_time), make("div", { class: "canvas" }, canvases[0]),
            make("details", {}, make("summary", {}, words.chart.units),
              make("p", { class: "quiet" }, say(words.chart.most_units, { count: MOST_UNITS })),
              make("label", { for: "unit-q" }, words.chart.find_unit), parts.find, parts.units)),
          make("div", {}, make("div", { class: "summary tight" }, make("h4", {}, words.chart.compared),
            make("div", {}, make("label", { for: "month", class: "aside" }, words.chart.period), month)),
            make("div", { class: "canvas" }, canvases[1]), parts.left)),
        make("p", { class: "quiet" }, words.chart.point_hint), parts.chosen),
      make("details", { class: "panel", open: true }, make("summary", {}, words.chart.table), parts.table));
    const fold = () => [indicator, series].forEach((select) => { select.size = narrow.matches ? 1 : 8; });
    narrow.addEventListener("change", fold);
    fold();
    dark.addEventListener("change", () => draw());
    addEventListener("beforeprint", () => draw("light"));
    addEventListener("afterprint", () => draw());
    return parts;
  }

  async function show(wanted) {
    parts ??= start();
    if (!enough.length) return;
    points ??= await read();
    const indicator = parts.all.find((one) => one.id === wanted.i) || parts.all[0];
    const choices = enough.filter((one) => one.indicator === indicator.id).sort((a, b) => b.units - a.units || b.figures - a.figures || a.number - b.number);
    const series = choices.find((one) => String(one.number) === wanted.s) || choices[0];
    parts.series.replaceChildren(...choices.map((one) =>
      make("option", { value: String(one.number) }, `${scopeOf(one)} (${say(words.chart.figures, { count: one.figures, units: one.units })})`)));
    parts.series.value = String(series.number);
    const of = ordered(points.get(series.number) || []);
    const spans = new Map();
    for (const point of of) {
      const span = spanOf(point);
      if (!spans.has(span)) spans.set(span, new Set());
      spans.get(span).add(point.unit);
    }
    const known = [...spans.keys()].sort((a, b) => b.split("/")[1].localeCompare(a.split("/")[1]) || a.localeCompare(b));
    const most = Math.max(...[...spans.values()].map((units) => units.size));
    const span = spans.has(wanted.m) ? wanted.m : known.find((one) => 2 * spans.get(one).size >= most);
    parts.month.replaceChildren(...known.map((one) => make("option", { value: one }, `${spanName(one)} (${say(words.chart.in_units, { count: spans.get(one).size })})`)));
    parts.month.value = span;
    const figures = new Map();
    for (const point of of) figures.set(point.unit, (figures.get(point.unit) || 0) + (point.state === "drawn"));
    const byFigures = [...figures.keys()].sort((a, b) => figures.get(b) - figures.get(a) || compare(unitName(a), unitName(b)));
    const asked = (wanted.u || "").split(".").map(Number).filter((unit) => wanted.u && figures.has(unit));
    const units = (asked.length ? asked : byFigures).slice(0, MOST_UNITS);
    const isOther = !last || last.series.number !== series.number;
    last = { indicator: indicator.id, series, of, span, units, all: byFigures };
    parts.list();
    parts.title.textContent = indicator.name;
    parts.scope.textContent = scopeOf(series);
    if (isOther) parts.chosen.hidden = true;
    showUnits();
    showTable();
    draw();
  }

  function showUnits() {
    const looked = Texts.phrases(parts.find.value);
    const names = last.all.filter((unit) => looked.every((phrase) => Texts.has(Texts.fold(unitName(unit)), unitName(unit), phrase)));
    const isFull = last.units.length >= MOST_UNITS;
    parts.units.replaceChildren(...names.slice(0, 300).map((unit) => {
      const isOn = last.units.includes(unit);
      const box = make("input", { type: "checkbox", checked: isOn, onchange: () => {
        const next = box.checked ? [...last.units, unit] : last.units.filter((one) => one !== unit);
        Page.go({ u: next.join(".") });
        parts.units.querySelector(`[data-unit="${unit}"] input`)?.focus();
      } });
      box.disabled = !isOn && isFull;
      return make("label", { class: "check", "data-unit": unit }, box, unitName(unit));
    }));
  }

  function sourceOf(point) {
    const where = point.page ? say(words.chart.page, { page: String(point.page) }) : point.place;
    return [source(point.report, point.page, make("bdi", {}, point.report.shown.split("/").pop()), where ? `, ${where}` : "")];
  }

  function showTable() {
    const heads = ["unit", "period", "value", "fraction", "source", "state"];
    const rows = make("tbody", {});
    const button = make("button", { type: "button", class: "more", onclick: () => add() });
    let at = 0;
    const add = () => {
      const next = last.of.slice(at, at + STEP);
      at += next.length;
      rows.append(...next.map((point) => make("tr", {},
        make("td", {}, unitName(point.unit)), make("td", { class: "period" }, periodOf(point)),
        make("td", { class: "count" }, valueOf(point, last.series)), make("td", { class: "count" }, hasFraction(point) ? fractionOf(point) : ""),
        make("td", { class: "path" }, sourceOf(point), " · ", make("a", { href: `#v=reports&r=${encodeURIComponent(point.report.key)}` }, words.chart.findings)),
        make("td", {}, [point.is_doubtful ? words.chart.doubtful : null, point.state === "not_drawn" ? words.chart.not_drawn : null].filter(Boolean).join("; ")))));
      button.textContent = say(words.more, { count: Math.min(STEP, last.of.length - at) });
      button.hidden = at >= last.of.length;
    };
    add();
    parts.table.replaceChildren(make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": words.chart.table },
      make("table", {}, make("thead", {}, make("tr", {}, heads.map((head) =>
        make("th", { scope: "col", class: head === "value" || head === "fraction" ? "count" : null }, words.head[head] || words.chart[head])))), rows)), make("p", {}, button));
  }

  function choose(point) {
    const { series } = last;
    parts.chosen.hidden = false;
    parts.chosen.replaceChildren(
      make("p", {}, make("b", {}, unitName(point.unit)), ` · ${periodOf(point)} · `, make("b", {}, valueOf(point, series)),
        hasFraction(point) ? ` (${fractionOf(point)})` : "", point.is_doubtful ? ` · ${words.chart.doubtful}` : ""),
      make("p", {}, `${words.chart.source}: `, sourceOf(point), " · ",
        make("a", { href: `#v=reports&r=${encodeURIComponent(point.report.key)}` }, words.chart.findings)));
  }

  function draw(theme = dark.matches ? "dark" : "light") {
    if (!last || section.hidden) return;
    drawn.forEach((chart) => chart.destroy());
    const ink = theme === "dark" ? "#a3afbd" : "#55606e";
    const line = theme === "dark" ? "#344050" : "#d7dde5";
    const sheet = theme === "dark" ? "#1b222c" : "#ffffff";
    const style = { ink, line, sheet, colours: COLOURS[theme] };
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    Chart.defaults.font.size = 13;
    Chart.defaults.color = ink;
    drawn = [drawLines(style), drawBars(style)];
  }

  const numberFormat = new Intl.NumberFormat(language === "vi" ? "vi-VN" : "en-GB", { maximumFractionDigits: 6 });
  const axis = (style, more = {}) => ({ grid: { color: style.line }, border: { color: style.line }, ticks: { color: style.ink, callback: (value) => numberFormat.format(value) }, ...more });
  const tooltip = (series) => ({
    displayColors: false,
    callbacks: {
      title: (items) => unitName(items[0].raw.point.unit),
      label: ({ raw: { point } }) => [
        valueOf(point, series) + (hasFraction(point) ? ` (${fractionOf(point)})` : ""),
        periodOf(point),
        point.report.shown.split("/").pop() + (point.page ? `, ${say(words.chart.page, { page: String(point.page) })}` : ""),
        ...(point.is_doubtful ? [words.chart.doubtful] : []),
      ],
    },
  });
  const onClick = (event, hit, chart) => {
    if (hit.length) choose(chart.data.datasets[hit[0].datasetIndex].data[hit[0].index].point);
  };

  const fills = (data, fillOf) => {
    const colours = data.map(({ point }) => fillOf(point));
    return { pointBackgroundColor: colours, pointHoverBackgroundColor: colours };
  };

  // A line of the legend for each unit, whatever its first figure is like.
  const legendOf = (chart) => Chart.defaults.plugins.legend.labels.generateLabels(chart)
    .filter((item) => chart.data.datasets[item.datasetIndex].isFirst)
    .map((item) => ({ ...item, pointStyle: chart.data.datasets[item.datasetIndex].shape, fillStyle: item.strokeStyle, lineDash: [] }));

  function drawLines(style) {
    const { series, of, units } = last;
    const names = shortNames(units);
    const lines = units.flatMap((unit, at) => chains(of.filter((point) => point.unit === unit && point.state === "drawn"), series).map((line, nth) => [at, line, nth]));
    const datasets = lines.map(([at, line, nth]) => {
      const data = line.map((point) => ({ x: dayNumber(point.end), y: Number(point.value), point }));
      const colour = style.colours[at % style.colours.length];
      return { label: names[at], isFirst: nth === 0, data, borderColor: colour, borderWidth: 2, borderDash: DASHES[at % DASHES.length],
        shape: SHAPES[at % SHAPES.length], pointStyle: data.map(({ point }) => (point.is_doubtful ? "circle" : SHAPES[at % SHAPES.length])),
        pointRadius: data.map(({ point }) => (point.is_doubtful ? 7 : 5)), pointHoverRadius: 8, pointBorderWidth: 2, pointBorderColor: colour,
        ...fills(data, (point) => (point.is_doubtful ? style.sheet : colour)), backgroundColor: colour };
    });
    const days = [...new Set(datasets.flatMap((one) => one.data.map(({ x }) => x)))].sort((a, b) => a - b);
    const room = Math.max(10, (days.at(-1) - days[0]) * 0.04);
    parts.canvases[0].setAttribute("aria-label", `${words.chart.over_time}: ${series.name}`);
    return new Chart(parts.canvases[0], {
      type: "line",
      data: { datasets },
      options: {
        animation: false, responsive: true, maintainAspectRatio: false, onClick, interaction: { mode: "nearest", intersect: false },
        plugins: { tooltip: tooltip(series), legend: { position: "bottom", onClick: () => {}, labels: { generateLabels: legendOf, usePointStyle: true, boxHeight: 8, color: style.ink } } },
        scales: {
          x: axis(style, { type: "linear", min: days[0] - room, max: days.at(-1) + room,
            afterBuildTicks: (scale) => { scale.ticks = monthTicks(days).map((value) => ({ value })); },
            ticks: { color: style.ink, autoSkip: true, maxRotation: 0, callback: (value) => monthOf(value) } }),
          y: axis(style, { afterDataLimits: withRoom, title: { display: Boolean(series.unit), text: series.unit || "", color: style.ink } }),
        },
      },
    });
  }

  const monthOf = (day) => new Date(day * 86400000).toISOString().slice(0, 7).split("-").reverse().map(Number).join("/");

  // One tick a month that has figures, at the last day of them; months whose names would touch are left out.
  function monthTicks(days) {
    const apart = (days.at(-1) - days[0]) / MOST_TICKS;
    const ticks = [];
    for (const day of new Map(days.map((one) => [monthOf(one), one])).values()) {
      if (!ticks.length || day - ticks.at(-1) >= apart) ticks.push(day);
    }
    return ticks;
  }

  // Some room above and below the lines, but none below zero where no figure lies there.
  function withRoom(scale) {
    const room = (scale.max - scale.min) * 0.08 || 1;
    scale.min = scale.min >= 0 ? Math.max(0, scale.min - room) : scale.min - room;
    scale.max += room;
  }

  function drawBars(style) {
    const { series, of, span } = last;
    const latest = new Map();
    for (const point of of) if (point.state === "drawn" && spanOf(point) === span) latest.set(point.unit, point);
    const all = [...latest.values()].sort((a, b) => Number(b.value) - Number(a.value));
    const bars = all.slice(0, MOST_BARS);
    parts.left.textContent = all.length > bars.length ? say(words.chart.most_bars, { count: bars.length, all: all.length }) : "";
    parts.canvases[1].parentElement.style.height = `${Math.max(8, 3 + bars.length * 1.55)}rem`;
    parts.canvases[1].setAttribute("aria-label", `${words.chart.compared}: ${series.name}, ${spanName(span)}`);
    const names = shortNames(bars.map((point) => point.unit));
    const colour = style.colours[0];
    return new Chart(parts.canvases[1], {
      type: "bar",
      data: {
        labels: names,
        datasets: [{ data: bars.map((point, at) => ({ x: Number(point.value), y: names[at], point })), borderColor: colour, borderWidth: 1.5, maxBarThickness: 18,
          backgroundColor: bars.map((point) => (point.is_doubtful ? style.sheet : colour)), hoverBackgroundColor: bars.map((point) => (point.is_doubtful ? style.line : colour)) }],
      },
      options: {
        indexAxis: "y", animation: false, responsive: true, maintainAspectRatio: false, onClick,
        plugins: { legend: { display: false }, tooltip: tooltip(series) },
        scales: {
          x: axis(style, { beginAtZero: true, ticks: { color: style.ink, maxRotation: 0, maxTicksLimit: 6, callback: (value) => numberFormat.format(value) }, title: { display: Boolean(series.unit), text: series.unit || "", color: style.ink } }),
          y: { grid: { display: false }, border: { color: style.line }, ticks: { color: style.ink, autoSkip: false, callback(value) {
            const name = this.getLabelForValue(value);
            return name.length > 30 ? `${name.slice(0, 29)}…` : name;
          } } },
        },
      },
    });
  }

  return { show };
})();
