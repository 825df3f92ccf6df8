package io.github.convnet4j.commandline;

import io.github.convnet4j.picture.Picture;
import io.github.convnet4j.task.SegmentedImage;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** Writes the predicted class of each pixel as pictures, into a folder. */
final class MaskFiles {
  private static final String ENDING = ".png";
  private static final int MOST_CLASSES = 256;

  /** The part of the color circle between the hues of two classes: the golden ratio. */
  private static final float HUE_STEP = 0.618f;

  private final Path folder;
  private final Map<Path, Path> files;

  private MaskFiles(Path folder, Map<Path, Path> files) {
    this.folder = folder;
    this.files = files;
  }

  /**
   * Prepares the folder.
   *
   * @param pictures each gets a mask of its name
   * @throws UsageException if two pictures have the same name, a file exists already, or the folder
   *     cannot be created
   */
  static MaskFiles into(Path folder, List<Path> pictures) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new UsageException("--out must be a folder: " + folder);
    }
    Map<Path, Path> files = new HashMap<>();
    Map<String, Path> names = new HashMap<>();
    for (Path picture : pictures) {
      String name = maskName(picture);
      Path other = names.putIfAbsent(name, picture);
      if (other != null) {
        throw new UsageException(
            "--out: the masks of %s and %s would both be %s: predict them into different folders"
                .formatted(other, picture, name));
      }
      Path mask = folder.resolve(name);
      if (Files.exists(mask)) {
        throw exists(mask);
      }
      files.put(picture, mask);
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UsageException("--out: %s cannot be created: %s".formatted(folder, e));
    }
    return new MaskFiles(folder, files);
  }

  private static String maskName(Path picture) {
    String name = picture.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return (dot > 0 ? name.substring(0, dot) : name) + ENDING;
  }

  private static UsageException exists(Path mask) {
    return new UsageException(
        "--out: %s exists already: give another folder, or delete the file".formatted(mask));
  }

  /**
   * Writes a mask with the size of its picture. It has a palette, so that it can be looked at, and
   * its values are the numbers of the classes, so that {@code train} can read it.
   *
   * @return the file
   */
  Path write(Path picture, SegmentedImage predicted) {
    Path file = files.get(picture);
    Picture original = Picture.read(picture);
    BufferedImage image =
        new BufferedImage(
            original.width(),
            original.height(),
            BufferedImage.TYPE_BYTE_INDEXED,
            palette(predicted.classNames().size()));
    for (int y = 0; y < original.height(); y++) {
      int row = nearest(y, original.height(), predicted.height());
      for (int x = 0; x < original.width(); x++) {
        int column = nearest(x, original.width(), predicted.width());
        image.getRaster().setSample(x, y, 0, predicted.classIndex(row, column));
      }
    }
    try {
      Path unfinished = Files.createTempFile(folder, ".", ENDING);
      try {
        try (OutputStream out = Files.newOutputStream(unfinished)) {
          ImageIO.write(image, "png", out);
        }
        Files.move(unfinished, file);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (FileAlreadyExistsException e) {
      throw exists(file);
    } catch (IOException e) {
      throw new UsageException("--out: %s cannot be written: %s".formatted(file, e));
    }
    return file;
  }

  /** Returns the pixel of the prediction on which the center of a pixel of the picture falls. */
  private static int nearest(int i, int to, int from) {
    return (int) ((2L * i + 1) * from / (2L * to));
  }

  /** Returns black for class 0, and a different color for each other class. */
  private static IndexColorModel palette(int classes) {
    List<Color> colors = new ArrayList<>(List.of(Color.BLACK));
    for (int c = 1; c < classes; c++) {
      colors.add(Color.getHSBColor(c * HUE_STEP, c % 2 == 0 ? 0.6f : 0.9f, 0.95f));
    }
    byte[] reds = new byte[MOST_CLASSES];
    byte[] greens = new byte[MOST_CLASSES];
    byte[] blues = new byte[MOST_CLASSES];
    for (int c = 0; c < classes; c++) {
      reds[c] = (byte) colors.get(c).getRed();
      greens[c] = (byte) colors.get(c).getGreen();
      blues[c] = (byte) colors.get(c).getBlue();
    }
    return new IndexColorModel(Byte.SIZE, MOST_CLASSES, reds, greens, blues);
  }
}
