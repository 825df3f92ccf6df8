// Shows the answers of the server.

import * as maps from "./maps.js";
import { number, percent, text } from "./texts.js";

const byId = (id) => document.getElementById(id);

// With more classes than these, only the most likely ones are shown, in their order.
const MOST_ROWS = 12;
const TOP = 10;

// Kinds of outputs.
const CLASSES = "classes";
const LABELS = "labels";
const NUMBERS = "numbers";
const PIXELS = "pixels";

const LONG_NAME = 12;
const SILENCE = 900; // before something is spoken, in milliseconds
let speaking = 0;

/** Returns how many classes are asked for. */
export function topFor(model) {
  const most = Math.max(...model.outputs.map((output) => output.labels.length));
  return most <= MOST_ROWS ? MOST_ROWS : TOP;
}

/**
 * Shows predictions.
 *
 * @param answer of the server
 * @param chosen the class of the heat map, or null
 * @param choose called with the name of a class; null if there is no heat map
 * @returns the most likely class, or null
 */
export function showAnswer(model, answer, chosen, choose) {
  const lists = model.outputs.map((output) => ({
    output,
    rows: answer[model.outputs.length === 1 ? "predictions" : output.name],
  }));
  const bars = byId("bars");
  const focused = document.activeElement?.dataset?.name;
  bars.replaceChildren(
    ...lists.flatMap(({ output, rows }) => [
      ...(lists.length > 1 ? [heading(output.name)] : []),
      ...shown(output, rows, chosen, choose),
    ]),
  );
  if (focused !== undefined) {
    [...bars.querySelectorAll("button")].find((row) => row.dataset.name === focused)?.focus();
  }
  byId("bars-hint").hidden = choose === null || !bars.querySelector("button");
  byId("bars-hint").textContent = text(
    lists[0].output.kind === NUMBERS ? "barsHintOfNumbers" : "barsHint",
  );
  headline(lists.find(({ rows }) => isNamed(rows)));
  return lists[0].output.kind === CLASSES ? lists[0].rows[0].name : null;
}

/** Returns the elements for an output. */
function shown(output, rows, chosen, choose) {
  if (isNamed(rows)) {
    return [list(output, rows, chosen, choose)];
  }
  if (rows.mask) {
    return [picture(rows.mask, "mask", maps.drawMask), list(output, rows.shares, null, null)];
  }
  if (rows.image) {
    return [picture(rows.image, "made", maps.drawPicture)];
  }
  if (Array.isArray(rows) && rows.length <= MOST_ROWS) {
    return [note(rows.map(number).join(", "))];
  }
  return [note(text("noBars"))];
}

/** Returns a figure, which is drawn once its file is decoded. */
function picture(base64, key, draw) {
  const figure = document.createElement("figure");
  figure.className = "made";
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", text(key));
  draw(canvas, base64);
  const caption = document.createElement("figcaption");
  caption.textContent = text(key);
  figure.append(canvas, caption);
  return figure;
}

function isNamed(rows) {
  return Array.isArray(rows) && rows.length > 0 && typeof rows[0]?.name === "string";
}

/** Writes a value of an output: a share in percent, or a number. */
function valueOf(output, { value }) {
  return output.kind === NUMBERS ? number(value) : percent(value);
}

/** Shows the most likely class, or the only number. */
function headline(first) {
  byId("headline").replaceChildren();
  clearTimeout(speaking);
  if (!first) {
    return;
  }
  const { output, rows } = first;
  const value = (row) => valueOf(output, row);
  const best = rows[0];
  if (output.kind !== NUMBERS || rows.length === 1) {
    const name = document.createElement("strong");
    name.textContent = best.name;
    byId("headline").classList.toggle("long", best.name.length > LONG_NAME);
    byId("headline").append(name, ` ${value(best)}`);
  }
  speak(rows.slice(0, 3).map((row) => text("spoken", row.name, value(row))).join(", "));
}

/** Tells screen readers, once the answer stays for a moment. */
function speak(words) {
  clearTimeout(speaking);
  speaking = setTimeout(() => {
    byId("spoken").textContent = words;
  }, SILENCE);
}

function heading(name) {
  const element = document.createElement("h3");
  element.textContent = name;
  return element;
}

function note(words) {
  const element = document.createElement("p");
  element.className = "note";
  element.textContent = words;
  return element;
}

function list(output, rows, chosen, choose) {
  const element = document.createElement("ul");
  const place = (row) => output.labels.indexOf(row.name);
  const inOrder = output.kind !== NUMBERS && output.labels.length <= MOST_ROWS;
  const ordered = inOrder ? [...rows].sort((a, b) => place(a) - place(b)) : rows;
  for (const row of ordered) {
    const item = document.createElement("li");
    item.append(bar(output, row, row === rows[0], chosen, choose));
    element.append(item);
  }
  return element;
}

function bar(output, row, first, chosen, choose) {
  const element = document.createElement(choose ? "button" : "div");
  const best = first && (output.kind === CLASSES || output.kind === LABELS);
  element.className = best ? "row best" : "row";
  element.dataset.name = row.name;
  if (choose) {
    element.type = "button";
    element.setAttribute("aria-pressed", String(row.name === chosen));
    element.addEventListener("click", () => choose(row.name));
  }
  const name = document.createElement("span");
  name.className = "name";
  name.textContent = row.name;
  element.append(name, " ");
  if (output.kind === NUMBERS) {
    element.classList.add("number");
  } else {
    const track = document.createElement("span");
    track.className = "track";
    const fill = document.createElement("span");
    fill.className = "fill";
    fill.style.width = `${100 * row.value}%`;
    if (output.kind === PIXELS) {
      fill.style.background = maps.colorOf(output.labels.indexOf(row.name));
    }
    track.append(fill);
    element.append(track);
  }
  const value = document.createElement("span");
  value.className = "value";
  value.textContent = valueOf(output, row);
  element.append(value);
  return element;
}

/** Shows that there is nothing to show yet. */
export function showNothing(words) {
  clearTimeout(speaking);
  byId("headline").textContent = words;
  byId("spoken").textContent = "";
  byId("bars").replaceChildren();
  byId("bars-hint").hidden = true;
  byId("layers").replaceChildren();
  document.body.classList.add("empty");
  showLooking(false);
}

/** Shows that the layers are being computed, unless those of another picture are shown. */
export function showLooking(running) {
  byId("looking").hidden = !running || !document.body.classList.contains("empty");
}

/** Shows what happens inside the network. */
export async function showLook(model, answer, layer) {
  showLooking(false);
  document.body.classList.remove("empty");
  const seen = byId("seen");
  await maps.drawPicture(seen, answer.picture);
  const caption = text("seen", seen.height, seen.width);
  seen.setAttribute("aria-label", caption);
  byId("seen-caption").textContent = caption;
  const small = Math.max(seen.width, seen.height) <= 64;
  seen.classList.toggle("small", small);
  byId("heat").classList.toggle("small", small);
  showHeat(model, answer.gradCam);
  showNames(answer, layer);
  showLayers(answer.layers);
}

function showHeat(model, heat) {
  byId("heat-figure").hidden = !heat;
  if (heat) {
    maps.drawHeat(byId("heat"), byId("seen"), heat);
    const name = model.outputs[0].labels[heat.classIndex] ?? String(heat.classIndex);
    const key = model.outputs[0].kind === NUMBERS ? "heatOfNumber" : "heat";
    const caption = text(key, name, heat.layer);
    byId("heat").setAttribute("aria-label", caption);
    byId("heat-caption").textContent = caption;
  }
}

function showNames(answer, layer) {
  const select = byId("layer");
  const all =
    layer || answer.layers.length === answer.layerNames.length
      ? text("allLayers")
      : text("someLayers", answer.layers.length, answer.layerNames.length);
  const options = [new Option(all, ""), ...answer.layerNames.map((name) => new Option(name, name))];
  const same =
    select.options.length === options.length &&
    options.every((option, i) => option.text === select.options[i].text);
  if (!same) {
    select.replaceChildren(...options);
  }
  select.value = layer;
}

function showLayers(layers) {
  const box = byId("layers");
  const old = new Map([...box.children].map((figure) => [figure.dataset.layer, figure]));
  box.replaceChildren(...layers.map((layer) => old.get(layer.name) ?? figureOf(layer)));
  for (const [i, layer] of layers.entries()) {
    const figure = box.children[i];
    const canvas = figure.querySelector("canvas");
    const count = maps.drawMaps(canvas, layer, box.clientWidth);
    const size = layer.shape.join("\u00a0×\u00a0");
    const caption =
      count < layer.channels
        ? text("layerPart", layer.name, size, count)
        : text("layer", layer.name, size);
    canvas.setAttribute("aria-label", caption);
    figure.querySelector("figcaption").textContent = caption;
  }
}

function figureOf(layer) {
  const figure = document.createElement("figure");
  figure.dataset.layer = layer.name;
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  figure.append(document.createElement("figcaption"), canvas);
  return figure;
}
