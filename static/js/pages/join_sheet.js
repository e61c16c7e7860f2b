// The page with the QR code to print.
import "../ui/page.js";
