package io.github.convnet4j.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A picture's file, not read yet, and its class.
 *
 * @param label from 0
 */
record LabelledPicture(Path file, int label) {
  /** As many bytes as an array can hold on every JVM. */
  private static final long LARGEST_ARRAY = Integer.MAX_VALUE - 8L;

  /**
   * Reads all.
   *
   * @param pictures at least one
   * @param classes how many there are
   * @throws DataException if one cannot be read, is of another size than the first, or they do not
   *     fit into one array
   */
  static DataSet readAll(List<LabelledPicture> pictures, int classes, PictureFormat format) {
    List<byte[]> read = new ArrayList<>();
    Picture first = format.apply(Picture.read(pictures.get(0).file()));
    int channels = first.channels();
    long bytes = 0;
    for (LabelledPicture labelled : pictures) {
      Picture picture = format.apply(Picture.read(labelled.file()));
      checkSize(pictures.get(0).file(), first, labelled.file(), picture);
      channels = Math.max(channels, picture.channels());
      byte[] pixels = picture.pixels();
      bytes += pixels.length;
      if (bytes > LARGEST_ARRAY) {
        throw tooMany(pictures.size(), first);
      }
      read.add(pixels);
    }
    int size = first.height() * first.width();
    if ((long) size * channels * pictures.size() > LARGEST_ARRAY) {
      throw tooMany(pictures.size(), first);
    }
    byte[] all = new byte[size * channels * pictures.size()];
    for (int i = 0; i < read.size(); i++) {
      byte[] pixels = read.get(i);
      for (int p = 0; p < size * channels; p++) {
        // What is grey is repeated in each of the channels.
        all[i * size * channels + p] = pixels[pixels.length == size ? p / channels : p];
      }
    }
    int[] labels = pictures.stream().mapToInt(LabelledPicture::label).toArray();
    return DataSet.wrap(all, labels, first.height(), first.width(), channels, classes);
  }

  private static void checkSize(Path firstFile, Picture first, Path file, Picture picture) {
    if (picture.height() != first.height() || picture.width() != first.width()) {
      throw new DataException(
          "%s is %dx%d (height x width) but %s %dx%d: scale all to one size, by --size on the command line"
              .formatted(
                  firstFile,
                  first.height(),
                  first.width(),
                  file,
                  picture.height(),
                  picture.width()));
    }
  }

  private static DataException tooMany(int count, Picture picture) {
    return new DataException(
        "%d pictures of %dx%d are more than the 2 GB that fit into one array: scale them to less"
            .formatted(count, picture.height(), picture.width()));
  }
}
