// The list of events: a few at first, more on demand, each number a button that opens its sentences.
const PAGE = 40;
const CLAIM = ["article", "measure", "low", "best", "high", "qualifier", "relation", "category", "speaker", "role", "certainty", "latin", "language", "before", "quote", "after"];
const QUALIFIERS = { at_least: "a lower bound", at_most: "an upper bound", about: "an approximation", range: "a range", vague: "no exact number", implied: "one, by the wording", none: "nobody", none_reported: "none reported" };
const RELATIONS = { part: "one part of the whole", subset: "among those already counted", update: "a later count" };

const listEvents = (data) => {
  const top = {};
  for (const measure of TOLLS) top[measure] = Math.max(1, ...data.events.map((e) => { const t = toll(e, measure); return t ? most(t) : 0; }));
  const state = { events: data.events, shown: PAGE, filter: null, text: "", sort: "date" };
  const view = at("events-view");
  const info = el("span", { class: "count" });
  const clear = el("button", { type: "button", hidden: true, onclick: () => { state.filter = null; update(); } });
  const search = el("input", { type: "search", placeholder: "Search place, kind, weapon, actor", "aria-label": "Search events", oninput: () => { state.text = search.value.toLowerCase(); update(); } });
  const sort = el("select", { "aria-label": "Order", onchange: () => { state.sort = sort.value; update(); } },
    ...[["date", "Latest first"], ["killed", "Most killed first"], ["injured", "Most injured first"], ["sources", "Most sources first"]].map(([value, label]) => el("option", { value }, label)));
  at("events-tools").append(search, sort, clear, info);

  const words = (e) => [placeOf(e), e.admin1, e.country, e.sub_event_type, e.weapon, ...(e.actors ?? [])].join(" ").toLowerCase();
  const orders = {
    date: null,
    killed: (a, b) => size(toll(b, "killed")) - size(toll(a, "killed")),
    injured: (a, b) => size(toll(b, "injured")) - size(toll(a, "injured")),
    sources: (a, b) => b.n_independent - a.n_independent,
  };
  const chosen = () => {
    const found = (state.filter?.events ?? data.events).filter((e) => !state.text || words(e).includes(state.text));
    return orders[state.sort] ? [...found].sort(orders[state.sort]) : found;
  };
  const update = (shown = PAGE) => {
    const events = chosen();
    state.shown = shown;
    clear.hidden = !state.filter;
    clear.textContent = state.filter ? `${state.filter.name} ✕` : "";
    info.textContent = events.length === data.events.length ? plural(events.length, "event") : `${n(events.length)} of ${plural(data.events.length, "event")}`;
    view.replaceChildren(heads(), ...events.slice(0, shown).map((event) => eventRow(event, data, top)));
    if (!events.length) view.replaceChildren(el("p", {}, data.events.length ? "No event matches." : "No events yet."));
    if (events.length > shown) view.append(el("button", { type: "button", class: "again", onclick: () => update(shown + 5 * PAGE) }, `Show more of ${plural(events.length - shown, "event")}`));
  };
  const filter = (events, name) => {
    Object.assign(state, { filter: { events, name }, text: "" });
    search.value = "";
    update();
    at("events").scrollIntoView();
  };
  const reveal = (id, measure) => {
    const event = data.events.find((e) => e.event_id === id);
    if (!event) return;
    filter([event], placeOf(event));
    openPanel(view.querySelector(".event:not(.heads)"), event, data, top, measure || TOLLS.find((m) => toll(event, m)));
  };
  update();
  return { filter, reveal, order: (by) => { state.filter = null; state.sort = sort.value = by; update(); at("events").scrollIntoView(); } };
};

const heads = () => el("div", { class: "event heads", "aria-hidden": "true" }, ...["Date", "Place", "Killed", "Injured", ""].map((name) => el("span", {}, name)));

const eventRow = (event, data, top) => {
  const row = el("article", { class: "event", id: `event=${event.event_id}` });
  const press = (measure) => () => openPanel(row, event, data, top, measure);
  const number = (measure) => {
    const t = toll(event, measure);
    if (!t) return el("span", { class: "none" }, "not stated");
    const beside = range(t);
    return el("button", { type: "button", class: `toll ${measure}`, "data-measure": data.measures[measure], "aria-expanded": "false", "aria-label": `${inWords(t, data.measures[measure])}: show the sentences`, onclick: press(measure) },
      el("b", {}, figure(t)), beside ? el("small", {}, beside) : "", band(t, measure, top[measure]));
  };
  const others = TOLLS.slice(2).filter((m) => toll(event, m)).map((m) =>
    el("button", { type: "button", class: "chip", "aria-expanded": "false", onclick: press(m) }, `${figure(toll(event, m))} ${data.measures[m]}`));
  row.append(
    el("span", { class: "when" }, span(event)),
    el("div", { class: "head" },
      el("h3", {}, placeOf(event)),
      el("p", { class: "what" }, [event.sub_event_type ?? "kind unknown", event.weapon, [event.place_name ? event.admin1 : null, event.country].filter(Boolean).join(", ")].filter(Boolean).join(" · ")),
      event.region_contradicted ? el("p", { class: "small warn" }, `The text puts it in ${event.stated_region ?? "another region"}; the gazetteer does not.`) : "",
      others.length ? el("div", { class: "more" }, ...others) : ""),
    number("killed"), number("injured"),
    el("span", { class: "who" }, plural(event.n_independent ?? 0, "account")));
  return row;
};

const openPanel = (row, event, data, top, measure) => {
  const before = row.querySelector(".panel");
  const same = before?.dataset.measure === measure;
  before?.remove();
  for (const button of row.querySelectorAll("[aria-expanded]")) button.setAttribute("aria-expanded", "false");
  if (!measure || same) return;
  const claims = (data.claims[event.event_id] ?? []).map((c) => Object.fromEntries(CLAIM.map((name, i) => [name, c[i]])));
  const measures = Object.keys(data.measures).filter((m) => claims.some((c) => c.measure === m) || (TOLLS.includes(m) && toll(event, m)));
  const tabs = measures.map((m) => el("button", { type: "button", "aria-pressed": String(m === measure), onclick: () => openPanel(row, event, data, top, m) }, data.measures[m]));
  const told = claims.filter((c) => c.measure === measure);
  const t = toll(event, measure);
  const panel = el("div", { class: "panel", "data-measure": measure },
    measures.length > 1 ? el("div", { class: "tabs", role: "group", "aria-label": "What is counted" }, ...tabs) : "",
    el("h4", {}, t ? `${inWords(t, data.measures[measure])}. ` : "", told.length ? `Stated in ${plural(told.length, "passage")}:` : "No passage states it."),
    said(event, data, measure), ...told.map((claim) => statement(claim, data)));
  row.append(panel);
  for (const button of row.querySelectorAll(".toll, .chip")) {
    if (button.matches(`.${measure}`) || button.textContent.endsWith(` ${data.measures[measure]}`)) button.setAttribute("aria-expanded", "true");
  }
};

// A language's English name, where the browser knows it; else its code.
const language = (code) => {
  try { return new Intl.DisplayNames(["en"], { type: "language" }).of(code) ?? code; } catch { return code; }
};

const statement = (claim, data) => {
  const [publisher, title, url, published] = data.articles[claim.article];
  const name = claim.latin && claim.latin !== claim.speaker ? `${claim.speaker} [${claim.latin}]` : claim.speaker;
  const speaker = [name, claim.role && claim.role !== claim.speaker ? claim.role : null].filter(Boolean).join(", ");
  const notes = [QUALIFIERS[claim.qualifier], RELATIONS[claim.relation], claim.category !== "unknown" ? claim.category.replace("_", " ") : null, claim.certainty !== "asserted" ? claim.certainty : null].filter(Boolean);
  return el("figure", {},
    el("blockquote", claim.language ? { lang: claim.language } : {}, claim.before, el("mark", {}, claim.quote), claim.after),
    el("figcaption", {},
      el("b", {}, speaker || "The writer"), notes.length ? ` (${notes.join("; ")})` : "", el("br"),
      `${publisher ?? "Publisher unknown"}, ${moment(published)}${title ? `: “${title}”` : ""}${claim.language && claim.language !== "en" ? `, in ${language(claim.language)}` : ""}`,
      url ? el("br") : "", url ? el("code", {}, url) : ""));
};

// Who gives which figure, oldest first, on one scale.
const said = (event, data, measure) => {
  const figures = (data.figures[event.event_id] ?? []).filter((f) => f[0] === measure);
  if (figures.length < 2) return "";
  const tolls = figures.map(([, low, best, high]) => ({ low: low ?? undefined, best: best ?? undefined, high: high ?? undefined }));
  const top = Math.max(1, ...tolls.map(most));
  return el("div", { class: "said" }, ...figures.flatMap(([, , , , published, publishers], i) => [
    el("span", {}, `${publishers?.join(", ") || "Publisher unknown"}, ${moment(published)}`),
    band(tolls[i], measure, top, 14),
    el("b", {}, figure(tolls[i])),
  ]));
};

const listAgreement = (data, list) => {
  const view = at("agreement-view");
  const rivals = data.agreement.filter(([, , , , , spread]) => spread > 0);
  const all = data.agreement.length;
  view.append(el("p", { class: "lead" }, all
    ? `${plural(all, "toll")} ${all === 1 ? "is" : "are"} given by two or more publishers; they agree on ${n(all - rivals.length)} and differ on ${n(rivals.length)}.`
    : "No toll is given by two publishers yet."));
  const byId = new Map(data.events.map((e) => [e.event_id, e]));
  for (const [id, measure, , least, most] of rivals.slice(0, 12)) {
    const event = byId.get(id);
    if (event) view.append(el("div", { class: "rival" },
      el("h3", {}, el("a", { href: `#event=${id};${measure}` }, `${placeOf(event)}, ${span(event)}`), `: ${n(least)} to ${n(most)} ${data.measures[measure]}`),
      said(event, data, measure)));
  }
  if (rivals.length > 12) view.append(el("button", { type: "button", onclick: () => list.order("sources") }, `${plural(rivals.length - 12, "more toll")}: see the events with most sources`));
};
