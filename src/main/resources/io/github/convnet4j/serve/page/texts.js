// All texts of the page, in the language of the reader.

const KEY = "convnet4j-language";
let tables = {};
let language = "en";

/** Loads the texts, and chooses the language: the one chosen before, or the browser's. */
export async function load() {
  tables = await (await fetch("page/texts.json")).json();
  const wanted = [stored(), ...navigator.languages].filter(Boolean);
  const known = wanted.map((tag) => tag.split("-")[0]).find((tag) => tag in tables);
  language = known ?? "en";
}

function stored() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // Some browsers forbid it; the choice then lasts until the page is closed.
  }
}

/** Changes the language for now and the next visits. */
export function choose(tag) {
  language = tag;
  try {
    localStorage.setItem(KEY, tag);
  } catch {
    // As above.
  }
}

export function current() {
  return language;
}

/** Returns a text, with values in the places {0}, {1}, … */
export function text(key, ...values) {
  return tables[language][key].replace(/\{(\d)\}/g, (_, i) => values[Number(i)]);
}

/** Puts the texts into the document. */
export function translate() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-text]")) {
    element.textContent = text(element.dataset.text);
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", text(element.dataset.label));
  }
  for (const element of document.querySelectorAll("[data-alt]")) {
    element.alt = text(element.dataset.alt);
  }
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
  }
}

/** Returns 0.9812 as 98.1 %, in the form of the language. */
export function percent(share) {
  return new Intl.NumberFormat(language, {
    style: "percent",
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(share);
}

/** Returns a number that is no probability. */
export function number(value) {
  return new Intl.NumberFormat(language, { maximumSignificantDigits: 4 }).format(value);
}
