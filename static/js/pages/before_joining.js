// A page that comes before a session, or the connection check's own: the check, and what every page has.
import "./site.js";
import { checkWhenIdle } from "../check/check.js";

checkWhenIdle();
