// A canvas for finger, pen, mouse and keyboard.

const STEP = 0.05;
const SMALL_STEP = 0.01;
const PEN = 0.07; // of the canvas

const MOVES = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  Home: [-1, -1],
  PageUp: [1, -1],
  End: [-1, 1],
  PageDown: [1, 1],
};

/** Strokes, each a list of points with x and y from 0 to 1. */
export class Drawing {
  #canvas;
  #changed;
  #say;
  #strokes = [];
  #pointer = null;
  #cursor = { x: 0.5, y: 0.5, down: false, shown: false };

  /**
   * @param changed called when the strokes have changed
   * @param say called with the key of a text and its values, for screen readers
   */
  constructor(canvas, changed, say) {
    this.#canvas = canvas;
    this.#changed = changed;
    this.#say = say;
    canvas.addEventListener("pointerdown", (event) => this.#begin(event));
    canvas.addEventListener("pointermove", (event) => this.#move(event));
    canvas.addEventListener("pointerup", (event) => this.#end(event));
    canvas.addEventListener("pointercancel", (event) => this.#end(event));
    canvas.addEventListener("keydown", (event) => this.#key(event));
    canvas.addEventListener("blur", () => {
      canvas.classList.remove("pointer");
      this.#cursor.down = false;
      this.#cursor.shown = false;
      this.paint();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.paint());
    this.paint();
  }

  get strokes() {
    return this.#strokes;
  }

  undo() {
    if (this.#strokes.length > 0) {
      this.#strokes.pop();
      this.#cursor.down = false;
      this.#say("undone", this.#strokes.length);
      this.#update();
    }
  }

  clear() {
    this.#strokes = [];
    this.#cursor.down = false;
    this.#say("cleared");
    this.#update();
  }

  #update() {
    this.paint();
    this.#changed();
  }

  #point(event) {
    const box = this.#canvas.getBoundingClientRect();
    const inside = (value) => Math.min(1, Math.max(0, value));
    return {
      x: inside((event.clientX - box.left) / box.width),
      y: inside((event.clientY - box.top) / box.height),
    };
  }

  #begin(event) {
    // A second finger, or another button of the mouse, draws nothing.
    if (this.#pointer !== null || event.button !== 0) {
      return;
    }
    event.preventDefault();
    this.#canvas.classList.add("pointer"); // Whoever draws by hand needs no sign of the focus.
    this.#canvas.focus({ preventScroll: true });
    this.#pointer = event.pointerId;
    this.#canvas.setPointerCapture(event.pointerId);
    this.#cursor.down = false;
    this.#cursor.shown = false;
    this.#strokes.push([this.#point(event)]);
    this.#update();
  }

  #move(event) {
    if (event.pointerId !== this.#pointer) {
      return;
    }
    const events = event.getCoalescedEvents?.() ?? [];
    const stroke = this.#strokes.at(-1);
    for (const each of events.length > 0 ? events : [event]) {
      stroke?.push(this.#point(each));
    }
    this.#update();
  }

  #end(event) {
    if (event.pointerId === this.#pointer) {
      this.#pointer = null;
    }
  }

  #key(event) {
    if (event.altKey || event.metaKey) {
      return;
    }
    this.#canvas.classList.remove("pointer");
    const cursor = this.#cursor;
    if (event.key === "Backspace" || (event.key === "z" && event.ctrlKey)) {
      this.undo();
    } else if (event.key === "Delete") {
      this.clear();
    } else if (event.ctrlKey) {
      return;
    } else if (event.key === " ") {
      cursor.down = !cursor.down && !event.repeat;
      cursor.shown = true;
      if (cursor.down) {
        this.#strokes.push([{ x: cursor.x, y: cursor.y }]);
      }
      const place = [Math.round(100 * cursor.x), Math.round(100 * cursor.y)];
      this.#say(cursor.down ? "penDown" : "penUp", ...place);
      this.#update();
    } else if (event.key in MOVES) {
      this.#moveCursor(MOVES[event.key], event.shiftKey ? SMALL_STEP : STEP);
    } else {
      return;
    }
    event.preventDefault();
  }

  #moveCursor([right, down], step) {
    const cursor = this.#cursor;
    const inside = (value) => Math.min(1, Math.max(0, Math.round(value * 100) / 100));
    cursor.x = inside(cursor.x + right * step);
    cursor.y = inside(cursor.y + down * step);
    cursor.shown = true;
    if (cursor.down) {
      this.#strokes.at(-1).push({ x: cursor.x, y: cursor.y });
      this.#update();
    } else {
      this.paint();
    }
  }

  paint() {
    const canvas = this.#canvas;
    const context = canvas.getContext("2d");
    const style = getComputedStyle(canvas);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.strokeStyle = style.getPropertyValue("--ink");
    drawStrokes(context, this.#strokes, PEN * canvas.width, (point) => ({
      x: point.x * canvas.width,
      y: point.y * canvas.height,
    }));
    if (this.#cursor.shown) {
      context.strokeStyle = style.getPropertyValue("--accent");
      context.lineWidth = 4;
      context.beginPath();
      const radius = this.#cursor.down ? 12 : 24;
      const { x, y } = this.#cursor;
      context.arc(x * canvas.width, y * canvas.height, radius, 0, 2 * Math.PI);
      context.stroke();
    }
  }
}

/** Draws strokes with a round pen. */
export function drawStrokes(context, strokes, pen, place) {
  context.lineWidth = pen;
  context.lineCap = "round";
  context.lineJoin = "round";
  for (const stroke of strokes) {
    const points = stroke.map(place);
    context.beginPath();
    context.moveTo(points[0].x, points[0].y);
    if (points.length === 1) {
      context.lineTo(points[0].x, points[0].y); // A dot.
    }
    for (const point of points.slice(1)) {
      context.lineTo(point.x, point.y);
    }
    context.stroke();
  }
}
