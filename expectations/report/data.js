// Reads the embedded data. Everything that came from an article reaches the page as text only.
const unpack = async () => {
  const packed = Uint8Array.from(atob(document.getElementById("data").textContent), (c) => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
};

const TOLLS = ["killed", "injured", "hospitalised", "critically_injured", "missing", "captured"];
const toll = (event, measure) => {
  const [low, best, high] = ["low", "best", "high"].map((bound) => event[`${measure}_${bound}`]);
  return low === undefined && best === undefined && high === undefined ? null : { low, best, high };
};
// The number that sorts and sizes: best, else the least that is known.
const size = (t) => (t ? t.best ?? t.low ?? 0 : 0);
const most = (t) => Math.max(t.low ?? 0, t.best ?? 0, t.high ?? 0);

const count = new Intl.NumberFormat("en-GB");
const n = (value) => count.format(value);
const plural = (value, thing) => `${n(value)} ${thing}${value === 1 ? "" : "s"}`;

// A toll in figures: 3, 35+ (no upper bound), 24–40, up to 40.
const figure = ({ low, best, high }) => {
  if (best !== undefined && best !== null) return n(best) + (open({ low, best, high }) && low === best ? "+" : "");
  if (low !== undefined && low !== null) return known(high) ? (low === high ? n(low) : `${n(low)}–${n(high)}`) : `${n(low)}+`;
  return known(high) ? `up to ${n(high)}` : "?";
};
const known = (value) => value !== undefined && value !== null;
const open = ({ high }) => !known(high);
const range = ({ low, best, high }) => {
  const least = known(low) ? low : best;
  if (!known(best) || (least === best && (!known(high) || high === best))) return "";
  return known(high) ? `${n(least)}–${n(high)}` : `${n(least)} or more`;
};
const inWords = (t, noun) => {
  const said = range(t);
  return `${figure(t).replace("+", " or more").replace("–", " to ")} ${noun}${said ? `, accounts give ${said.replace("–", " to ")}` : ""}`;
};

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const day = (iso) => {
  if (!iso) return "undated";
  const [year, month, date] = iso.slice(0, 10).split("-").map(Number);
  return `${date} ${MONTHS[month - 1]} ${year}`;
};
const span = (event) => {
  if (!event.date_start) return "date unknown";
  const [from, to] = [event.date_start, event.date_end ?? event.date_start];
  if (event.date_prec === 4) return day(from).replace(/^\d+ /, "");
  if (event.date_prec === 5) return from.slice(0, 4);
  return from === to ? day(from) : `${day(from)} – ${day(to)}`;
};
const moment = (iso) => {
  if (!iso) return "no date given";
  const time = iso.slice(11, 16);
  return time && time !== "00:00" ? `${day(iso)}, ${time}` : day(iso);
};
const placeOf = (event) => event.place_name ?? event.admin1 ?? event.country ?? "Place unknown";
