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
 * What is in a folder, as {@link SavedFiles} sees it.
 *
 * @param own names that a save has, or that one left which was killed
 * @param passedOver names of what a desktop left
 * @param foreign all others
 */
record SaveFolder(List<String> own, List<String> passedOver, List<String> foreign) {
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
        all.passedOver.add(name);
      } else if (isLeftover(folder.resolve(name))) {
        all.own.add(name);
      } else {
        all.foreign.add(name);
      }
    }
    return all;
  }

  /** Whether a save was ever finished here. */
  static boolean isOne(Path folder) throws IOException {
    return Files.isRegularFile(folder.resolve(SUMS)) && Sums.read(folder).ours();
  }

  static boolean isFileOfASave(String name) {
    return FILE.matcher(name).matches();
  }

  /**
   * A file that a save wrote which was killed before it wrote the sums. That a file of the user's
   * own is named like this is no proof; its own sum is.
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
   * What the list of sums says, as far as it can be read.
   *
   * @param ours whether it is of a save at all
   * @param listed the files that it names
   * @param whole whether each line of it can be read
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

    /** Of a damaged list no line is sure, but that there was a save. */
    boolean owns(String name) {
      return ours
          && (name.equals(SUMS) || listed.contains(name) || (!whole && isFileOfASave(name)));
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** The list of sums of some files. */
  static String sums(Collection<Entry> entries) {
    StringBuilder text = new StringBuilder();
    entries.forEach(entry -> text.append(entry.sum() + "  " + entry.nameOnDisk() + "\n"));
    return text.toString();
  }

  /**
   * The files of a save by name.
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
        throw new StoreException(
            "%s is damaged: no line of it can be \"%s\"".formatted(file, line));
      }
    }
    return entries;
  }
}
