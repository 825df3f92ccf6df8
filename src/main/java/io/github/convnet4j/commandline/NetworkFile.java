package io.github.convnet4j.commandline;

import io.github.convnet4j.check.IoReason;
import io.github.convnet4j.check.Missing;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.store.ReplacedFile;
import io.github.convnet4j.store.SavedFiles;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads and writes a network as a JSON file. */
final class NetworkFile {
  private NetworkFile() {}

  static Network read(Path file) {
    if (!Files.exists(file)) {
      throw new UsageException(
          Missing.sentence(
              file, "convnet4j summary --write %s creates one to start from".formatted(file)));
    }
    Path folder = Files.isDirectory(file) ? file : file.toAbsolutePath().getParent();
    if (SavedFiles.isSave(folder)) {
      throw new UsageException(
          "%s belongs to a saved model, and is not a network in JSON: convnet4j summary %s --write net.json writes the model's network"
              .formatted(file, folder));
    }
    if (Files.isDirectory(file)) {
      throw new UsageException(file + " is a folder: give a file with a network in JSON");
    }
    try {
      return Network.fromJson(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new UsageException("%s: %s".formatted(file, e.getMessage()));
    } catch (CharacterCodingException e) {
      throw new UsageException("%s is not UTF-8 text: save the file as UTF-8".formatted(file));
    } catch (AccessDeniedException e) {
      throw new UsageException("%s is not readable: check its permissions".formatted(file));
    } catch (IOException e) {
      throw new UsageException("%s cannot be read: %s".formatted(file, IoReason.of(e)));
    }
  }

  /** Writes a new file. */
  static void write(Path file, Network network) {
    if (Files.exists(file)) {
      throw new UsageException(file + " already exists: give the name of a new file");
    }
    ReplacedFile.write(file, network.toJson() + "\n");
  }
}
