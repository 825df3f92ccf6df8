package io.github.convnet4j.files;

import io.github.convnet4j.files.FolderLayout.Part;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Pictures in three parts, each in an order that looks random but depends only on the names of the
 * files. If there are too few pictures, parts are empty.
 */
@SuppressWarnings("ArrayRecordComponent") // Splits are not compared.
record FolderSplit(Path folder, int[] test, int[] validation, int[] train) {
  /**
   * Puts each picture into the part whose folder it is in. A missing validation or test part is
   * taken from the training pictures.
   *
   * @param files pictures below the folder, and if it has folders for parts, some below each of
   *     them
   */
  static FolderSplit of(FolderLayout layout, FileList files) {
    int[] train = in(layout, layout.training(), files);
    Optional<int[]> ownTest = layout.part(Part.TEST).map(path -> in(layout, path, files));
    int tested = ownTest.isPresent() ? 0 : NameSplit.tenth(train.length);
    int[] test = ownTest.orElse(Arrays.copyOf(train, tested));
    int[] learning = Arrays.copyOfRange(train, tested, train.length);
    Optional<int[]> own = layout.part(Part.VALIDATION).map(path -> in(layout, path, files));
    int chosen = own.isPresent() ? 0 : NameSplit.tenth(learning.length);
    int[] validation = own.orElse(Arrays.copyOf(learning, chosen));
    return new FolderSplit(
        layout.folder(), test, validation, Arrays.copyOfRange(learning, chosen, learning.length));
  }

  private static int[] in(FolderLayout layout, Path folder, FileList files) {
    String prefix = folder.equals(layout.folder()) ? "" : FileNames.of(folder) + "/";
    int[] inside =
        IntStream.range(0, files.size())
            .filter(file -> files.name(file).startsWith(prefix))
            .toArray();
    return NameSplit.mixed(files, inside, "");
  }

  /** Returns how many pictures there are in all parts. */
  int size() {
    return test.length + validation.length + train.length;
  }
}
