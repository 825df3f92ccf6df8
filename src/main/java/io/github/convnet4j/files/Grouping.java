package io.github.convnet4j.files;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.NameList;
import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.Groups;
import io.github.convnet4j.picture.DicomHeader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which pictures belong together, judging by the names of their files, or by the patients that
 * DICOM files name.
 *
 * @param namer returns the group of a file
 */
record Grouping(Namer namer) {
  private static final int NAMED = 5;

  /** Stands for the patients of DICOM files where a regular expression is expected. */
  private static final String PATIENT_ID = "patient-id";

  /** Names the group of a file. */
  @FunctionalInterface
  interface Namer {
    String group(FileList files, int file);
  }

  /**
   * Returns groups by the names of the files.
   *
   * @param ofName returns the group of a file by its name relative to the folder, with slashes
   */
  static Grouping byName(UnaryOperator<String> ofName) {
    requireNonNull(ofName, "ofName");
    return new Grouping((files, file) -> ofName.apply(files.name(file)));
  }

  /**
   * Returns groups by a regular expression, or by the patients of DICOM files.
   *
   * @param regex {@code patient-id}, or what is looked for in the name of each file; a group is
   *     called like what its capturing groups match, or the whole expression if it has none
   * @throws IllegalArgumentException if it is not a regular expression
   */
  static Grouping matching(String regex) {
    if (regex.equals(PATIENT_ID)) {
      return new Grouping((files, file) -> patient(files.path(file)));
    }
    try {
      Pattern pattern = Pattern.compile(regex);
      return byName(name -> group(pattern, name));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "groups must be a regular expression, such as patient(\\d+): %s (%s)"
              .formatted(regex, e.getDescription()),
          e);
    }
  }

  private static String patient(Path file) {
    return DicomHeader.read(file)
        .patient()
        .orElseThrow(
            () ->
                new DataException(
                    "%s has no group: it does not name its patient (PatientID), so give a regular expression for the names of the files"
                        .formatted(file)));
  }

  private static String group(Pattern pattern, String name) {
    Matcher matcher = pattern.matcher(name);
    if (!matcher.find()) {
      throw new DataException(
          "%s has no group: its name does not match %s".formatted(name, pattern));
    }
    return matcher.groupCount() == 0
        ? matcher.group()
        : IntStream.rangeClosed(1, matcher.groupCount())
            .mapToObj(i -> Optional.ofNullable(matcher.group(i)).orElse(""))
            .collect(Collectors.joining(" "));
  }

  Groups of(FileList files) {
    return Groups.by(files.size(), i -> namer.group(files, i));
  }

  /** Some pictures, and the other ones, both in the order in which they were. */
  @SuppressWarnings("ArrayRecordComponent") // Instances are not compared.
  record Taken(int[] taken, int[] rest) {}

  /**
   * Takes a tenth of some pictures, nearly, in whole groups. Which ones depends only on the names
   * of the files and of the groups.
   *
   * @param groups of all files
   * @param labels of all files; all 0 if classes do not matter
   * @throws DataException if there are too few groups
   */
  static Taken takeTenth(Groups groups, int[] labels, int[] pictures, FileList files) {
    Groups own = groups.select(pictures);
    if (own.count() < 2) {
      throw new DataException(
          "%s holds too few groups of pictures: give at least three, to train, validate and test on; all pictures that are left are in the group %s"
              .formatted(files.folder(), own.names().get(0)));
    }
    List<String> hashes =
        own.names().stream().map(name -> Sha256.of(name.getBytes(StandardCharsets.UTF_8))).toList();
    int[] order =
        FileList.sorted(
            IntStream.range(0, pictures.length).toArray(),
            Comparator.comparing(i -> hashes.get(own.number(i))));
    int[] drawn =
        own.draw(
            order,
            NameSplit.tenth(pictures.length),
            IntStream.of(pictures).map(i -> labels[i]).toArray());
    boolean[] isDrawn = new boolean[pictures.length];
    IntStream.of(drawn).forEach(i -> isDrawn[i] = true);
    return new Taken(
        IntStream.range(0, pictures.length).filter(i -> isDrawn[i]).map(i -> pictures[i]).toArray(),
        IntStream.range(0, pictures.length)
            .filter(i -> !isDrawn[i])
            .map(i -> pictures[i])
            .toArray());
  }

  /** Says how many groups there are in each part, and which are in several parts. */
  static List<String> notes(Groups groups, int[] train, int[] validation, int[] test) {
    List<String> notes = new ArrayList<>();
    notes.add(
        "Groups: %d (train %d, validation %d, test %d)"
            .formatted(
                groups.count(),
                count(groups, train),
                count(groups, validation),
                count(groups, test)));
    shared(groups, train, test, "test").ifPresent(notes::add);
    shared(groups, train, validation, "validation").ifPresent(notes::add);
    return notes;
  }

  private static int count(Groups groups, int[] pictures) {
    return pictures.length == 0 ? 0 : groups.select(pictures).count();
  }

  private static Optional<String> shared(Groups groups, int[] train, int[] other, String part) {
    if (train.length == 0 || other.length == 0) {
      return Optional.empty();
    }
    List<String> shared =
        groups.select(train).shared(groups.select(other)).stream().sorted().toList();
    return shared.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%d groups are in both the training and the %s pictures, whose folders decide: %s"
                .formatted(shared.size(), part, NameList.some(shared, NAMED)));
  }
}
