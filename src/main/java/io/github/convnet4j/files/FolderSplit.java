package io.github.convnet4j.files;

import io.github.convnet4j.data.Groups;
import io.github.convnet4j.files.FolderLayout.Part;
import io.github.convnet4j.files.Grouping.Taken;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Pictures in three parts, each in an order that looks random but depends only on the names of the
 * files. If there are too few pictures, parts are empty.
 *
 * @param groups of all pictures, if they are in groups
 */
@SuppressWarnings("ArrayRecordComponent") // Splits are not compared.
record FolderSplit(
    Path folder, int[] test, int[] validation, int[] train, Optional<Groups> groups) {
  /**
   * Puts each picture into the part whose folder it is in. A missing validation or test part is
   * taken from the training pictures.
   *
   * @param files pictures below the folder, and if it has folders for parts, some below each of
   *     them
   */
  static FolderSplit of(FolderLayout layout, FileList files, Optional<Grouping> grouping) {
    Optional<Groups> groups = grouping.map(by -> by.of(files));
    int[] learning = in(layout, layout.training(), files);
    Taken test = take(layout, Part.TEST, learning, files, groups);
    Taken validation = take(layout, Part.VALIDATION, test.rest(), files, groups);
    return new FolderSplit(
        layout.folder(), test.taken(), validation.taken(), validation.rest(), groups);
  }

  /** Takes the pictures for a part: those of its folder, or a tenth of the others. */
  private static Taken take(
      FolderLayout layout, Part part, int[] others, FileList files, Optional<Groups> groups) {
    Optional<Path> own = layout.part(part);
    if (own.isPresent()) {
      return new Taken(in(layout, own.get(), files), others);
    }
    int tenth = NameSplit.tenth(others.length);
    return groups.isPresent() && tenth > 0
        ? Grouping.takeTenth(groups.get(), new int[files.size()], others, files)
        : new Taken(Arrays.copyOf(others, tenth), Arrays.copyOfRange(others, tenth, others.length));
  }

  private static int[] in(FolderLayout layout, Path folder, FileList files) {
    String prefix = folder.equals(layout.folder()) ? "" : FileNames.of(folder) + "/";
    int[] inside =
        IntStream.range(0, files.size())
            .filter(file -> files.name(file).startsWith(prefix))
            .toArray();
    return NameSplit.mixed(files, inside, "");
  }

  /** Says how the groups are distributed, if there are any. */
  List<String> notes() {
    return groups.map(all -> Grouping.notes(all, train, validation, test)).orElse(List.of());
  }

  /** Returns how many pictures there are in all parts. */
  int size() {
    return test.length + validation.length + train.length;
  }
}
