(() => {
  "use strict";
  const page = document.body;
  page.classList.add("js");

  // Layers: a box shows or hides the marks of one; the list chooses one theme. What doesn't show
  // is no link either, or the keyboard would stop at nothing.
  const boxes = [...page.querySelectorAll("input[data-layer]")];
  const linked = (layer, shown) => page.querySelectorAll(`.text a.to-${layer}`).forEach((link) => {
    link.dataset.href = link.dataset.href || link.getAttribute("href");
    if (shown(link)) link.setAttribute("href", link.dataset.href);
    else link.removeAttribute("href");
  });
  const chosen = (link) => choice.value === "" || link.closest(`.theme.${choice.value}`) !== null;
  const apply = (box) => {
    const layer = box.dataset.layer;
    page.classList.toggle(`off-${layer}`, !box.checked);
    linked(layer, (link) => box.checked && (layer !== "theme" || chosen(link)));
  };
  const choice = page.querySelector(".switches select");
  const themes = boxes.find((box) => box.dataset.layer === "theme");
  boxes.forEach((box) => { apply(box); box.addEventListener("change", () => apply(box)); });
  const choose = (theme) => {
    page.classList.toggle("some-themes", theme !== "");
    page.querySelectorAll(".text .theme").forEach((mark) =>
      mark.classList.toggle("chosen", mark.classList.contains(theme || "theme")));
  };
  if (choice) choice.addEventListener("change", () => {
    choose(choice.value);
    themes.checked = true;
    apply(themes);
  });

  // From a row to its place and back: the place keeps its highlight, and the keyboard follows.
  const piecesOf = (id) => {
    const found = [...page.querySelectorAll("[data-k]")].filter((piece) => piece.dataset.k === id);
    const target = document.getElementById(id);
    return found.length || !target ? found : [target];
  };
  const partner = (id) => {
    const place = id.startsWith("r-") ? id.slice(2) : null;
    const row = document.getElementById(`r-${id}`);
    return place ? piecesOf(place) : row ? [row] : [];
  };
  const beside = () => {  // whether text and ledger can both be seen
    const ledger = page.querySelector(".ledger");
    return getComputedStyle(ledger).position === "sticky";
  };
  const show = (id) => {
    const pieces = piecesOf(id);
    if (!pieces.length) return false;
    page.querySelectorAll(".here").forEach((element) => element.classList.remove("here"));
    const first = pieces[0];
    const twin = partner(id);  // the row of a place, the place of a row
    [...pieces, ...twin].forEach((piece) => piece.classList.add("here"));
    const within = (element) =>
      element.scrollIntoView({ block: element.classList.contains("row") ? "nearest" : "center" });
    if (twin.length && beside()) within(twin[0]);
    within(first);
    const focus = first.querySelector("a") || first.closest("a") || first;
    if (focus === first && !first.matches("a")) first.tabIndex = -1;
    focus.focus({ preventScroll: true });
    return true;
  };
  let came = null;  // the row that the reader came from: where two share a place, back is there
  const wayBack = (link) => {
    const place = came && document.getElementById(came.place);
    const here = place && link.closest(".text") && (place.contains(link) || link.contains(place));
    return here && !link.matches(".ask") ? came.row : null;
  };
  page.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    let link = event.target.closest("a");
    if (!link) {  // anywhere on a row, or on a marked sentence
      const whole = event.target.closest(".row:not(.theme-row), .text .plan, .text .shortcoming");
      const selecting = String(getSelection());
      link = whole && !selecting ? whole.querySelector("a.go, a.to-plan, a.to-shortcoming") : null;
    }
    const href = link && (wayBack(link) || link.getAttribute("href"));
    if (!href || href[0] !== "#" || !show(decodeURIComponent(href.slice(1)))) return;
    event.preventDefault();
    const row = link.closest(".row");
    if (row) came = { row: `#${row.id}`, place: href.slice(1) };
    if (location.hash !== href) history.pushState(null, "", href);
  });
  const follow = () => location.hash && show(decodeURIComponent(location.hash.slice(1)));
  addEventListener("popstate", follow);
  follow();
})();
