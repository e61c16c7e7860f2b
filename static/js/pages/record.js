// The record of a session, and its page after the end: the film, if there is one.
import "./site.js";
import "../recording/player.js";
import "../ui/list_pages.js";
