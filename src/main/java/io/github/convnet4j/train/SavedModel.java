package io.github.convnet4j.train;

import io.github.convnet4j.layer.Parameter;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.Weights;
import io.github.convnet4j.store.Content;
import io.github.convnet4j.store.SavedFiles;
import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.train.SavedState.TensorEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;

/**
 * A saved model. The file {@code model.json} describes it; before version 4 it was {@code
 * classifier.json} or {@code regressor.json}. The file {@code variables.bin} holds the values of
 * all variables in the order in which the JSON lists them, those of the network first, each row by
 * row as 32-bit floats, least significant byte first. A save made during training also has a file
 * {@code listener_….bin} for each listener with state.
 */
final class SavedModel {
  private static final String DESCRIPTION = "model.json";
  private static final String OLD_CLASSIFIER = "classifier.json";
  private static final String OLD_REGRESSOR = "regressor.json";
  private static final String BINARY = ".bin";
  private static final String VALUES = "variables" + BINARY;
  private static final String LISTENER = "listener_";

  private SavedModel() {}

  /**
   * Writes a model.
   *
   * @param description its description in JSON
   * @param tensors the variables in the order of the description
   */
  static void write(
      Path folder,
      String description,
      List<TensorEntry> tensors,
      VariableValues variables,
      Map<String, byte[]> listenerStates) {
    Map<String, Content> files = new LinkedHashMap<>();
    files.put(DESCRIPTION, out -> out.write(description.getBytes(StandardCharsets.UTF_8)));
    files.put(
        VALUES,
        out -> {
          FloatParts parts = FloatParts.ofUsualLength();
          List<String> names = tensors.stream().map(TensorEntry::name).toList();
          variables.lend(names, values -> parts.write(values, out));
        });
    listenerStates.forEach(
        (name, bytes) -> files.put(LISTENER + name + BINARY, out -> out.write(bytes)));
    SavedFiles.write(folder, files);
  }

  /**
   * Reads a model. The sizes in the description are compared with the lengths of the files before
   * memory of these sizes is allocated. The optimizer's state is left in its file until it is
   * needed.
   *
   * @param build returns the model to read into
   * @param failed called with the model if its values cannot be read
   */
  static Model<?> read(
      Path folder,
      ModelJson json,
      Function<SavedState, Model<?>> build,
      Consumer<Model<?>> failed) {
    return readState(
        folder,
        json,
        (files, state) -> {
          Model<?> model = build.apply(state);
          try {
            ListenerStates listeners = listenerStates(files);
            model.resumeFrom(state, values(files, state), listeners);
            return model;
          } catch (RuntimeException | Error e) {
            failed.accept(model);
            throw e;
          }
        });
  }

  /** Reads the weights only. */
  static Weights readWeights(Path folder, ModelJson json) {
    return readState(
        folder,
        json,
        (files, state) -> {
          try (SavedValues values = values(files, state)) {
            return values.weights();
          }
        });
  }

  /** Reads the history only, without confusion matrices. */
  static History readHistory(Path folder, ModelJson json) {
    return readState(folder, json, (files, state) -> new History(state.reached().toHistory()));
  }

  /** Reads the description, and something else that it describes. */
  private static <T> T readState(
      Path folder, ModelJson json, BiFunction<SavedFiles, SavedState, T> read) {
    checkIsModel(folder);
    try (SavedFiles files = SavedFiles.open(folder)) {
      String description = description(files, folder);
      try {
        SavedState state = json.read(files.text(description), description.equals(OLD_REGRESSOR));
        checkTensors(state);
        checkLength(files, files.path(description), state.bytes());
        return read.apply(files, state);
      } catch (IllegalArgumentException e) {
        throw notAModel(files.path(description), e);
      }
    }
  }

  /** Refuses what is often taken for a saved model, and says what to give instead. */
  private static void checkIsModel(Path folder) {
    if (Files.isRegularFile(folder)) {
      Optional<Path> parent =
          Optional.ofNullable(folder.toAbsolutePath().getParent()).filter(SavedFiles::isSave);
      throw new StoreException(
          "%s is a file: give the folder of a saved model%s"
              .formatted(folder, parent.map(", here %s"::formatted).orElse("")));
    }
    if (Files.exists(folder.resolve("saved_model.pb"))) {
      throw new StoreException(
          "%s is a SavedModel, exported for TensorFlow, which cannot be loaded here: give the folder of the model that was exported"
              .formatted(folder));
    }
    if (Files.isDirectory(folder) && !SavedFiles.isSave(folder)) {
      SavedFiles.firstIn(folder)
          .ifPresent(
              model -> {
                throw new StoreException(
                    "%s holds folders of saved models, but is none itself: give one of them, such as %s"
                        .formatted(folder, model));
              });
    }
  }

  private static StoreException notAModel(Path description, IllegalArgumentException e) {
    return new StoreException(
        "%s is not a model of this library: %s".formatted(description, e.getMessage()), e);
  }

  private static String description(SavedFiles files, Path folder) {
    for (String name : List.of(DESCRIPTION, OLD_CLASSIFIER, OLD_REGRESSOR)) {
      if (files.has(name)) {
        return name;
      }
    }
    throw new StoreException("%s holds no model: it has no file %s".formatted(folder, DESCRIPTION));
  }

  private static SavedValues values(SavedFiles files, SavedState state) {
    return new SavedValues(files.stream(VALUES), files.path(VALUES), state);
  }

  private static ListenerStates listenerStates(SavedFiles files) {
    Map<String, byte[]> states = new LinkedHashMap<>();
    Map<String, Path> paths = new LinkedHashMap<>();
    boolean old = !files.has(DESCRIPTION);
    for (String file : files.names()) {
      if (file.startsWith(LISTENER) && file.endsWith(BINARY)) {
        String name = file.substring(LISTENER.length(), file.length() - BINARY.length());
        String current = old ? OldDescriptions.listener(name) : name;
        states.put(current, files.bytes(file));
        paths.put(current, files.path(file));
      }
    }
    return new ListenerStates(states, paths);
  }

  /** Checks that each variable is listed once, and the network's variables with their shapes. */
  private static void checkTensors(SavedState state) {
    Map<String, Shape> saved = new LinkedHashMap<>();
    for (TensorEntry tensor : state.tensors()) {
      if (saved.put(tensor.name(), tensor.tensorShape()) != null) {
        throw new IllegalArgumentException(
            "tensors must list each variable only once: " + tensor.name());
      }
    }
    for (Parameter parameter : state.network().map(Network::parameters).orElse(List.of())) {
      SavedValues.check(saved, parameter.name(), parameter.shape());
    }
  }

  private static void checkLength(SavedFiles files, Path description, long bytes) {
    if (files.size(VALUES) != bytes) {
      throw new StoreException(
          "%s must have %d bytes, for the variables in %s: it has %d"
              .formatted(files.path(VALUES), bytes, description.getFileName(), files.size(VALUES)));
    }
  }

  /**
   * The values of a saved model's variables. Those of the network are read at once, and the
   * optimizer's when the model is to be trained: until then they take no memory.
   */
  static final class SavedValues implements AutoCloseable {
    private final InputStream in;
    private final Path path;
    private final SavedState state;
    private int weights;
    private int next;

    SavedValues(InputStream in, Path path, SavedState state) {
      this.in = in;
      this.path = path;
      this.state = state;
    }

    static void check(Map<String, Shape> saved, String name, Shape expected) {
      if (!saved.containsKey(name)) {
        throw new IllegalArgumentException("tensors must list each variable; missing is " + name);
      }
      if (!saved.get(name).equals(expected)) {
        throw new IllegalArgumentException(
            "%s must have the shape %s: %s".formatted(name, expected, saved.get(name)));
      }
    }

    /**
     * Reads the weights, which come first.
     *
     * @param names the names of all weights
     */
    void readWeights(VariableValues variables, List<String> names) {
      weights = names.size();
      List<TensorEntry> tensors = state.tensors();
      for (int i = 0; i < weights; i++) {
        if (i == tensors.size() || !names.contains(tensors.get(i).name())) {
          throw new IllegalArgumentException(
              "tensors must list the variables %s first: %s"
                  .formatted(names, tensors.stream().map(TensorEntry::name).toList()));
        }
        TensorEntry tensor = tensors.get(i);
        check(
            Map.of(tensor.name(), tensor.tensorShape()),
            tensor.name(),
            variables.shape(tensor.name()));
      }
      read(variables, weights);
    }

    /**
     * Reads the remaining values, which are the optimizer's.
     *
     * @throws StoreException if they are not those of this optimizer
     */
    void readRest(VariableValues variables) {
      Map<String, Shape> saved = new LinkedHashMap<>();
      state.tensors().forEach(tensor -> saved.put(tensor.name(), tensor.tensorShape()));
      boolean neverTrained = state.tensors().size() == weights && state.reached().steps() == 0;
      try {
        for (String name : saved.keySet()) {
          if (!variables.has(name)) {
            throw new IllegalArgumentException(
                "tensors must list only variables of the network and its optimizer: " + name);
          }
        }
        if (!neverTrained) {
          variables.names().forEach(name -> check(saved, name, variables.shape(name)));
        }
      } catch (IllegalArgumentException e) {
        throw new StoreException("%s is not of this model: %s".formatted(path, e.getMessage()), e);
      }
      read(variables, saved.size());
    }

    /** Reads all variables that are not the optimizer's. */
    Weights weights() {
      Weights.Builder weights = Weights.builder();
      FloatParts parts = FloatParts.ofUsualLength();
      try {
        for (TensorEntry tensor : state.tensors()) {
          if (VariableValues.isState(tensor.name())) {
            break; // These come last.
          }
          float[] values = new float[Math.toIntExact(tensor.tensorShape().size())];
          parts.read(in, DataBuffers.of(values, false, false));
          weights.add(tensor.name(), tensor.tensorShape(), values);
        }
      } catch (IOException e) {
        throw StoreException.notRead(path, e);
      }
      return weights.build();
    }

    private void read(VariableValues variables, int end) {
      FloatParts parts = FloatParts.ofUsualLength();
      try {
        List<String> names =
            state.tensors().subList(next, end).stream().map(TensorEntry::name).toList();
        variables.fill(
            names,
            values -> {
              parts.read(in, values);
              next++;
            });
      } catch (IOException e) {
        throw StoreException.notRead(path, e);
      }
    }

    @Override
    public void close() {
      try {
        in.close();
      } catch (IOException e) {
        throw StoreException.notRead(path, e);
      }
    }
  }
}
