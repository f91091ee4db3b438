// What a page can do where scripts run: charts answer the pointer, tables and pictures can be taken along.
// It is bundled with Vega (vegaEmbed, vega); without it the page says the same.

const charts = [...document.querySelectorAll("figure.chart")];
const drawn = charts.map((figure) => figure.querySelector("svg")); // what is taken along, however a chart is lit
const words = JSON.parse(document.getElementById("words").textContent);

const unpacked = async (text) => {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
};

// -- the charts, made to answer one after the other, the drawn picture in place until then

const draw = async (still, spec, config) => {
  const stage = document.createElement("div");
  await vegaEmbed(stage, spec, {
    config,
    actions: false,
    ast: true, // expressions are interpreted: the page forbids eval
    defaultStyle: false,
    renderer: "svg",
    tooltip: tip,
  });
  // One picture with one name, as before: the many parts that Vega names are nothing to read out.
  stage.setAttribute("role", "img");
  stage.setAttribute("aria-label", still.getAttribute("aria-label"));
  stage.querySelector("svg").setAttribute("aria-hidden", "true");
  still.replaceWith(stage);
};

const drawAll = async () => {
  if (!charts.length || !("DecompressionStream" in window)) return;
  const { config, specs } = await unpacked(document.getElementById("specs").textContent);
  let rested = performance.now();
  for (const [place, still] of drawn.entries()) {
    await draw(still, specs[place], config);
    if (performance.now() - rested > 50) {
      await new Promise((next) => setTimeout(next)); // whoever reads or scrolls meanwhile is not kept waiting
      rested = performance.now();
    }
  }
  document.documentElement.dataset.charts = "drawn";
};

// -- the words at the pointer: text alone, never markup; they stay while the pointer is on them, and go by Escape

const bubble = document.createElement("div");
bubble.className = "tip";
bubble.setAttribute("role", "status");
bubble.hidden = true;
document.body.append(bubble);
let leaving = 0;

const tip = (_, event, item, said) => {
  clearTimeout(leaving);
  if (said === null || said === undefined || said === "") {
    leaving = setTimeout(hide, 300);
    return;
  }
  const lines = typeof said === "object" ? Object.values(said) : [said];
  bubble.replaceChildren(
    ...lines.map((line) => {
      const paragraph = document.createElement("p");
      paragraph.textContent = line;
      return paragraph;
    }),
  );
  bubble.hidden = false;
  const { clientWidth: width, clientHeight: height } = document.documentElement;
  const left = Math.min(event.clientX + 12, width - bubble.offsetWidth - 8);
  const below = event.clientY + 16;
  const top = below + bubble.offsetHeight < height ? below : event.clientY - bubble.offsetHeight - 12;
  bubble.style.transform = `translate(${Math.max(8, left)}px, ${Math.max(8, top)}px)`;
};
const hide = () => {
  bubble.hidden = true;
};
bubble.addEventListener("pointerenter", () => clearTimeout(leaving));
bubble.addEventListener("pointerleave", hide);
document.addEventListener("keydown", ({ key }) => key === "Escape" && hide());
document.addEventListener("scroll", hide, { passive: true });

// -- what can be taken along

const save = (content, type, name, suffix) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = `${name.replace(/[^\p{L}\p{N}]+/gu, "-")}.${suffix}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};

// A cell that a spreadsheet would take for a formula gets an apostrophe; minus signs of figures are U+2212 or numbers.
const cell = (text) => {
  const plain = text.trim().replace(/\s+/g, " ");
  const safe = /^[\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]/.test(plain) && !/^[+-]?[\d.]+%?$/.test(plain) ? `'${plain}` : plain;
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
// A wide table stands in several blocks, each under the same first column; it is taken as one.
const csv = ([first, ...others]) => {
  const texts = (row) => [...row.cells].map(({ textContent }) => cell(textContent));
  const lines = [...first.rows].map((row, at) => [
    ...texts(row),
    ...others.flatMap((block) => texts(block.rows[at]).slice(1)),
  ]);
  return `\ufeff${lines.map((line) => `${line.join(",")}\r\n`).join("")}`;
};

const svg = (still) => {
  const picture = still.cloneNode(true);
  picture.setAttribute("font-family", getComputedStyle(document.body).fontFamily);
  const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
  title.textContent = picture.getAttribute("aria-label");
  picture.prepend(title);
  return new XMLSerializer().serializeToString(picture);
};
const png = async (still) => {
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg(still))}`;
  await picture.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [picture.naturalWidth * 3, picture.naturalHeight * 3];
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
};

const offer = (kind, section, take) => {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = kind.toUpperCase();
  button.setAttribute("aria-label", words[kind]);
  button.title = words[kind];
  button.addEventListener("click", () => take(`${document.title} ${section.querySelector(".topic")?.textContent ?? ""}`));
  return button;
};
const tools = (...buttons) => {
  const bar = document.createElement("p");
  bar.className = "tools";
  bar.append(...buttons);
  return bar;
};
for (const [place, figure] of charts.entries()) {
  const section = figure.closest("section");
  figure.append(
    tools(
      offer("svg", section, (name) => save(svg(drawn[place]), "image/svg+xml", `${name} ${place + 1}`, "svg")),
      offer("png", section, async (name) => save(await png(drawn[place]), "image/png", `${name} ${place + 1}`, "png")),
    ),
  );
}
for (const place of document.querySelectorAll(".behind")) {
  const take = (name) => save(csv([...place.querySelectorAll("table")]), "text/csv", name, "csv");
  place.append(tools(offer("csv", place.closest("section"), take)));
}

// -- print: browsers that do not know ::details-content print closed tables otherwise

const closed = new Set();
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details:not([open])")) {
    closed.add(details);
    details.open = true;
  }
});
addEventListener("afterprint", () => {
  for (const details of closed) details.open = false;
  closed.clear();
});

drawAll();
