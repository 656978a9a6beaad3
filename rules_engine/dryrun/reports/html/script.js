"use strict";
// The page reads well without this: it makes the table of transitions sortable and filterable, and it keeps the
// keyboard from stopping at regions that do not scroll. It reads no text as markup.
(() => {
  const FIRST = 50;

  const regions = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      target.tabIndex = target.scrollWidth > target.clientWidth || target.scrollHeight > target.clientHeight ? 0 : -1;
    }
  });
  for (const region of document.querySelectorAll(".scroll, pre")) regions.observe(region);

  const table = document.getElementById("transitions-table");
  if (!table) return;
  const bodies = Array.from(table.tBodies);
  const controls = document.getElementById("controls");
  const text = document.getElementById("filter-text");
  const kind = document.getElementById("filter-class");
  const status = document.getElementById("filter-count");
  const order = Array.from(kind.options, (option) => option.value);
  const searched = new Map(
    bodies.map((body) => {
      const { before, after, draftsNamed } = body.dataset;
      return [body, `${before} ${after} ${draftsNamed}`.toLowerCase()];
    }),
  );

  const more = document.createElement("button");
  more.type = "button";
  more.className = "more";
  table.after(more);
  let isWhole = bodies.length <= FIRST;

  const filter = () => {
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = Array.from(table.tBodies).filter(
      (body) =>
        (!kind.value || body.dataset.change === kind.value) &&
        words.every((word) => searched.get(body).includes(word)),
    );
    const shown = new Set(isWhole ? found : found.slice(0, FIRST));
    for (const body of bodies) body.hidden = !shown.has(body);
    more.hidden = shown.size === found.length;
    more.textContent = `Show all ${found.length}`;
    status.textContent = `Showing ${shown.size} of ${bodies.length} transitions`;
  };

  const KEYS = {
    change: (body) => order.indexOf(body.dataset.change),
    before: (body) => body.dataset.before,
    after: (body) => body.dataset.after,
    drafts: (body) => Number(body.dataset.drafts),
  };
  const heads = Array.from(table.querySelectorAll("th[data-sort]"));

  const sort = (head) => {
    const key = KEYS[head.dataset.sort];
    const was = head.getAttribute("aria-sort");
    const first = head.dataset.sort === "drafts" ? "descending" : "ascending";
    const other = first === "ascending" ? "descending" : "ascending";
    const direction = was === first ? other : first;
    for (const each of heads) each.setAttribute("aria-sort", each === head ? direction : "none");
    const sign = direction === "ascending" ? 1 : -1;
    const sorted = bodies.slice().sort((one, two) => {
      const [a, b] = [key(one), key(two)];
      if (a !== b) return a < b ? -sign : sign;
      return one.dataset.place - two.dataset.place;
    });
    table.append(...sorted);
    filter();
  };

  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => sort(head));
    head.replaceChildren(button);
    head.setAttribute("aria-sort", "none");
  }
  text.addEventListener("input", filter);
  kind.addEventListener("change", filter);
  more.addEventListener("click", () => {
    const next = bodies.find((body) => body.hidden);
    isWhole = true;
    filter();
    (next?.querySelector("summary") ?? table).focus();
  });
  controls.hidden = false;
  filter();
})();
