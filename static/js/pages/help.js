// A topic of the help centre, which people may print.
import "./site.js";
import "../ui/print.js";
