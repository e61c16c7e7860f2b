// The emoji to choose from, in rows below the names of their groups: a grid of which one cell is a stop for Tab, and in
// which the arrow keys lead on.
import { closest, copyOf, find, findAll } from "../core/elements.js";

const COLUMNS = 8;

/** @typedef {import("./emoji_search.js").Emoji} Emoji */

export class EmojiGrid {
  #grid;
  #group;
  /** The cells as they stand, row by row. @type {HTMLElement[][]} */
  #rows = [];
  /** The row in which each group begins. @type {number[]} */
  #starts = [];

  /** @param {HTMLElement} grid @param {HTMLTemplateElement} group */
  constructor(grid, group) {
    this.#grid = grid;
    this.#group = group;
    grid.addEventListener("keydown", (event) => this.#onKey(event));
    grid.addEventListener("focusin", ({ target }) => {
      const cell = closest(target, "[data-emoji]");
      if (cell) this.#stopAt(cell);
    });
  }

  /** @param {{name: string, emoji: Emoji[]}[]} groups */
  show(groups) {
    this.#rows = [];
    this.#starts = [];
    this.#grid.replaceChildren(...groups.filter(({ emoji }) => emoji.length).map((group) => this.#draw(group)));
    this.#grid.scrollTop = 0;
    const first = this.first;
    if (first) this.#stopAt(first);
  }

  get first() {
    return this.#rows[0]?.[0] ?? null;
  }

  /** @param {{name: string, emoji: Emoji[]}} group */
  #draw({ name, emoji }) {
    const drawn = copyOf(this.#group);
    drawn.ariaLabel = name;
    find(drawn, "[data-emoji-group-name]").textContent = name;
    this.#starts.push(this.#rows.length);
    for (let start = 0; start < emoji.length; start += COLUMNS) {
      const row = document.createElement("div");
      row.setAttribute("role", "row");
      row.className = "emoji__row";
      const cells = emoji.slice(start, start + COLUMNS).map(cellOf);
      row.append(...cells);
      drawn.append(row);
      this.#rows.push(cells);
    }
    return drawn;
  }

  /** @param {HTMLElement} chosen */
  #stopAt(chosen) {
    for (const cell of findAll(this.#grid, "[data-emoji][tabindex='0']")) cell.tabIndex = -1;
    chosen.tabIndex = 0;
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const row = this.#rows.findIndex((cells) => cells.some((cell) => cell === event.target));
    const column = this.#rows[row]?.findIndex((cell) => cell === event.target) ?? -1;
    const to = row < 0 ? null : this.#from(row, column, event.key);
    if (!to) return;
    event.preventDefault();
    to.focus();
  }

  /** @param {number} row @param {number} column @param {string} key */
  #from(row, column, key) {
    const forward = document.dir === "rtl" ? -1 : 1;
    const all = this.#rows.flat();
    const here = all.indexOf(this.#rows[row][column]);
    if (key === "ArrowRight") return all[here + forward];
    if (key === "ArrowLeft") return all[here - forward];
    if (key === "Home") return this.#rows[row][0];
    if (key === "End") return this.#rows[row].at(-1);
    const rows = {
      ArrowUp: row - 1,
      ArrowDown: row + 1,
      PageUp: this.#starts.findLast((start) => start < row),
      PageDown: this.#starts.find((start) => start > row),
    };
    const cells = this.#rows[new Map(Object.entries(rows)).get(key) ?? -1];
    return cells?.[Math.min(column, cells.length - 1)];
  }
}

/** @param {Emoji} emoji */
function cellOf({ sign, name }) {
  const cell = document.createElement("button");
  cell.type = "button";
  cell.className = "emoji__cell";
  cell.setAttribute("role", "gridcell");
  cell.tabIndex = -1;
  cell.dataset.emoji = sign;
  cell.textContent = sign;
  cell.ariaLabel = cell.title = name;
  return cell;
}
