// Makes elements. Text is always set as text; no markup is ever parsed.
const SVG = "http://www.w3.org/2000/svg";
const fill = (made, attributes, children) => {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
};
const el = (name, attributes = {}, ...children) => fill(document.createElement(name), attributes, children);
const svg = (name, attributes = {}, ...children) => fill(document.createElementNS(SVG, name), attributes, children);
const at = (id) => document.getElementById(id);
const pressable = (action) => ({
  tabindex: 0,
  role: "button",
  onclick: action,
  onkeydown: (e) => {
    if (e.key === "Enter" || e.key === " ") {
      e.preventDefault();
      action();
    }
  },
});

// A toll as a bar from low to high with a tick at best, on a square-root scale up to `top` people.
const band = (t, measure, top, height = 10) => {
  const x = (value) => Math.sqrt(value / Math.max(1, top)) * 98 + 1;
  const colour = measure === "killed" ? "killed" : "injured";
  const low = t.low ?? t.best ?? 0;
  const high = t.high ?? t.best ?? low;
  const middle = height / 2;
  const parts = [svg("line", { class: "track", x1: 0, x2: 100, y1: middle, y2: middle, "vector-effect": "non-scaling-stroke" })];
  const box = (from, to, opacity) =>
    svg("rect", { x: x(from), width: Math.max(0.8, x(to) - x(from)), y: middle - 3, height: 6, fill: `var(--${colour})`, "fill-opacity": opacity });
  parts.push(box(low, high, 0.45));
  if (open(t)) for (const step of [0, 1, 2]) {
    parts.push(svg("rect", { x: x(high) + step * 3 + 0.4, width: 2, y: middle - 3, height: 6, fill: `var(--${colour})`, "fill-opacity": 0.35 - step * 0.11 }));
  }
  if (known(t.best)) parts.push(svg("rect", { x: x(t.best) - 0.6, width: 1.4, y: 0, height, fill: `var(--${colour})` }));
  return svg("svg", { class: "band", viewBox: `0 0 110 ${height}`, preserveAspectRatio: "none", "aria-hidden": "true" }, ...parts);
};
