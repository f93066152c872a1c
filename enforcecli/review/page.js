"use strict";
for (const head of document.querySelectorAll("thead th")) {
  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("aria-label", document.body.dataset.sort + head.textContent);
  head.append(button);
  head.setAttribute("aria-sort", "none");
  head.addEventListener("click", () => sort(head));
}
function sort(head) {
  const table = head.closest("table"), body = table.tBodies[0], at = head.cellIndex;
  const up = head.getAttribute("aria-sort") !== "ascending";
  for (const other of table.tHead.rows[0].cells) other.setAttribute("aria-sort", "none");
  head.setAttribute("aria-sort", up ? "ascending" : "descending");
  const number = head.classList.contains("n");
  const value = row => row.cells[at].dataset.v;
  const rows = Array.from(body.rows);
  rows.sort((a, b) => {
    const x = value(a), y = value(b);
    if (x === "" || y === "") return (x === "") - (y === "");
    const found = number ? Number(x) - Number(y) : x.localeCompare(y, "zh");
    return up ? found : -found;
  });
  body.append(...rows);
}
