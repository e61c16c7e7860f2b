// The recovery codes of somebody's second factor, which they may print.
import "./site.js";
import "../ui/print.js";
