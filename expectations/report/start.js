// Sums over all events. A sum passes over what is unknown and says so.
const figures = (data, list) => {
  const box = (kind, label, value, note, action) => el("div", { class: kind }, el("dt", {}, label),
    el("dd", {}, action ? el("button", { type: "button", class: `toll ${kind}`, onclick: action }, el("b", { class: "big" }, value)) : el("span", { class: "big" }, value)),
    el("dd", { class: "small" }, note));
  const sum = (measure) => {
    const tolls = data.events.map((e) => toll(e, measure)).filter(Boolean);
    const total = (of) => tolls.reduce((all, t) => all + of(t), 0);
    const [low, high] = [total((t) => t.low ?? t.best ?? 0), total(most)];
    const span = tolls.some(open) ? `${n(low)} or more in all accounts; ` : low === high ? "" : `${n(low)}–${n(high)} in all accounts; `;
    return [n(total(size)), `${span}${n(data.events.length - tolls.length)} not stated`];
  };
  const rivals = data.agreement.filter((row) => row[5] > 0).length;
  const countries = new Set(data.events.map((e) => e.country_code).filter(Boolean)).size;
  at("figures").append(
    box("events", "Events", n(data.events.length), `in ${countries === 1 ? "1 country" : `${n(countries)} countries`}`, () => list.order("date")),
    box("killed", "Killed", ...sum("killed"), () => list.order("killed")),
    box("injured", "Injured", ...sum("injured"), () => list.order("injured")),
    box("differ", "Rival tolls", n(rivals), `of ${n(data.agreement.length)} with two sources or more`, () => at("agreement").scrollIntoView()));
};

unpack().then((data) => {
  const list = listEvents(data);
  figures(data, list);
  drawMap(data, (place) => list.filter(place.events, placeOf(place.events[0])));
  drawDays(data, (events, name) => list.filter(events, name));
  listAgreement(data, list);
  const follow = () => { if (location.hash.startsWith("#event=")) list.reveal(...decodeURIComponent(location.hash.slice(7)).split(";")); };
  addEventListener("hashchange", follow);
  // A link to the event that is open already changes no hash; it must work all the same.
  document.addEventListener("click", (e) => { if (e.target.closest?.('a[href^="#event="]')?.hash === location.hash) follow(); });
  follow();
  document.documentElement.dataset.ready = "yes";
});
