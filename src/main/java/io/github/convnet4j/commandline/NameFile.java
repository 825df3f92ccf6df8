package io.github.convnet4j.commandline;

import io.github.convnet4j.check.ByteOrderMark;
import io.github.convnet4j.check.IoReason;
import io.github.convnet4j.check.Missing;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads the names of a model's outputs from a file with a name on each line. */
final class NameFile {
  private static final String OPTION = "--classes: ";

  /** Models from elsewhere have an additional first class for everything else. */
  private static final String BACKGROUND = "background";

  private NameFile() {}

  /**
   * Returns the names. Where several outputs have the same name, their numbers are added: {@code
   * crane (134)}.
   *
   * @param model what the names are for, in messages
   * @param outputs the number of outputs
   * @throws UsageException if there are more or fewer names, or one is empty
   */
  static List<String> read(Path file, Path model, long outputs) {
    List<String> names = lines(file);
    if (names.size() != outputs) {
      boolean background = names.size() == outputs + 1 && names.get(0).equalsIgnoreCase(BACKGROUND);
      throw new UsageException(
          "%s%s must have a line for each of the %d outputs of %s, in their order: it has %d lines%s"
              .formatted(
                  OPTION,
                  file,
                  outputs,
                  model,
                  names.size(),
                  background
                      ? ", of which the first, %s, is to be removed".formatted(names.get(0))
                      : ""));
    }
    int empty = names.indexOf("");
    if (empty >= 0) {
      throw new UsageException(
          "%sline %d of %s must have a name: it is empty".formatted(OPTION, empty + 1, file));
    }
    return distinct(names);
  }

  /** Returns the number of names. */
  static int count(Path file) {
    return lines(file).size();
  }

  /** Returns the lines without the spaces around them, and without empty lines at the end. */
  private static List<String> lines(Path file) {
    if (!Files.exists(file)) {
      throw new UsageException(
          OPTION + Missing.sentence(file, "give a file with a name on each line"));
    }
    if (Files.isDirectory(file)) {
      throw new UsageException(
          OPTION + file + " is a folder: give a file with a name on each line");
    }
    try {
      List<String> lines = new ArrayList<>();
      ByteOrderMark.skip(Files.readString(file)).lines().map(String::strip).forEach(lines::add);
      while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
        lines.remove(lines.size() - 1);
      }
      return lines;
    } catch (CharacterCodingException e) {
      throw new UsageException(
          "%s%s is not UTF-8 text: save the file as UTF-8".formatted(OPTION, file));
    } catch (AccessDeniedException e) {
      throw new UsageException(
          "%s%s is not readable: check its permissions".formatted(OPTION, file));
    } catch (IOException e) {
      throw new UsageException("%s%s cannot be read: %s".formatted(OPTION, file, IoReason.of(e)));
    }
  }

  private static List<String> distinct(List<String> names) {
    List<String> distinct = new ArrayList<>(names);
    for (int i = 0; i < names.size(); i++) {
      if (Collections.frequency(names, names.get(i)) > 1) {
        distinct.set(i, "%s (%d)".formatted(names.get(i), i));
      }
    }
    return distinct;
  }
}
