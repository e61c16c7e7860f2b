// The managers' live dashboard: composition only.
import "./site.js";
import { find } from "../core/elements.js";
import { Board } from "../webacd/board.js";
import { offerFullScreen } from "../webacd/full_screen.js";

// On a wall nothing has to be quicker, and a busy site changes all the time.
const AT_MOST_EVERY_MS = 2_000;

const root = find(document, "[data-live]");
offerFullScreen(root, find(root, "[data-full-screen]"));
new Board(root, "[data-region-url]", { atMostEvery: AT_MOST_EVERY_MS }).open();
