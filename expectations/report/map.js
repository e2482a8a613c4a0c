// The map: country outlines and one circle a place, equirectangular, true at the middle latitude.
const drawMap = (data, show) => {
  const places = new Map();
  for (const event of data.events) {
    if (!known(event.lat) || !known(event.lon)) continue;
    const key = `${event.lat.toFixed(2)},${event.lon.toFixed(2)}`;
    const place = places.get(key) ?? { lat: event.lat, lon: event.lon, events: [], killed: 0 };
    place.events.push(event);
    place.killed += size(toll(event, "killed"));
    places.set(key, place);
  }
  const view = at("map-view");
  if (!places.size) {
    view.replaceWith(el("p", {}, "No event has a known place yet."));
    return;
  }
  const all = [...places.values()].sort((a, b) => b.killed - a.killed);
  const home = frame(all, view.clientWidth < 560 ? 1.3 : 2.1);
  const squeeze = Math.cos(((home.south + home.north) / 2) * (Math.PI / 180));
  const X = (lon) => lon * squeeze;
  const Y = (lat) => -lat;
  const box = { x: X(home.west), y: Y(home.north), w: X(home.east) - X(home.west), h: home.north - home.south };
  const start = { ...box };
  const top = Math.max(1, all[0].killed);
  const path = (ring) => {
    let d = "";
    for (let i = 0; i < ring.length; i += 2) d += `${i ? "L" : "M"}${(X(ring[i])).toFixed(2)} ${Y(ring[i + 1]).toFixed(2)}`;
    return `${d}Z`;
  };
  const map = svg("svg", { role: "group", "aria-label": `Map of ${plural(all.length, "place")}` });
  for (const [, name, rings] of data.countries) {
    map.append(svg("path", { class: "land", d: rings.map(path).join("") }, svg("title", {}, name)));
  }
  const names = svg("g");
  const circles = svg("g");
  map.append(circles, names);
  const label = (place) => {
    const where = placeOf(place.events[0]);
    const tolls = ["killed", "injured"].map((m) => [m, place.events.map((e) => toll(e, m)).filter(Boolean)]);
    const said = tolls.filter(([, t]) => t.length).map(([m, t]) => `${n(t.reduce((sum, one) => sum + size(one), 0))} ${m}`);
    return `${where}: ${plural(place.events.length, "event")}, ${said.join(", ") || "toll unknown"}`;
  };
  for (const place of all) {
    place.mark = svg(
      "circle",
      { class: place.killed ? "place" : "place unknown", cx: X(place.lon), cy: Y(place.lat), "aria-label": label(place), ...pressable(() => show(place)) },
      svg("title", {}, label(place)),
    );
    circles.append(place.mark);
  }
  const shown = new Set(data.events.map((event) => event.country_code));
  const named = data.countries.filter(([code]) => shown.has(code)).map(([, name, rings]) => {
    const [lon, lat] = middle(rings[0]);
    return { x: X(lon), y: Y(lat), name, text: svg("text", { class: "name", x: X(lon), y: Y(lat) }, name) };
  });
  names.append(...named.map((one) => one.text));

  const radius = (place, unit) => unit * (place.killed ? 4 + 22 * Math.sqrt(place.killed / top) : 4.5);
  const place = () => {
    const width = view.clientWidth || 800;
    const unit = box.w / width;
    map.setAttribute("viewBox", `${box.x} ${box.y} ${box.w} ${box.h}`);
    for (const one of all) one.mark.setAttribute("r", radius(one, unit));
    spread(named, 12 * unit, box);
  };
  const zoom = (by) => {
    const [cx, cy] = [box.x + box.w / 2, box.y + box.h / 2];
    Object.assign(box, { w: box.w * by, h: box.h * by });
    Object.assign(box, { x: cx - box.w / 2, y: cy - box.h / 2 });
    place();
  };
  const world = () => Object.assign(box, around({ x: X(-170), y: Y(75), w: X(350), h: 131 }, start.w / start.h));
  const button = (sign, label, action) => el("button", { type: "button", "aria-label": sign.length > 1 ? null : label, title: label, onclick: action }, sign);
  view.append(
    map,
    el("div", { class: "foot" },
      key(top),
      el("div", { class: "zoom" },
        button("+", "Zoom in", () => zoom(1 / 1.6)),
        button("−", "Zoom out", () => zoom(1.6)),
        button("Events", "Show all events", () => { Object.assign(box, start); place(); }),
        button("World", "Show the world", () => { world(); place(); }))),
  );
  drag(map, box, place, view);
  place();
  new ResizeObserver(place).observe(view);
};

// Writes the names that do not run into one that is written already. A name that the edge would cut
// is moved inside; one that is wholly outside is left out.
const spread = (named, height, box) => {
  const written = [];
  for (const { x: middle, y, name, text } of named) {
    const half = (name.length * 0.3 + 0.3) * height;
    const x = Math.max(box.x + half, Math.min(box.x + box.w - half, middle));
    const outside = Math.abs(x - middle) > 2 * half || y - height < box.y || y > box.y + box.h;
    const clash = written.some((o) => Math.abs(o.x - x) < o.half + half && Math.abs(o.y - y) < height * 1.2);
    text.setAttribute("font-size", height);
    text.setAttribute("x", x);
    text.setAttribute("visibility", outside || clash ? "hidden" : "visible");
    if (!outside && !clash) written.push({ x, y, half });
  }
};

// The part of the world to show: all places with a margin, in a shape that suits a page.
const frame = (places, widest) => {
  const [lats, lons] = [places.map((p) => p.lat), places.map((p) => p.lon)];
  let [west, east] = [Math.min(...lons), Math.max(...lons)];
  let [south, north] = [Math.min(...lats), Math.max(...lats)];
  const pad = Math.max(2.5, (east - west) * 0.07, (north - south) * 0.1);
  [west, east, south, north] = [west - pad, east + pad, south - pad, north + pad];
  const squeeze = Math.cos(((south + north) / 2) * (Math.PI / 180));
  const [w, h] = [(east - west) * squeeze, north - south];
  if (w / h > widest) { const more = (w / widest - h) / 2; south -= more; north += more; }
  if (w / h < 1.2) { const more = (h * 1.2 - w) / 2 / squeeze; west -= more; east += more; }
  return { west, east, south, north };
};
const around = (box, shape) => {
  const h = Math.max(box.h, box.w / shape);
  const w = h * shape;
  return { x: box.x - (w - box.w) / 2, y: box.y - (h - box.h) / 2, w, h };
};
const middle = (ring) => {
  let [area, x, y] = [0, 0, 0];
  for (let i = 0; i < ring.length - 2; i += 2) {
    const cross = ring[i] * ring[i + 3] - ring[i + 2] * ring[i + 1];
    area += cross;
    x += (ring[i] + ring[i + 2]) * cross;
    y += (ring[i + 1] + ring[i + 3]) * cross;
  }
  return [x / (3 * area), y / (3 * area)];
};
const drag = (map, box, place, view) => {
  let from = null;
  map.addEventListener("pointerdown", (e) => { if (e.pointerType === "mouse") from = { x: e.clientX, y: e.clientY }; });
  map.addEventListener("pointermove", (e) => {
    if (!from) return;
    const unit = box.w / view.clientWidth;
    box.x -= (e.clientX - from.x) * unit;
    box.y -= (e.clientY - from.y) * unit;
    from = { x: e.clientX, y: e.clientY };
    place();
  });
  addEventListener("pointerup", () => { from = null; });
};
// What an area means: three circles, nested at the foot.
const key = (top) => {
  const steps = [...new Set([top, Math.round(top / 4), 1])].filter((value) => value >= 1);
  const r = (value) => 4 + 22 * Math.sqrt(value / top);
  const drawing = svg("svg", { class: "key", width: 75 + 7 * `${n(top)} killed`.length, height: 58, role: "img", "aria-label": "Size of the circles" });
  for (const value of steps) {
    const y = 56 - 2 * r(value);
    drawing.append(svg("circle", { cx: 28, cy: 56 - r(value), r: r(value) }), svg("text", { x: 62, y: y + 4 + (value === top ? 4 : 0) }, `${n(value)}${value === top ? " killed" : ""}`));
  }
  return drawing;
};
