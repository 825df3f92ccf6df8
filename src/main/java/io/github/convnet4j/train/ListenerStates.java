package io.github.convnet4j.train;

import io.github.convnet4j.store.StoreException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The listeners' states at the time when a network was saved.
 *
 * @param bytes the states, by the listeners' names
 * @param files the files that the states were read from, by the same names
 */
record ListenerStates(Map<String, byte[]> bytes, Map<String, Path> files) {
  static final ListenerStates NONE = new ListenerStates(Map.of(), Map.of());

  /**
   * Passes a listener its state, if one was saved.
   *
   * @throws StoreException if the listener rejects it; the message names the file
   */
  void resume(String name, Consumer<byte[]> listener) {
    if (bytes.containsKey(name)) {
      try {
        listener.accept(bytes.get(name));
      } catch (IllegalArgumentException e) {
        throw new StoreException(
            "%s does not hold the state of the listener %s: %s"
                .formatted(files.get(name), name, e.getMessage()),
            e);
      }
    }
  }
}
