// Requests to the server that the page comes from.

let token = "";
let askForToken = async () => "";
let asking = null;

/** Sets what asks the user for the server's token. */
export function onTokenNeeded(ask) {
  askForToken = ask;
}

/** A request that the server refused, with its sentence. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** There was no answer. */
export class Unreachable extends Error {}

async function request(path, options = {}) {
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  const response = await fetch(path, { ...options, headers }).catch(unreachable);
  if (response.status === 401) {
    // Several requests may be refused at the same time, but the user is asked once.
    asking ??= askForToken().finally(() => {
      asking = null;
    });
    token = await asking;
    return request(path, options);
  }
  const answer = await response.json().catch(unreachable);
  if (!response.ok) {
    throw new Refused(response.status, answer.error);
  }
  return answer;
}

function unreachable(fault) {
  throw new Unreachable(fault.message);
}

export async function models() {
  return (await request("page/models")).models;
}

/** Returns the predictions for a picture. */
export function predict(model, picture, top) {
  return request(`predict/${encodeURIComponent(model)}?top=${top}`, {
    method: "POST",
    body: picture,
  });
}

/**
 * Returns what happens inside the network.
 *
 * @param choice classIndex and layer, if they are chosen
 */
export function look(model, picture, choice) {
  const query = new URLSearchParams({ model });
  if (choice.classIndex >= 0) {
    query.set("class", choice.classIndex);
  }
  if (choice.layer) {
    query.set("layer", choice.layer);
  }
  return request(`page/look?${query}`, { method: "POST", body: picture });
}

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Works on one value at a time. Of the values that arrive meanwhile, only the latest one counts.
 * While the server is busy, it is asked again.
 */
export class Latest {
  #work;
  #delay;
  #waiting = null;
  #running = false;

  /**
   * @param work an async function of a value
   * @param delay how long to wait for a newer value, in milliseconds
   */
  constructor(work, delay) {
    this.#work = work;
    this.#delay = delay;
  }

  add(value) {
    this.#waiting = { value };
    if (!this.#running) {
      this.#run();
    }
  }

  /** Forgets the value that waits. */
  clear() {
    this.#waiting = null;
  }

  /** Whether a newer value waits, so that a result is out of date. */
  get outdated() {
    return this.#waiting !== null;
  }

  async #run() {
    this.#running = true;
    while (this.#waiting) {
      await wait(this.#delay);
      const next = this.#waiting;
      this.#waiting = null;
      if (next) {
        const busy = await this.#work(next.value).then(
          () => false,
          (fault) => fault instanceof Refused && fault.status === 503,
        );
        if (busy) {
          await wait(500);
          this.#waiting ??= next;
        }
      }
    }
    this.#running = false;
  }
}
