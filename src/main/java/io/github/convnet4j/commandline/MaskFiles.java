package io.github.convnet4j.commandline;

import io.github.convnet4j.check.IoReason;
import io.github.convnet4j.picture.Mask;
import io.github.convnet4j.picture.Picture;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.store.ReplacedFile;
import io.github.convnet4j.task.SegmentedImage;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** Writes the predicted class of each pixel as pictures, into a folder. */
final class MaskFiles {
  private static final String ENDING = ".png";
  private static final int MOST_CLASSES = 256;
  private static final int WHITE = 255;

  /** The part of the color circle between the hues of two classes: the golden ratio. */
  private static final float HUE_STEP = 0.618f;

  private final Map<Path, Path> files;
  private final PictureFormat format;
  private final int outside;

  private MaskFiles(Map<Path, Path> files, PictureFormat format, int outside) {
    this.files = files;
    this.format = format;
    this.outside = outside;
  }

  /**
   * Prepares the folder.
   *
   * @param pictures each gets a mask of its name
   * @param format how the network sees them
   * @param outside the value of pixels that the format cuts off
   * @throws UsageException if two pictures have the same name, a file exists already, or the folder
   *     cannot be created
   */
  static MaskFiles into(Path folder, List<Path> pictures, PictureFormat format, int outside) {
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
      throw new UsageException("--out: %s cannot be created: %s".formatted(folder, IoReason.of(e)));
    }
    return new MaskFiles(files, format, outside);
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
    Mask mask = format.restore(classes(predicted), Picture.size(picture), outside);
    BufferedImage image =
        new BufferedImage(
            mask.width(),
            mask.height(),
            BufferedImage.TYPE_BYTE_INDEXED,
            palette(predicted.classNames().size()));
    image.getRaster().setDataElements(0, 0, mask.width(), mask.height(), mask.values());
    if (Files.exists(file)) {
      throw exists(file);
    }
    ReplacedFile.write(file, out -> ImageIO.write(image, "png", out));
    return file;
  }

  private static Mask classes(SegmentedImage predicted) {
    int[] classes = predicted.classes();
    byte[] values = new byte[classes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) classes[i];
    }
    return new Mask(predicted.height(), predicted.width(), values);
  }

  /** Returns black for class 0, a different color for each other class, and white for the rest. */
  private static IndexColorModel palette(int classes) {
    List<Color> colors = new ArrayList<>(List.of(Color.BLACK));
    for (int c = 1; c < classes; c++) {
      colors.add(Color.getHSBColor(c * HUE_STEP, c % 2 == 0 ? 0.6f : 0.9f, 0.95f));
    }
    byte[] reds = new byte[MOST_CLASSES];
    byte[] greens = new byte[MOST_CLASSES];
    byte[] blues = new byte[MOST_CLASSES];
    Arrays.fill(reds, (byte) WHITE);
    Arrays.fill(greens, (byte) WHITE);
    Arrays.fill(blues, (byte) WHITE);
    for (int c = 0; c < classes; c++) {
      reds[c] = (byte) colors.get(c).getRed();
      greens[c] = (byte) colors.get(c).getGreen();
      blues[c] = (byte) colors.get(c).getBlue();
    }
    return new IndexColorModel(Byte.SIZE, MOST_CLASSES, reds, greens, blues);
  }
}
