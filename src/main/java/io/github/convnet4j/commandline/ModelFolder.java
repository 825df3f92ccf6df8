package io.github.convnet4j.commandline;

import io.github.convnet4j.check.IoReason;
import io.github.convnet4j.natives.NativeTensorFlow;
import io.github.convnet4j.task.Task;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelJson;
import io.github.convnet4j.train.SessionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Loads a trained model from the folder that {@code train --out} wrote. */
final class ModelFolder {
  /** Every saved model has this file. */
  private static final String SUMS = "SHA256SUMS";

  private ModelFolder() {}

  /**
   * Loads the model; the caller closes it.
   *
   * @param folder an existing folder
   * @param names a file with names for the outputs of a model that has none, if there is one
   * @param session how to compute with it
   * @throws UsageException if the folder holds no model, or the model has other names
   */
  static Model<?> load(Path folder, Optional<Path> names, SessionOptions session) {
    Model<?> model = load(folder, session);
    return names.isEmpty()
        ? model
        : closedOnFailure(model, () -> named(model, folder, names.get()));
  }

  /** Returns the model with other names, and with its history; closes the one without. */
  private static Model<?> named(Model<?> model, Path folder, Path names) {
    KnownTask known = KnownTask.of(folder.toString(), model);
    List<String> given = NameFile.read(names, folder, known.names().size());
    if (given.equals(known.names())) {
      return model;
    }
    Task<?> task = known.named(model.tasks().get(0).task(), given, folder);
    Model<?> named = Model.of(model.network(), task, model.optimizer(), model.options());
    closedOnFailure(
        named,
        () -> {
          named.resume(folder);
          return named;
        });
    model.close();
    return named;
  }

  private static Model<?> closedOnFailure(Model<?> model, Supplier<Model<?>> action) {
    try {
      return action.get();
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /** Loads the model of an existing folder to read it, not to compute; the caller closes it. */
  static Model<?> load(Path folder) {
    return load(folder, PrecisionOption.FULL);
  }

  private static Model<?> load(Path folder, SessionOptions session) {
    checkReadable(folder);
    if (holdsCheckpoints(folder)) {
      throw new UsageException(
          "%s holds checkpoints, not a model: give one of the checkpoints, or the folder that train --out wrote"
              .formatted(folder));
    }
    NativeTensorFlow.load();
    return Model.load(folder, ModelJson.standard(), session);
  }

  private static void checkReadable(Path folder) {
    if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
      throw new UsageException(folder + " is not readable: check its permissions");
    }
  }

  private static boolean holdsCheckpoints(Path folder) {
    try {
      List<String> names = names(folder);
      return !names.contains(SUMS) && names.stream().anyMatch(name -> name.startsWith("epoch-"));
    } catch (IOException e) {
      throw new UsageException("%s cannot be read: %s".formatted(folder, IoReason.of(e)));
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
