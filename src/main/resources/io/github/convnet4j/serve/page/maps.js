// Numbers as colors: feature maps, and the heat of Grad-CAM.

const POSITIVE = [[0x14, 0x18, 0x1d], [0x8a, 0x4b, 0x12], [0xf2, 0x8e, 0x2b], [0xff, 0xd2, 0x7f], [0xff, 0xf8, 0xe1]];
const NEGATIVE = [[0x14, 0x18, 0x1d], [0x1f, 0x4e, 0x79], [0x4e, 0x9b, 0xd4], [0xa6, 0xd3, 0xf2], [0xea, 0xf6, 0xff]];
const HEAT = [[0x17, 0x0b, 0x3b], [0x5c, 0x1a, 0x79], [0xb8, 0x32, 0x5f], [0xf0, 0x70, 0x2e], [0xfb, 0xc2, 0x3d], [0xfd, 0xf5, 0xb0]];
const CLASS_COLORS = [
  "#3b4252", "#f28e2b", "#4e9bd4", "#59a14f", "#e15759", "#b07aa1",
  "#edc948", "#76b7b2", "#ff9da7", "#9c755f", "#bab0ac", "#6b5bd2",
];
const NOT_FINITE = [0xff, 0x00, 0xff];
const LARGEST = 127;
const HEAT_PART = 0.6;
const TILE = 60;
const SMALL_TILE = 34; // on a phone
const PHONE = 500;
const CELL = 14;
const GAP = 2;

function between(anchors, share) {
  const place = Math.min(1, share) * (anchors.length - 1);
  const low = Math.min(Math.floor(place), anchors.length - 2);
  return anchors[low].map((from, i) =>
    Math.round(from + (anchors[low + 1][i] - from) * (place - low)),
  );
}

// The color of each value from -128 to 127, at 128 + value.
const SIGNED = Array.from({ length: 256 }, (_, i) => {
  const value = i - 128;
  return value < -LARGEST
    ? NOT_FINITE
    : between(value < 0 ? NEGATIVE : POSITIVE, Math.abs(value) / LARGEST);
});
const HOT = Array.from({ length: 128 }, (_, i) => between(HEAT, i / LARGEST));

function numbers(base64) {
  return Int8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/**
 * Draws the maps of a layer as tiles, or its numbers as cells.
 *
 * @param room the width for it, in pixels
 * @returns how many there are
 */
export function drawMaps(canvas, layer, room) {
  const values = numbers(layer.values);
  const { height, width } = layer;
  const each = height * width;
  const count = values.length / each;
  const goal = each === 1 ? CELL : room < PHONE ? SMALL_TILE : TILE;
  const gap = each === 1 ? 1 : GAP;
  const fitting = Math.max(1, Math.floor((room + gap) / (goal + gap)));
  const rows = Math.ceil(count / fitting);
  const columns = Math.ceil(count / rows); // Rows of equal length.
  const filling = Math.floor((room + gap) / columns) - gap;
  const side = each === 1 ? CELL : Math.min(filling, 1.5 * goal);
  const scale = side / Math.max(height, width);
  const across = Math.max(1, Math.round(width * scale));
  const down = Math.max(1, Math.round(height * scale));
  const sharpness = Math.max(1, Math.round(devicePixelRatio));
  const shownWidth = columns * (across + gap) - gap;
  canvas.style.width = `${shownWidth}px`;
  canvas.width = shownWidth * sharpness;
  canvas.height = (rows * (down + gap) - gap) * sharpness;
  const context = canvas.getContext("2d");
  context.imageSmoothingEnabled = false;
  context.scale(sharpness, sharpness);
  const tile = document.createElement("canvas");
  tile.width = width;
  tile.height = height;
  const tileContext = tile.getContext("2d");
  const image = tileContext.createImageData(width, height);
  for (let map = 0; map < count; map++) {
    for (let i = 0; i < each; i++) {
      image.data.set(SIGNED[values[map * each + i] + 128], 4 * i);
      image.data[4 * i + 3] = 255;
    }
    tileContext.putImageData(image, 0, 0);
    const x = (map % columns) * (across + gap);
    const y = Math.floor(map / columns) * (down + gap);
    context.drawImage(tile, x, y, across, down);
  }
  return count;
}

/** Draws the picture that the network got, a PNG in base64. */
export async function drawPicture(canvas, base64) {
  const image = new Image();
  image.src = `data:image/png;base64,${base64}`;
  await image.decode();
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext("2d").drawImage(image, 0, 0);
}

/** Returns the color of a class. */
export function colorOf(index) {
  return CLASS_COLORS[index % CLASS_COLORS.length];
}

/** Draws a mask, a gray PNG in base64 whose pixels are numbers of classes. */
export async function drawMask(canvas, base64) {
  await drawPicture(canvas, base64);
  const context = canvas.getContext("2d");
  const image = context.getImageData(0, 0, canvas.width, canvas.height);
  for (let i = 0; i < image.data.length; i += 4) {
    const color = Number.parseInt(colorOf(image.data[i]).slice(1), 16);
    image.data.set([color >> 16, (color >> 8) & 0xff, color & 0xff], i);
  }
  context.putImageData(image, 0, 0);
}

/** Draws a picture with the heat over it. */
export function drawHeat(canvas, picture, heat) {
  const hot = document.createElement("canvas");
  hot.width = heat.width;
  hot.height = heat.height;
  const image = hot.getContext("2d").createImageData(heat.width, heat.height);
  numbers(heat.values).forEach((value, i) => {
    image.data.set(value < 0 ? NOT_FINITE : HOT[value], 4 * i);
    image.data[4 * i + 3] = 255;
  });
  hot.getContext("2d").putImageData(image, 0, 0);
  canvas.width = picture.width;
  canvas.height = picture.height;
  const context = canvas.getContext("2d");
  context.drawImage(picture, 0, 0);
  context.globalAlpha = HEAT_PART;
  context.drawImage(hot, 0, 0, canvas.width, canvas.height);
}
