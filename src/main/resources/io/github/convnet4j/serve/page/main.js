// The page: a drawing or a picture goes to the server, and its answers are shown.

import { pngOf } from "./digit.js";
import { Drawing } from "./drawing.js";
import { onPicture, prepared, useCamera } from "./photo.js";
import * as results from "./results.js";
import * as server from "./server.js";
import { choose, load, text, translate } from "./texts.js";

const BUSY = 503;
const byId = (id) => document.getElementById(id);

let models = [];
let model = null;
let drawn = true; // or a photograph
let photo = null;
let className = null; // of the heat map; null for the most likely class
let layer = ""; // the only one that is shown; empty for all
let drawing = null;
let lastLook = null;

const predicting = new server.Latest(predict, 40);
const looking = new server.Latest(look, 200);

async function start() {
  await load();
  translate();
  server.onTokenNeeded(askForToken);
  drawing = new Drawing(byId("paper"), drawingChanged, (key, ...values) => {
    byId("pen").textContent = text(key, ...values);
  });
  byId("undo").addEventListener("click", () => drawing.undo());
  byId("clear").addEventListener("click", () => drawing.clear());
  byId("use-drawing").addEventListener("click", () => use(true));
  byId("use-photo").addEventListener("click", () => use(false));
  byId("invert").addEventListener("change", ask);
  byId("model").addEventListener("change", () => useModel(byId("model").value));
  byId("layer").addEventListener("change", () => {
    layer = byId("layer").value;
    ask();
  });
  for (const button of document.querySelectorAll("[data-language]")) {
    button.addEventListener("click", () => {
      choose(button.dataset.language);
      translate();
      describePaper();
      ask();
    });
  }
  onPicture(usePhoto, () => model?.picture);
  useCamera(usePhoto, (reason) => problem(text("noCamera", reason)));
  addEventListener("resize", () => {
    if (lastLook) {
      results.showLook(model, lastLook, layer);
    }
  });
  describePaper();
  models = await server.models();
  byId("model").replaceChildren(...models.map(({ name }) => new Option(name, name)));
  byId("model-choice").hidden = models.length < 2;
  const first = models.find((each) => each.picture) ?? models[0];
  byId("model").value = first.name;
  useModel(first.name);
}

function askForToken() {
  const dialog = byId("token-dialog");
  const field = byId("token");
  dialog.showModal();
  return new Promise((resolve, reject) => {
    byId("token-form").onsubmit = (event) => {
      event.preventDefault();
      resolve(field.value);
      field.value = "";
      dialog.close();
    };
    // After an answer this has no effect.
    dialog.onclose = () => reject(new server.Refused(401, text("tokenTitle")));
  });
}

function problem(words) {
  byId("problem").textContent = words;
  byId("problem").hidden = words === "";
}

function useModel(name) {
  model = models.find((each) => each.name === name);
  className = null;
  layer = "";
  byId("layers-section").hidden = !model.layers;
  document.body.classList.toggle("closed", !model.picture);
  use(model.picture ? model.picture.drawn : true);
}

/** Chooses between drawing and photographs. */
function use(drawingIsUsed) {
  drawn = drawingIsUsed;
  byId("use-drawing").setAttribute("aria-pressed", String(drawn));
  byId("use-photo").setAttribute("aria-pressed", String(!drawn));
  byId("drawing").hidden = !drawn;
  byId("photo").hidden = drawn;
  ask();
}

function describePaper() {
  byId("paper").setAttribute("aria-label", text("paper", drawing.strokes.length));
}

function drawingChanged() {
  byId("hint").hidden = drawing.strokes.length > 0;
  className = null;
  describePaper();
  ask();
}

function usePhoto(file) {
  photo = file;
  className = null;
  const preview = byId("preview");
  URL.revokeObjectURL(preview.src);
  preview.src = URL.createObjectURL(file);
  preview.hidden = false;
  use(false);
}

/** Asks the server about the present picture. */
function ask() {
  problem("");
  const nothing = drawn ? drawing.strokes.length === 0 : photo === null;
  if (!model?.picture || nothing) {
    predicting.clear();
    looking.clear();
    lastLook = null;
    const key = drawn ? "nothingYet" : "noPictureYet";
    results.showNothing(text(model && !model.picture ? "noPictures" : key));
    return;
  }
  const picture = { model, drawn, photo, strokes: structuredClone(drawing.strokes) };
  predicting.add(picture);
}

/** Whether nothing is drawn, or another model is chosen, since the picture was sent. */
function isPast(picture) {
  const nothing = drawn ? drawing.strokes.length === 0 : photo === null;
  return picture.model !== model || picture.drawn !== drawn || nothing;
}

async function fileOf(picture) {
  const invert = byId("invert").checked;
  if (!picture.drawn) {
    try {
      return await prepared(picture.photo, invert);
    } catch {
      throw new server.Refused(400, text("notAPicture"));
    }
  }
  const { height, width, inverted } = picture.model.picture;
  // The network gets light ink on a dark ground: what is inverted there is sent inverted.
  return pngOf(picture.strokes, height, width, inverted !== invert);
}

async function predict(picture) {
  try {
    const file = await fileOf(picture);
    const answer = await server.predict(picture.model.name, file, results.topFor(picture.model));
    if (isPast(picture)) {
      return;
    }
    const choose = picture.model.layers ? chooseClass : null;
    const likely = results.showAnswer(picture.model, answer, className, choose);
    looking.add({ ...picture, file, likely });
  } catch (fault) {
    report(fault);
  }
}

function chooseClass(name) {
  className = className === name ? null : name;
  ask();
}

async function look(picture) {
  try {
    results.showLooking(true);
    const labels = picture.model.outputs[0].labels;
    const choice = { classIndex: labels.indexOf(className ?? picture.likely), layer };
    const answer = await server.look(picture.model.name, picture.file, choice);
    if (!isPast(picture)) {
      lastLook = answer;
      await results.showLook(picture.model, answer, layer);
    }
  } catch (fault) {
    report(fault);
  }
}

/** Shows why there is no answer, and passes the fault on: a busy server is asked again. */
function report(fault) {
  explain(fault);
  throw fault;
}

function explain(fault) {
  results.showLooking(false);
  if (fault instanceof server.Unreachable) {
    problem(text("notReachable"));
  } else if (!(fault instanceof server.Refused)) {
    console.error(fault); // A fault of the page itself.
  } else if (fault.status !== BUSY) {
    problem(fault.message);
  }
}

start().catch((fault) => {
  results.showNothing("");
  explain(fault);
});
