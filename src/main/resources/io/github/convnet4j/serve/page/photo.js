// Pictures that are dropped, pasted, chosen or taken.

const AS_IT_IS = ["image/png", "image/jpeg", "image/gif", "image/bmp"];
const MOST_BYTES = 4 << 20;
const MOST_SIDE = 1600; // More than networks see.

/**
 * Calls a function with each picture.
 *
 * @param use called with a file
 * @param isUsed whether pictures are wanted at present
 */
export function onPicture(use, isUsed) {
  const input = document.getElementById("file");
  input.addEventListener("change", () => {
    if (input.files.length > 0) {
      use(input.files[0]);
      input.value = ""; // So that the same file can be chosen again.
    }
  });
  const drop = document.getElementById("drop");
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  document.addEventListener("dragleave", () => drop.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    event.preventDefault(); // The browser would open the file.
    drop.classList.remove("over");
    useFirst(event.dataTransfer);
  });
  document.addEventListener("paste", (event) => useFirst(event.clipboardData));
  function useFirst(data) {
    const file = [...(data?.files ?? [])].find((each) => each.type.startsWith("image/"));
    if (file && isUsed()) {
      use(file);
    }
  }
}

/**
 * Returns what is sent for a file: the file itself, or a PNG if it is large, if it has a format
 * that only browsers read, or if it is inverted.
 *
 * @throws if the browser cannot read it
 */
export async function prepared(file, invert) {
  const bitmap = await createImageBitmap(file);
  if (AS_IT_IS.includes(file.type) && file.size <= MOST_BYTES && !invert) {
    bitmap.close();
    return file;
  }
  const scale = Math.min(1, MOST_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  if (invert) {
    context.globalCompositeOperation = "difference";
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

/**
 * Makes the button for the camera work, if there may be one.
 *
 * @param use called with a picture
 * @param failed called with the reason
 */
export function useCamera(use, failed) {
  const button = document.getElementById("camera");
  const dialog = document.getElementById("camera-dialog");
  const video = document.getElementById("video");
  if (!navigator.mediaDevices?.getUserMedia) {
    return; // Browsers have it on secure pages only. Phones offer the camera for files.
  }
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: "environment" },
      });
      dialog.showModal();
      await video.play();
    } catch (fault) {
      dialog.close();
      failed(fault.message);
    }
  });
  document.getElementById("shoot").addEventListener("click", () => {
    const canvas = document.createElement("canvas");
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    if (canvas.width > 0) {
      canvas.getContext("2d").drawImage(video, 0, 0);
      canvas.toBlob(use, "image/png");
    }
    dialog.close();
  });
  document.getElementById("camera-cancel").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    video.srcObject?.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
  });
}
