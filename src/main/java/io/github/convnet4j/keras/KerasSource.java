package io.github.convnet4j.keras;

import io.github.convnet4j.data.DataException;

/**
 * A file that is being read, for messages, and how it is read.
 *
 * @param name what the file is called in messages
 * @param version of Keras, as far as the file says; otherwise empty
 * @param layers the layers that are known
 */
record KerasSource(String name, String version, KerasLayers layers) {
  /** Whether Keras 1 or 2, or tf_keras, wrote the file. */
  boolean keras2() {
    return version.startsWith("1.") || version.startsWith("2.");
  }

  DataException fault(String what) {
    return new DataException(name + ": " + what);
  }

  DataException fault(String what, Throwable cause) {
    return new DataException(name + ": " + what, cause);
  }
}
