// Sorts the rows by the column whose heading is pressed: the largest first, then the smallest.
"use strict";
const body = document.querySelector("tbody");
const headings = [...document.querySelectorAll("thead th")];
const key = (row, column) => {
  const cell = row.children[column];
  return "value" in cell.dataset ? Number(cell.dataset.value) : cell.textContent;
};
headings.forEach((heading, column) => heading.querySelector("button").addEventListener("click", () => {
  const down = heading.getAttribute("aria-sort") !== "descending";
  headings.forEach((other) => other.removeAttribute("aria-sort"));
  heading.setAttribute("aria-sort", down ? "descending" : "ascending");
  const compare = (a, b) => typeof a === "number" ? a - b : a.localeCompare(b, "zh-CN");
  [...body.children]
    .sort((one, other) => (down ? -1 : 1) * compare(key(one, column), key(other, column)))
    .forEach((row) => body.append(row));
}));
