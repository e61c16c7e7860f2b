// Sizes, rates and times as people of the page's language write them.

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];

/** @param {number} bytes @param {string} [language] @param {string} [per] */
export function sizeWords(bytes, language = document.documentElement.lang, per = "") {
  let unit = 0;
  let amount = bytes;
  while (amount >= 1000 && unit < UNITS.length - 1) {
    amount /= 1024;
    unit += 1;
  }
  const maximumFractionDigits = unit && amount < 100 ? 1 : 0;
  // "5 byte" is what the short form makes of it.
  const unitDisplay = unit ? "short" : "long";
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: UNITS[unit] + per,
    unitDisplay,
    maximumFractionDigits,
  }).format(amount);
}

/** @param {number} rate bytes a second @param {string} [language] */
export function rateWords(rate, language) {
  return sizeWords(rate, language, "-per-second");
}

/** @param {number} seconds @param {string} [language] */
export function timeWords(seconds, language = document.documentElement.lang) {
  const [amount, unit] =
    seconds < 100 ? [seconds, "second"] : seconds < 6000 ? [seconds / 60, "minute"] : [seconds / 3600, "hour"];
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long", maximumFractionDigits: 0 }).format(
    amount,
  );
}
