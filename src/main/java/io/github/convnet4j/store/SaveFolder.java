package io.github.convnet4j.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The contents of a folder, as classified by {@link SavedFiles}.
 *
 * @param own files of a save, including one that was killed
 * @param ignored files that a desktop created
 * @param foreign all other files
 */
record SaveFolder(List<String> own, List<String> ignored, List<String> foreign) {
  static final String SUMS = "SHA256SUMS";

  private static final int SUM_IN_NAME = 12;
  private static final Pattern FILE =
      Pattern.compile("([A-Za-z0-9_]+)-([0-9a-f]{12})(\\.[a-z0-9]+)");
  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (" + FILE.pattern() + ")");

  /** A file of a save. */
  record Entry(String nameOnDisk, String sum) {
    static Entry of(String name, String sum) {
      int dot = name.indexOf('.');
      return new Entry(
          name.substring(0, dot) + "-" + sum.substring(0, SUM_IN_NAME) + name.substring(dot), sum);
    }
  }

  static SaveFolder read(Path folder) throws IOException {
    List<String> names = Disk.names(folder);
    Sums sums = names.contains(SUMS) ? Sums.read(folder) : Sums.NONE;
    SaveFolder all = new SaveFolder(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (String name : names) {
      if (sums.owns(name) || name.equals(WriteLock.NAME) || Unfinished.has(name)) {
        all.own.add(name);
      } else if (DesktopFiles.has(name)) {
        all.ignored.add(name);
      } else if (isLeftover(folder.resolve(name))) {
        all.own.add(name);
      } else {
        all.foreign.add(name);
      }
    }
    return all;
  }

  /** Whether the folder holds a finished save. */
  static boolean isOne(Path folder) throws IOException {
    return Files.isRegularFile(folder.resolve(SUMS)) && Sums.read(folder).ours();
  }

  /** Whether the folder holds a finished save whose list of checksums can be read. */
  static boolean hasWholeList(Path folder) throws IOException {
    return isOne(folder) && Sums.read(folder).whole();
  }

  static boolean isFileOfASave(String name) {
    return FILE.matcher(name).matches();
  }

  /**
   * Whether a file was written by a save that was killed before it wrote the checksums. The name
   * alone does not prove it, since a user's file may have such a name, but the file's own checksum
   * does.
   */
  private static boolean isLeftover(Path path) throws IOException {
    Matcher matcher = FILE.matcher(path.getFileName().toString());
    if (!matcher.matches() || !Files.isRegularFile(path)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(path)) {
      return Disk.sum(in).startsWith(matcher.group(2));
    }
  }

  /**
   * The list of checksums, as far as it can be read.
   *
   * @param ours whether it belongs to a save at all
   * @param listed the names of the files in it
   * @param whole whether every line of it can be read
   */
  private record Sums(boolean ours, Set<String> listed, boolean whole) {
    static final Sums NONE = new Sums(false, Set.of(), true);

    static Sums read(Path folder) throws IOException {
      List<String> lines = text(Files.readAllBytes(folder.resolve(SUMS))).lines().toList();
      List<Matcher> entries = lines.stream().map(LINE::matcher).filter(Matcher::matches).toList();
      return new Sums(
          lines.isEmpty() || !entries.isEmpty(),
          entries.stream().map(entry -> entry.group(2)).collect(Collectors.toSet()),
          !lines.isEmpty() && entries.size() == lines.size());
    }

    /** Whether a file belongs to the save. A damaged list only proves that there was a save. */
    boolean owns(String name) {
      return ours
          && (name.equals(SUMS) || listed.contains(name) || (!whole && isFileOfASave(name)));
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Returns the list of checksums of some files. */
  static String sums(Collection<Entry> entries) {
    StringBuilder text = new StringBuilder();
    entries.forEach(entry -> text.append(entry.sum() + "  " + entry.nameOnDisk() + "\n"));
    return text.toString();
  }

  /**
   * Returns the files of a save by name.
   *
   * @throws StoreException if the list is damaged
   */
  static Map<String, Entry> parse(Path file, byte[] bytes) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (String line : text(bytes).split("\n", -1)) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        entries.put(
            matcher.group(3) + matcher.group(5), new Entry(matcher.group(2), matcher.group(1)));
      } else if (!line.isEmpty()) {
        throw new StoreException("%s is damaged: unexpected line \"%s\"".formatted(file, line));
      }
    }
    return entries;
  }
}
