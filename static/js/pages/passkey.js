// Pages on which a passkey or a security key is used or added.
import "./site.js";
import "../ui/passkeys.js";
