// What every page of the site has: its parts; for a CSR what reaches them, for an agent with their status and offers.
import "../ui/page.js";
import { maybe } from "../core/elements.js";
import { followPerson } from "../notifications/person.js";
import { showOffers } from "../webacd/console_offers.js";

const bar = maybe(document, "[data-console-offers]");
if (bar) showOffers(bar);
else followPerson(maybe(document, "[data-person-page]"));
