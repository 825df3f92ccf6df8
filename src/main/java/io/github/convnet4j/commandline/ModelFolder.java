package io.github.convnet4j.commandline;

import io.github.convnet4j.natives.NativeTensorFlow;
import io.github.convnet4j.train.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Loads a trained model from the folder that {@code train --out} wrote. */
final class ModelFolder {
  /** Every saved model has this file. */
  private static final String SUMS = "SHA256SUMS";

  private ModelFolder() {}

  /** Loads the model; the caller closes it. */
  static Model<?> load(Path folder) {
    if (Files.isRegularFile(folder)) {
      throw new UsageException(folder + " is a file: give the folder that train --out wrote");
    }
    if (!Files.exists(folder)) {
      throw new UsageException(folder + " does not exist: give the folder that train --out wrote");
    }
    checkReadable(folder);
    if (holdsCheckpoints(folder)) {
      throw new UsageException(
          "%s holds checkpoints, not a model: give one of the checkpoints, or the folder that train --out wrote"
              .formatted(folder));
    }
    NativeTensorFlow.load();
    return Model.load(folder);
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
      throw new UsageException("%s cannot be read: %s".formatted(folder, e));
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
