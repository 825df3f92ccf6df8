package io.github.convnet4j.files;

import io.github.convnet4j.data.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The pictures in a folder and its subfolders, without classes or targets, to predict for them:
 *
 * <pre>{@code
 * Map<Path, Prediction> answers = model.predictFiles(PictureList.in(Path.of("holiday")).files());
 * }</pre>
 *
 * <p>Hidden files, and those that desktops create ({@code Thumbs.db}), are ignored.
 *
 * @param files the files of the pictures, not read yet, sorted by name
 * @param notes what was left out, a sentence each
 */
public record PictureList(List<Path> files, List<String> notes) {
  /** Copies both lists. */
  public PictureList {
    files = List.copyOf(files);
    notes = List.copyOf(notes);
  }

  /**
   * Lists the pictures in a folder.
   *
   * @throws DataException if it is not a folder, cannot be read, or has no picture
   */
  public static PictureList in(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new DataException(folder + " is not a folder: give a folder of pictures");
    }
    FileList found = new FileList(folder);
    LeftOut others = new LeftOut(folder);
    PictureFiles.addAll(found, folder, file -> false, others, line -> {});
    if (found.size() == 0) {
      throw new DataException(folder + " has no pictures: give a folder that has some");
    }
    return new PictureList(
        IntStream.range(0, found.size()).mapToObj(found::path).toList(), others.notes());
  }
}
