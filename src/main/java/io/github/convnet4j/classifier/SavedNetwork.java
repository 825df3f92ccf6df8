package io.github.convnet4j.classifier;

import io.github.convnet4j.classifier.SavedState.TensorEntry;
import io.github.convnet4j.store.Content;
import io.github.convnet4j.store.SavedFiles;
import io.github.convnet4j.store.StoreException;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.ndarray.Shape;

/**
 * A trainable network on disk: {@code classifier.json}, or its other kind, which says what it is,
 * and {@code variables.bin}, the values of all variables, one after another in the order of the
 * JSON's list, each row by row as 32-bit floats, least significant byte first. While it is trained,
 * each listener that carries something has a file {@code listener_….bin} besides.
 */
final class SavedNetwork {
  private static final String BINARY = ".bin";
  private static final String VALUES = "variables" + BINARY;
  private static final String LISTENER = "listener_";

  private SavedNetwork() {}

  /** Gives the values of a variable when they are wanted, so that one at a time is in memory. */
  interface Values {
    float[] of(String name);
  }

  private static String description(String kind) {
    return kind + ".json";
  }

  static void write(
      Path folder,
      String kind,
      ClassifierJson json,
      SavedState state,
      Values values,
      Map<String, byte[]> listenerStates) {
    String description = json.write(state);
    Map<String, Content> files = new LinkedHashMap<>();
    files.put(description(kind), out -> out.write(description.getBytes(StandardCharsets.UTF_8)));
    files.put(
        VALUES,
        out -> {
          for (TensorEntry tensor : state.tensors()) {
            float[] floats = values.of(tensor.name());
            byte[] bytes = bytes(floats.length);
            littleEndian(bytes).put(floats);
            out.write(bytes);
          }
        });
    listenerStates.forEach(
        (name, bytes) -> files.put(LISTENER + name + BINARY, out -> out.write(bytes)));
    SavedFiles.write(folder, files);
  }

  private static byte[] bytes(long floats) {
    return new byte[Math.toIntExact(floats * Float.BYTES)];
  }

  private static FloatBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }

  /**
   * Reads it back.
   *
   * @param kind what was saved
   * @param json reads its description
   * @param build makes it anew, with its first weights
   */
  static <O extends Settings> TrainableNetwork<O> read(
      Path folder,
      String kind,
      Function<String, SavedState> json,
      Function<SavedState, TrainableNetwork<O>> build) {
    SavedFiles files = SavedFiles.open(folder);
    if (!files.has(description(kind))) {
      throw new StoreException(
          "%s holds no %s: it has no file %s".formatted(folder, kind, description(kind)));
    }
    try {
      SavedState state = json.apply(files.text(description(kind)));
      TrainableNetwork<O> network = build.apply(state);
      try {
        checkTensors(state.tensors(), network.variables());
        readValues(files, state.tensors(), network.variables());
        network.goOn(state.reached(), listenerStates(files));
        return network;
      } catch (RuntimeException | Error e) {
        network.close();
        throw e;
      }
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          "%s is not a %s of this library: %s"
              .formatted(files.path(description(kind)), kind, e.getMessage()),
          e);
    }
  }

  private static Map<String, byte[]> listenerStates(SavedFiles files) {
    Map<String, byte[]> states = new LinkedHashMap<>();
    for (String file : files.names()) {
      if (file.startsWith(LISTENER) && file.endsWith(BINARY)) {
        String name = file.substring(LISTENER.length(), file.length() - BINARY.length());
        states.put(name, files.bytes(file));
      }
    }
    return states;
  }

  /** The list must have each of the graph's variables once, in its shape. */
  private static void checkTensors(List<TensorEntry> tensors, VariableValues variables) {
    Map<String, Shape> saved = new LinkedHashMap<>();
    for (TensorEntry tensor : tensors) {
      if (saved.put(tensor.name(), tensor.tensorShape()) != null) {
        throw new IllegalArgumentException(
            "tensors must have each variable once: " + tensor.name());
      }
      if (!variables.has(tensor.name())) {
        throw new IllegalArgumentException(
            "the network and its optimizer have no variable " + tensor.name());
      }
      Shape expected = variables.shape(tensor.name());
      if (!tensor.tensorShape().equals(expected)) {
        throw new IllegalArgumentException(
            "%s must be of shape %s: %s".formatted(tensor.name(), expected, tensor.tensorShape()));
      }
    }
    for (String name : variables.names()) {
      if (!saved.containsKey(name)) {
        throw new IllegalArgumentException("tensors lacks the variable " + name);
      }
    }
  }

  private static void readValues(
      SavedFiles files, List<TensorEntry> tensors, VariableValues variables) {
    Path file = files.path(VALUES);
    try (DataInputStream in = new DataInputStream(files.stream(VALUES))) {
      for (TensorEntry tensor : tensors) {
        byte[] bytes = bytes(tensor.tensorShape().size());
        in.readFully(bytes);
        float[] values = new float[bytes.length / Float.BYTES];
        littleEndian(bytes).get(values);
        variables.write(tensor.name(), values);
      }
      if (in.read() >= 0) {
        throw new StoreException(
            "%s is %d bytes, more than its variables take".formatted(file, Files.size(file)));
      }
    } catch (EOFException e) {
      throw new StoreException(file + " ends before its last variable", e);
    } catch (IOException e) {
      throw new StoreException("cannot read %s: %s".formatted(file, e), e);
    }
  }
}
