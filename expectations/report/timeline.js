// The days: killed upwards, injured downwards; days become weeks, months or years when there are many.
const STEPS = [
  { name: "day", most: 120, key: (iso) => iso },
  { name: "week", most: 160 * 7, key: (iso) => { const d = new Date(`${iso}T00:00Z`); d.setUTCDate(d.getUTCDate() - ((d.getUTCDay() + 6) % 7)); return d.toISOString().slice(0, 10); } },
  { name: "month", most: 160 * 30, key: (iso) => `${iso.slice(0, 7)}-01` },
  { name: "year", most: Infinity, key: (iso) => `${iso.slice(0, 4)}-01-01` },
];
const EARLY = 0.1; // the share of events that may lie before the first bar
const after = (iso, step) => {
  const d = new Date(`${iso}T00:00Z`);
  if (step === "day") d.setUTCDate(d.getUTCDate() + 1);
  if (step === "week") d.setUTCDate(d.getUTCDate() + 7);
  if (step === "month") d.setUTCMonth(d.getUTCMonth() + 1);
  if (step === "year") d.setUTCFullYear(d.getUTCFullYear() + 1);
  return d.toISOString().slice(0, 10);
};
const bucketName = (iso, step) => ({ day: day(iso), week: `the week of ${day(iso)}`, month: day(iso).replace(/^\d+ /, ""), year: iso.slice(0, 4) })[step];

const buckets = (events) => {
  const dated = events.filter((e) => e.date_start && (e.date_prec ?? 1) <= 3);
  if (!dated.length) return null;
  const days = dated.map((e) => e.date_start).sort();
  const last = days[days.length - 1];
  const length = (from) => (new Date(last) - new Date(from)) / 864e5 + 1;
  // One report of long ago must not press all others into the last bar.
  const first = length(days[0]) > STEPS[0].most ? days[Math.floor(days.length * EARLY)] : days[0];
  const step = STEPS.find((one) => length(first) <= one.most);
  const found = new Map();
  for (let iso = step.key(first); iso <= last; iso = after(iso, step.name)) found.set(iso, { iso, events: [], killed: [0, 0, 0], injured: [0, 0, 0] });
  let early = 0;
  for (const event of dated) {
    const bucket = found.get(step.key(event.date_start));
    if (!bucket) {
      early += 1;
      continue;
    }
    bucket.events.push(event);
    for (const measure of ["killed", "injured"]) {
      const t = toll(event, measure);
      if (!t) continue;
      bucket[measure][0] += t.low ?? t.best ?? 0;
      bucket[measure][1] += size(t);
      bucket[measure][2] += most(t);
    }
  }
  return { step: step.name, all: [...found.values()], early, left: events.length - dated.length };
};

const drawDays = (data, show) => {
  const view = at("days-view");
  const made = buckets(data.events);
  if (!made) {
    view.append(el("p", {}, "No event has a known day yet."));
    return;
  }
  const draw = () => view.replaceChildren(chart(made, view.clientWidth || 900, show), note(made));
  draw();
  let width = view.clientWidth;
  new ResizeObserver(() => { if (view.clientWidth !== width) { width = view.clientWidth; draw(); } }).observe(view);
};
const note = ({ step, early, left }) =>
  el("p", { class: "small" }, `One bar a ${step}.`, early ? ` ${plural(early, "earlier event")} ${early === 1 ? "is" : "are"} not drawn.` : "", left ? ` ${plural(left, "event")} without a day or week ${left === 1 ? "is" : "are"} not drawn.` : "");

const chart = ({ step, all }, width, show) => {
  const up = Math.max(1, ...all.map((b) => b.killed[2]));
  const down = Math.max(0, ...all.map((b) => b.injured[2]));
  const [height, edge, foot] = [230, 14 + 7 * n(Math.max(up, down)).length, 20];
  // Tolls differ by orders of magnitude: heights grow with the square root, as the map's circles do.
  const unit = (height - foot - 8) / (Math.sqrt(up) + Math.sqrt(down));
  const tall = (value) => Math.sqrt(value) * unit;
  const zero = 8 + tall(up);
  const slot = (width - edge) / all.length;
  const thick = Math.max(1.5, Math.min(28, slot * 0.7));
  const drawing = svg("svg", { class: "chart", viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": `Killed and injured by ${step}` });
  const axis = svg("g", { class: "axis" });
  const rule = (value, y) => axis.append(svg("line", { x1: edge, x2: width, y1: y, y2: y }), svg("text", { x: edge - 6, y: y + 4, "text-anchor": "end" }, n(value)));
  for (const value of ticks(up, tall)) rule(value, zero - tall(value));
  for (const value of ticks(down, tall)) rule(value, zero + tall(value));
  rule(0, zero);
  axis.append(svg("line", { class: "zero", x1: edge, x2: width, y1: zero, y2: zero }));
  const every = Math.ceil(90 / slot);
  drawing.append(axis);
  all.forEach((bucket, i) => {
    const x = edge + i * slot + slot / 2;
    if (i % every === 0 && x < width - 40) axis.append(svg("text", { x, y: height - 4, "text-anchor": "middle" }, bucketName(bucket.iso, step).replace("the week of ", "")));
    if (bucket.events.length) drawing.append(bar(bucket, { x, slot, thick, zero, tall, height: height - foot, step }, show));
  });
  return drawing;
};
const bar = (bucket, { x, slot, thick, zero, tall, height, step }, show) => {
  const name = bucketName(bucket.iso, step);
  const label = `${name}: ${n(bucket.killed[1])} killed, ${n(bucket.injured[1])} injured in ${plural(bucket.events.length, "event")}`;
  const part = ([low, best, high], sign, kind) => [
    svg("rect", { class: kind, x: x - thick / 2, width: thick, y: sign > 0 ? zero - tall(best) : zero, height: tall(best) }),
    high > low ? svg("line", { class: `${kind}s`, "stroke-width": 1.5, x1: x, x2: x, y1: zero - sign * tall(low), y2: zero - sign * tall(high) }) : null,
  ];
  const hit = svg("rect", { class: "hit", x: x - Math.max(slot, 6) / 2, width: Math.max(slot, 6), y: 0, height });
  return svg("g", { class: "bar", "aria-label": label, ...pressable(() => show(bucket.events, name)) },
    hit, ...part(bucket.killed, 1, "k"), ...part(bucket.injured, -1, "i"), svg("title", {}, label));
};
// Round numbers up to the top, far enough apart to be read.
const ticks = (top, tall) => {
  const round = [];
  for (let power = 1; power <= top; power *= 10) round.push(...[1, 2, 5].map((f) => f * power).filter((value) => value <= top));
  const kept = [];
  for (const value of round.reverse()) if (tall(value) > 18 && (!kept.length || tall(kept[kept.length - 1]) - tall(value) > 22)) kept.push(value);
  return kept;
};
