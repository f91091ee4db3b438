// What the index can do where scripts run: it is searched, filtered and turned from units to years.
// What is chosen stands in the address, so that it can be sent.

const form = document.querySelector(".filters");
const status = document.querySelector("[role=status]");
const nothing = document.querySelector(".nothing");
const folded = (text) => text.normalize("NFKC").toLowerCase();

const units = new Map();
for (const row of document.querySelectorAll(".unit")) {
  const { unit, level, within, foundBy } = row.dataset;
  units.set(unit, { level, within: within.split(" "), text: folded(foundBy), fits: true });
}

// A view holds its pages, each in boxes that are shown while a page in them is: what lies in a row that goes as a whole
// is left as it is.
const read = (view) => {
  const pages = [...view.querySelectorAll(".pages li")].map((item) => {
    const [row, group, section] = [".unit", ".pages > div", "section"].map((box) => item.closest(box));
    const boxes = row ? { inner: [group], outer: [row, section] } : { inner: [], outer: [group, section] };
    const { unit, year, state } = { ...section.dataset, ...row?.dataset, ...item.dataset };
    return { item, unit: units.get(unit), year, state, ...boxes };
  });
  return { view, pages, boxes: new Set(pages.flatMap(({ inner, outer }) => [...inner, ...outer])) };
};
const views = new Map([...document.querySelectorAll("#by-unit, #by-year")].map((view) => [view.id, read(view)]));
const ways = [...document.querySelectorAll(".ways a")];
let looked = "by-unit";

const show = (element, shown) => {
  if (element.hidden === shown) element.hidden = !shown;
};

const fit = ({ find, level, region }) => {
  const words = folded(find).split(/\s+/).filter(Boolean);
  for (const unit of units.values()) {
    unit.fits =
      (!level || unit.level === level) &&
      (!region || unit.within.includes(region)) &&
      words.every((word) => unit.text.includes(word));
  }
};

const apply = () => {
  const chosen = Object.fromEntries(new FormData(form));
  fit(chosen);
  const { pages, boxes } = views.get(looked);
  const alive = new Set();
  const seen = new Set();
  let dashboards = 0;
  for (const page of pages) {
    const asked = (!chosen.year || page.year === chosen.year) && (!chosen.state || page.state === chosen.state);
    const fits = asked && page.unit.fits;
    show(page.item, page.inner.length ? asked : fits);
    if (asked) for (const box of page.inner) alive.add(box);
    if (!fits) continue;
    for (const box of page.outer) alive.add(box);
    dashboards += 1;
    seen.add(page.unit);
  }
  for (const box of boxes) show(box, alive.has(box));
  for (const [id, { view }] of views) show(view, id === looked);
  for (const way of ways) way.ariaCurrent = way.hash === `#${looked}` ? "true" : null;
  show(nothing, dashboards === 0);
  status.textContent = status.dataset.said.replace("{dashboards}", dashboards).replace("{units}", seen.size);
};

// -- the choice in the address

const remember = () => {
  const said = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  if (looked !== "by-unit") said.set("view", looked);
  history.replaceState(null, "", `#${said}`);
};
const recall = () => {
  if (location.hash === "#content") return apply(); // the skip link chooses nothing
  const said = new URLSearchParams(location.hash.slice(1));
  for (const field of form.elements) {
    if (!field.name) continue;
    field.value = said.get(field.name) ?? "";
    if (field.selectedIndex === -1) field.selectedIndex = 0; // a choice that this edition does not have
  }
  const view = said.get("view") ?? location.hash.slice(1);
  looked = views.has(view) ? view : "by-unit";
  apply();
};

let frame = 0;
let writing = 0;
const changed = () => {
  cancelAnimationFrame(frame);
  frame = requestAnimationFrame(apply);
  clearTimeout(writing);
  writing = setTimeout(remember, 250); // browsers refuse to note every letter
};

form.addEventListener("input", changed);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => {
  setTimeout(changed); // the fields are emptied after this event
  form.elements.find.focus();
});
for (const way of ways) {
  way.addEventListener("click", (event) => {
    event.preventDefault();
    looked = way.hash.slice(1);
    changed();
  });
}
addEventListener("hashchange", recall);

form.hidden = false;
recall();
