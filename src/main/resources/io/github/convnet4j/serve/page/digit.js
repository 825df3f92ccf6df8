// Brings a drawing to the form of MNIST's digits: the ink fills 20 of 28 pixels in its longer
// direction, and its center of mass is in the middle.

import { drawStrokes } from "./drawing.js";

const SIDE = 28;
const BOX = 20;
const PEN = 2.4; // about as thick as the strokes of MNIST's digits
const LARGEST_ENLARGEMENT = 3; // so that a dot stays a dot
const FINE = 8; // Each pixel is the mean of this many squared.

/**
 * Returns the ink in each pixel, from 0 to 255, row by row.
 *
 * @param strokes at least one
 */
export function centred(strokes, height, width) {
  const side = Math.min(height, width);
  const pen = (PEN / SIDE) * side;
  const bounds = boundsOf(strokes);
  const extent = Math.max(bounds.right - bounds.left, bounds.bottom - bounds.top);
  const fitting = ((BOX / SIDE) * side - pen) / extent; // Infinity for a dot.
  const scale = Math.min(fitting, LARGEST_ENLARGEMENT * side);
  const middle = {
    x: (bounds.left + bounds.right) / 2,
    y: (bounds.top + bounds.bottom) / 2,
  };
  const render = (shift) =>
    inkOf(strokes, height, width, pen, (point) => ({
      x: (point.x - middle.x) * scale + width / 2 + shift.x,
      y: (point.y - middle.y) * scale + height / 2 + shift.y,
    }));
  const mass = centerOfMass(render({ x: 0, y: 0 }), height, width);
  // The ink stays inside, also if it is heavy on one side.
  const inside = (shift, size, length) => {
    const room = Math.max(0, (size - (length * scale + pen)) / 2);
    return Math.min(room, Math.max(-room, shift));
  };
  return render({
    x: inside(width / 2 - mass.x, width, bounds.right - bounds.left),
    y: inside(height / 2 - mass.y, height, bounds.bottom - bounds.top),
  });
}

function boundsOf(strokes) {
  const points = strokes.flat();
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  const least = (values) => values.reduce((a, b) => Math.min(a, b));
  const most = (values) => values.reduce((a, b) => Math.max(a, b));
  return { left: least(xs), right: most(xs), top: least(ys), bottom: most(ys) };
}

function inkOf(strokes, height, width, pen, place) {
  const canvas = document.createElement("canvas");
  canvas.width = width * FINE;
  canvas.height = height * FINE;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.strokeStyle = "#000";
  context.scale(FINE, FINE);
  drawStrokes(context, strokes, pen, place);
  const fine = context.getImageData(0, 0, canvas.width, canvas.height).data;
  const ink = new Float32Array(height * width);
  for (let y = 0; y < canvas.height; y++) {
    for (let x = 0; x < canvas.width; x++) {
      const alpha = fine[4 * (y * canvas.width + x) + 3];
      ink[Math.floor(y / FINE) * width + Math.floor(x / FINE)] += alpha / (FINE * FINE);
    }
  }
  return ink.map(Math.round);
}

function centerOfMass(ink, height, width) {
  let all = 0;
  let x = 0;
  let y = 0;
  for (let i = 0; i < height * width; i++) {
    all += ink[i];
    x += ink[i] * ((i % width) + 0.5);
    y += ink[i] * (Math.floor(i / width) + 0.5);
  }
  return { x: x / all, y: y / all };
}

/**
 * Returns the PNG file for a drawing, light on dark or dark on light.
 *
 * @param dark whether the ink is dark
 */
export function pngOf(strokes, height, width, dark) {
  const ink = centred(strokes, height, width);
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  ink.forEach((value, i) => {
    const shade = dark ? 255 - value : value;
    image.data.set([shade, shade, shade, 255], 4 * i);
  });
  context.putImageData(image, 0, 0);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}
