package io.github.convnet4j.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Some files in a folder of their own, which change all at once or not at all, whenever the machine
 * stops.
 *
 * <p>Each file's name on disk has the beginning of its SHA-256 sum in it: {@code
 * weights-0a1b2c3d4e5f.bin}. Which of them belong together the file {@code SHA256SUMS} says, in the
 * format of the program {@code sha256sum}. It is replaced by one rename, when the new files are
 * whole on the disk; then the old ones are deleted.
 */
public final class SavedFiles {
  private static final String SUMS = "SHA256SUMS";
  private static final String UNFINISHED = ".unfinished-";
  private static final int SUM_IN_NAME = 12;
  private static final Pattern LINE =
      Pattern.compile("([0-9a-f]{64})  (([A-Za-z0-9_]+)-[0-9a-f]{12}(\\.[a-z0-9]+))");
  private static final Pattern OWN =
      Pattern.compile(
          Pattern.quote(SUMS)
              + "|"
              + Pattern.quote(UNFINISHED)
              + ".*|[A-Za-z0-9_]+-[0-9a-f]{12}\\.[a-z0-9]+");

  private final Path folder;
  private final Map<String, Entry> entries;

  private record Entry(String nameOnDisk, String sum) {}

  private SavedFiles(Path folder, Map<String, Entry> entries) {
    this.folder = folder;
    this.entries = entries;
  }

  /**
   * Writes files to a folder, in place of those that an earlier call wrote there.
   *
   * @param folder made if it is not there; else empty, or written by this method
   * @param files by name: letters, digits and underscores, a dot, an ending
   * @throws StoreException if the folder holds anything else, or writing fails: then what was there
   *     before is there still
   */
  public static void write(Path folder, Map<String, Content> files) {
    List<Path> unfinished = new ArrayList<>();
    try {
      Files.createDirectories(folder);
      List<String> before = checkOwn(folder);
      Map<String, Entry> entries = new LinkedHashMap<>();
      for (Map.Entry<String, Content> file : files.entrySet()) {
        Path temporary = temporary(folder, unfinished);
        String sum = Disk.write(temporary, file.getValue());
        String nameOnDisk = nameOnDisk(file.getKey(), sum);
        move(temporary, folder.resolve(nameOnDisk));
        entries.put(file.getKey(), new Entry(nameOnDisk, sum));
      }
      Disk.force(folder);
      Path temporary = temporary(folder, unfinished);
      Disk.write(temporary, out -> out.write(sums(entries).getBytes(StandardCharsets.UTF_8)));
      move(temporary, folder.resolve(SUMS));
      Disk.force(folder);
      deleteOthers(folder, before, entries);
    } catch (IOException e) {
      throw new StoreException("cannot write to %s: %s".formatted(folder, e), e);
    } finally {
      unfinished.forEach(SavedFiles::deleteIfThere);
    }
  }

  private static List<String> checkOwn(Path folder) throws IOException {
    List<String> names = Disk.names(folder);
    for (String name : names) {
      if (!OWN.matcher(name).matches()) {
        throw new StoreException(
            "%s must be new, empty, or of an earlier save: it holds %s".formatted(folder, name));
      }
    }
    return names;
  }

  private static Path temporary(Path folder, List<Path> unfinished) {
    Path temporary = folder.resolve(UNFINISHED + UUID.randomUUID());
    unfinished.add(temporary);
    return temporary;
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String nameOnDisk(String name, String sum) {
    int dot = name.indexOf('.');
    return name.substring(0, dot) + "-" + sum.substring(0, SUM_IN_NAME) + name.substring(dot);
  }

  private static String sums(Map<String, Entry> entries) {
    StringBuilder text = new StringBuilder();
    entries.values().forEach(e -> text.append(e.sum() + "  " + e.nameOnDisk() + "\n"));
    return text.toString();
  }

  private static void deleteOthers(Path folder, List<String> before, Map<String, Entry> entries)
      throws IOException {
    List<String> kept = entries.values().stream().map(Entry::nameOnDisk).toList();
    for (String name : before) {
      if (!name.equals(SUMS) && !kept.contains(name)) {
        Files.deleteIfExists(folder.resolve(name));
      }
    }
  }

  private static void deleteIfThere(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new StoreException("cannot delete %s: %s".formatted(file, e), e);
    }
  }

  /**
   * Deletes what {@link #write} wrote, whole or not, and the folder unless it holds anything else.
   *
   * @throws StoreException if a file cannot be deleted
   */
  public static void delete(Path folder) {
    try {
      List<String> names = Disk.names(folder);
      List<String> own = names.stream().filter(name -> OWN.matcher(name).matches()).toList();
      for (String name : own) {
        Files.deleteIfExists(folder.resolve(name));
      }
      if (own.size() == names.size()) {
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new StoreException("cannot delete %s: %s".formatted(folder, e), e);
    }
  }

  /**
   * Opens what {@link #write} wrote, and checks that it is all there, to the byte.
   *
   * @throws StoreException if it is not; the message names the file
   */
  public static SavedFiles open(Path folder) {
    try {
      if (!Files.isDirectory(folder)) {
        throw new StoreException("there is no folder " + folder);
      }
      Path sums = folder.resolve(SUMS);
      if (!Files.exists(sums)) {
        throw new StoreException(
            "%s is missing: %s holds no finished save".formatted(sums, folder));
      }
      Map<String, Entry> entries =
          parse(sums, new String(Files.readAllBytes(sums), StandardCharsets.ISO_8859_1));
      for (Entry entry : entries.values()) {
        check(folder.resolve(entry.nameOnDisk()), entry.sum());
      }
      return new SavedFiles(folder, entries);
    } catch (IOException e) {
      throw new StoreException("cannot read %s: %s".formatted(folder, e), e);
    }
  }

  private static Map<String, Entry> parse(Path file, String text) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (String line : text.split("\n", -1)) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        entries.put(
            matcher.group(3) + matcher.group(4), new Entry(matcher.group(2), matcher.group(1)));
      } else if (!line.isEmpty()) {
        throw new StoreException(
            "%s is damaged: no line of it can be \"%s\"".formatted(file, line));
      }
    }
    return entries;
  }

  private static void check(Path file, String sum) throws IOException {
    if (!Files.exists(file)) {
      throw new StoreException(file + " is missing");
    }
    String found = Disk.sum(file);
    if (!found.equals(sum)) {
      throw new StoreException(
          "%s is damaged: its SHA-256 sum must be %s: %s".formatted(file, sum, found));
    }
  }

  /** The files' names. */
  public Set<String> names() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  /** Whether there is a file of this name. */
  public boolean has(String name) {
    return entries.containsKey(name);
  }

  /**
   * Where a file is.
   *
   * @throws StoreException if there is none of this name
   */
  public Path path(String name) {
    return Optional.ofNullable(entries.get(name))
        .map(entry -> folder.resolve(entry.nameOnDisk()))
        .orElseThrow(
            () ->
                new StoreException(
                    "%s is damaged: it has no line for %s".formatted(folder.resolve(SUMS), name)));
  }

  /** A file's bytes as text in UTF-8. */
  public String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  /** A file's bytes. */
  public byte[] bytes(String name) {
    try {
      return Files.readAllBytes(path(name));
    } catch (IOException e) {
      throw new StoreException("cannot read %s: %s".formatted(path(name), e), e);
    }
  }

  /** A file's bytes; the caller closes the stream. */
  public InputStream stream(String name) {
    try {
      return Files.newInputStream(path(name));
    } catch (IOException e) {
      throw new StoreException("cannot read %s: %s".formatted(path(name), e), e);
    }
  }
}
