(() => {
  "use strict";
  const page = document.body;
  page.classList.add("js");

  // Layers: a box shows or hides the marks of one; the list chooses one theme.
  const boxes = [...page.querySelectorAll("input[data-layer]")];
  const apply = (box) => page.classList.toggle(`off-${box.dataset.layer}`, !box.checked);
  boxes.forEach((box) => { apply(box); box.addEventListener("change", () => apply(box)); });
  const themes = boxes.find((box) => box.dataset.layer === "theme");
  const choice = page.querySelector(".switches select");
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
  page.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    let link = event.target.closest("a");
    if (!link) {  // anywhere on a row, or on a marked sentence
      const whole = event.target.closest(".row:not(.theme-row), .text .plan, .text .shortcoming");
      const selecting = String(getSelection());
      link = whole && !selecting ? whole.querySelector("a.go, a.to-plan, a.to-shortcoming") : null;
    }
    const href = link && link.getAttribute("href");
    if (!href || href[0] !== "#" || !show(decodeURIComponent(href.slice(1)))) return;
    event.preventDefault();
    if (location.hash !== href) history.pushState(null, "", href);
  });
  const follow = () => location.hash && show(decodeURIComponent(location.hash.slice(1)));
  addEventListener("popstate", follow);
  follow();
})();
