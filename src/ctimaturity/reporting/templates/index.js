// Sorts, filters and searches the entities of the page. Without it everything can still be read.
(() => {
  "use strict";
  const form = document.querySelector("form.tools");
  if (!form) return;
  const bodies = [...document.querySelectorAll("tbody[data-rows]")];
  const holders = [];
  const entities = [];
  const start = { q: "", sort: "" };
  let view = { ...start };

  const merged = (charts) => {
    const [first, ...others] = charts;
    others.forEach((chart) => {
      first.append(...chart.querySelectorAll("g.cells"));
      chart.remove();
    });
    first.querySelector("title").textContent = first.dataset.title;
    return first;
  };

  bodies.forEach((body) => {
    const from = Number(body.dataset.rows);
    const rows = [...body.rows];
    holders.push({ body, rows, from });
    rows.forEach((row, n) => {
      if (row.dataset.f === undefined) return;
      entities[from + n] = {
        name: plain(row.querySelector("th").textContent),
        facets: row.dataset.f.split("."),
        number: from + n,
      };
    });
  });
  const maps = [...document.querySelectorAll(".heat")].map((heat) => {
    const chart = merged([...heat.querySelectorAll("svg")]);
    return { chart, rows: [...chart.querySelectorAll("g.cells")], top: Number(chart.dataset.top), high: Number(chart.dataset.high) };
  });

  function plain(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  }

  function value(cell) {
    if (!cell) return null;
    const text = cell.textContent.trim();
    if (text === "" || text === "–") return null;
    const number = parseFloat(text.replace("−", "-").replace(form.dataset.decimal, "."));
    return cell.tagName === "TH" || Number.isNaN(number) ? text : number;
  }

  function sorted() {
    const order = entities.map((_, n) => n);
    const [table, column, way] = view.sort.split(".");
    const holder = holders.find(({ body }) => body.dataset.name === table);
    if (!holder) return order;
    const keys = order.map((n) => value(holder.rows[n - holder.from]?.cells[Number(column)]));
    const sign = way === "down" ? -1 : 1;
    return order.sort((a, b) => {
      const [one, two] = [keys[a], keys[b]];
      if (one === null || two === null) return (one === null) - (two === null) || a - b;
      const apart = typeof one === "number" && typeof two === "number" ? one - two : String(one).localeCompare(String(two), document.documentElement.lang);
      return sign * apart || a - b;
    });
  }

  function apply() {
    const wanted = plain(view.q);
    const picks = [...form.querySelectorAll("select[data-facet]")].map((select) => select.value);
    const order = sorted();
    const shown = new Set(order.filter((n) => {
      const entity = entities[n];
      return entity.name.includes(wanted) && picks.every((pick, k) => pick === "" || entity.facets[k] === pick);
    }));
    holders.forEach(({ body, rows, from }) => {
      rows.forEach((row, n) => { row.hidden = !shown.has(from + n); });
      body.append(...order.map((n) => rows[n - from]).filter(Boolean));
    });
    maps.forEach(({ chart, rows, top, high }) => {
      const there = order.filter((n) => rows[n] && shown.has(n));
      rows.forEach((row, n) => row.toggleAttribute("hidden", !shown.has(n)));
      there.forEach((n, place) => rows[n].setAttribute("transform", `translate(0 ${top + place * high})`));
      const tall = top + there.length * high;
      chart.setAttribute("height", tall);
      chart.setAttribute("viewBox", `0 0 ${chart.getAttribute("width")} ${tall}`);
    });
    document.querySelectorAll("th[data-sort]").forEach((head) => {
      const [table, column, way] = view.sort.split(".");
      const here = head.dataset.sort === `${table}.${column}`;
      if (here) head.setAttribute("aria-sort", way === "down" ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    form.querySelector("output").textContent = form.dataset.count.replace("{shown}", shown.size).replace("{all}", entities.length);
    const link = form.querySelector("a");
    const words = new URLSearchParams();
    Object.entries(view).forEach(([name, said]) => { if (said) words.set(name, said); });
    link.href = `#view?${words}`;
    return `${words}` ? link.href : "";
  }

  function changed() {
    const address = apply();
    history.replaceState(null, "", address || location.pathname + location.search);
  }

  function read() {
    if (!location.hash.startsWith("#view")) return false;
    const words = new URLSearchParams(location.hash.slice(6));
    view = { ...start, q: words.get("q") ?? "", sort: words.get("sort") ?? "" };
    form.elements.q.value = view.q;
    form.querySelectorAll("select[data-facet]").forEach((select) => {
      const label = words.get(select.name) ?? "";
      const option = [...select.options].find((each) => each.value !== "" && each.text === label);
      select.value = option ? option.value : "";
      if (option) view[select.name] = label;
    });
    apply();
    return true;
  }

  document.querySelectorAll("tbody[data-name]").forEach((body) => {
    [...body.parentElement.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      head.dataset.sort = `${body.dataset.name}.${column}`;
      button.addEventListener("click", () => {
        const [up, down] = [`${head.dataset.sort}.up`, `${head.dataset.sort}.down`];
        const first = head.classList.contains("n") && column > 0 ? down : up;
        view.sort = view.sort === first ? (first === up ? down : up) : first;
        changed();
      });
    });
  });
  form.elements.q.addEventListener("input", (event) => {
    view.q = event.target.value;
    changed();
  });
  form.querySelectorAll("select[data-facet]").forEach((select) => {
    select.addEventListener("change", () => {
      view[select.name] = select.value === "" ? "" : select.selectedOptions[0].text;
      changed();
    });
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => {
    view = { ...start };
    setTimeout(changed);
  });
  addEventListener("hashchange", read);
  // On a phone this table stands in for the chart; newer browsers open it by style.
  document.querySelectorAll("details.all").forEach((each) => { each.open = matchMedia("(max-width: 40rem)").matches; });
  form.hidden = false;
  document.documentElement.classList.add("live");
  if (!read()) apply();
})();
