package io.github.convnet4j.train;

import io.github.convnet4j.train.SavedState.TensorEntry;
import io.github.convnet4j.layer.Parameter;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.store.Content;
import io.github.convnet4j.store.SavedFiles;
import io.github.convnet4j.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.ndarray.Shape;

/**
 * A saved network. The file {@code classifier.json} or {@code regressor.json} describes it. The
 * file {@code variables.bin} holds the values of all variables in the order in which the JSON lists
 * them, each row by row as 32-bit floats, least significant byte first. A save made during training
 * also has a file {@code listener_….bin} for each listener with state.
 */
final class SavedNetwork {
  private static final String BINARY = ".bin";
  private static final String VALUES = "variables" + BINARY;
  private static final String LISTENER = "listener_";

  private SavedNetwork() {}

  private static String fileOf(String kind) {
    return kind + ".json";
  }

  /**
   * Writes a network.
   *
   * @param description its description in JSON
   * @param tensors the variables in the order of the description
   */
  static void write(
      Path folder,
      String kind,
      String description,
      List<TensorEntry> tensors,
      VariableValues variables,
      Map<String, byte[]> listenerStates) {
    Map<String, Content> files = new LinkedHashMap<>();
    files.put(fileOf(kind), out -> out.write(description.getBytes(StandardCharsets.UTF_8)));
    files.put(
        VALUES,
        out -> {
          FloatParts parts = FloatParts.ofUsualLength();
          for (TensorEntry tensor : tensors) {
            variables.lend(tensor.name(), values -> parts.write(values, out));
          }
        });
    listenerStates.forEach(
        (name, bytes) -> files.put(LISTENER + name + BINARY, out -> out.write(bytes)));
    SavedFiles.write(folder, files);
  }

  /**
   * Reads a network. The sizes in the description are compared with the lengths of the files before
   * memory of these sizes is allocated.
   *
   * @param kind {@code classifier} or {@code regressor}
   * @param json parses the description
   * @param build creates the network, with initial weights
   */
  static <O extends Settings> TrainableNetwork<O> read(
      Path folder,
      String kind,
      Function<String, SavedState> json,
      Function<SavedState, TrainableNetwork<O>> build) {
    try (SavedFiles files = SavedFiles.open(folder)) {
      if (!files.has(fileOf(kind))) {
        throw new StoreException(
            "%s holds no %s: it has no file %s".formatted(folder, kind, fileOf(kind)));
      }
      try {
        SavedState state = json.apply(files.text(fileOf(kind)));
        Map<String, Shape> saved = checkTensors(state);
        checkLength(files, files.path(fileOf(kind)), state.bytes());
        TrainableNetwork<O> network = build.apply(state);
        try {
          checkVariables(saved, network.variables());
          readValues(files, state.tensors(), network.variables());
          network.resumeFrom(
              state.reached().toReached(ClassNames.of(state.options(), state.network())),
              listenerStates(files));
          return network;
        } catch (RuntimeException | Error e) {
          network.close();
          throw e;
        }
      } catch (IllegalArgumentException e) {
        throw new StoreException(
            "%s is not a %s of this library: %s"
                .formatted(files.path(fileOf(kind)), kind, e.getMessage()),
            e);
      }
    }
  }

  private static ListenerStates listenerStates(SavedFiles files) {
    Map<String, byte[]> states = new LinkedHashMap<>();
    Map<String, Path> paths = new LinkedHashMap<>();
    for (String file : files.names()) {
      if (file.startsWith(LISTENER) && file.endsWith(BINARY)) {
        String name = file.substring(LISTENER.length(), file.length() - BINARY.length());
        states.put(name, files.bytes(file));
        paths.put(name, files.path(file));
      }
    }
    return new ListenerStates(states, paths);
  }

  /** Checks that each variable is listed once, and the network's variables with their shapes. */
  private static Map<String, Shape> checkTensors(SavedState state) {
    Map<String, Shape> saved = new LinkedHashMap<>();
    for (TensorEntry tensor : state.tensors()) {
      if (saved.put(tensor.name(), tensor.tensorShape()) != null) {
        throw new IllegalArgumentException(
            "tensors must list each variable only once: " + tensor.name());
      }
    }
    Network network = state.network();
    for (Parameter parameter : network.parameters()) {
      checkTensor(saved, parameter.name(), parameter.shape());
    }
    return saved;
  }

  private static void checkTensor(Map<String, Shape> saved, String name, Shape expected) {
    if (!saved.containsKey(name)) {
      throw new IllegalArgumentException("tensors must list each variable; missing is " + name);
    }
    if (!saved.get(name).equals(expected)) {
      throw new IllegalArgumentException(
          "%s must have the shape %s: %s".formatted(name, expected, saved.get(name)));
    }
  }

  private static void checkLength(SavedFiles files, Path description, long bytes) {
    if (files.size(VALUES) != bytes) {
      throw new StoreException(
          "%s must have %d bytes, for the variables in %s: it has %d"
              .formatted(files.path(VALUES), bytes, description.getFileName(), files.size(VALUES)));
    }
  }

  /** Checks that the list matches the graph's variables, including the optimizer's. */
  private static void checkVariables(Map<String, Shape> saved, VariableValues variables) {
    for (String name : saved.keySet()) {
      if (!variables.has(name)) {
        throw new IllegalArgumentException(
            "tensors must list only variables of the network and its optimizer: " + name);
      }
    }
    for (String name : variables.names()) {
      checkTensor(saved, name, variables.shape(name));
    }
  }

  private static void readValues(
      SavedFiles files, List<TensorEntry> tensors, VariableValues variables) {
    FloatParts parts = FloatParts.ofUsualLength();
    try (InputStream in = files.stream(VALUES)) {
      for (TensorEntry tensor : tensors) {
        variables.fill(tensor.name(), values -> parts.read(in, values));
      }
    } catch (IOException e) {
      throw new StoreException("cannot read %s: %s".formatted(files.path(VALUES), e), e);
    }
  }
}
