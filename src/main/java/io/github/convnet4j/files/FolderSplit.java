package io.github.convnet4j.files;

import io.github.convnet4j.files.FolderLayout.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Pictures in three parts, each in an order that looks random but depends only on the names of the
 * files. If there are too few pictures, parts are empty.
 */
record FolderSplit(Path folder, List<Path> test, List<Path> validation, List<Path> train) {
  /**
   * Puts each picture into the part whose folder it is in. A missing validation or test part is
   * taken from the training pictures.
   *
   * @param pictures below the folder, and if it has folders for parts, each below one of them
   */
  static FolderSplit of(FolderLayout layout, List<Path> pictures) {
    List<Path> train = new ArrayList<>(in(layout, layout.training(), pictures));
    List<Path> test = part(layout, Part.TEST, pictures, train);
    List<Path> validation = part(layout, Part.VALIDATION, pictures, train);
    return new FolderSplit(layout.folder(), test, validation, train);
  }

  private static List<Path> part(
      FolderLayout layout, Part part, List<Path> pictures, List<Path> train) {
    Optional<Path> own = layout.part(part);
    return own.isPresent() ? in(layout, own.get(), pictures) : NameSplit.takeTenth(train);
  }

  private static List<Path> in(FolderLayout layout, Path folder, List<Path> pictures) {
    return NameSplit.mixed(
        layout.folder(), pictures.stream().filter(file -> file.startsWith(folder)).toList());
  }

  /** Returns all pictures: first those for testing, then those for validation and for training. */
  List<Path> all() {
    List<Path> all = new ArrayList<>(test);
    all.addAll(validation);
    all.addAll(train);
    return all;
  }
}
