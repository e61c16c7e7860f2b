// What every page of the site has: its parts, and for an agent their status and offers.
import "../ui/page.js";
import { maybe } from "../core/elements.js";
import { showOffers } from "../webacd/console_offers.js";

showOffers(maybe(document, "[data-console-offers]"));
