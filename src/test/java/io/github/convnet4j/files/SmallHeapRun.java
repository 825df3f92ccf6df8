package io.github.convnet4j.files;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.picture.Picture;
import io.github.convnet4j.picture.PictureFormat;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Reads the data that its arguments name, in its own process, and prints the result. */
final class SmallHeapRun {
  private SmallHeapRun() {}

  public static void main(String[] args) {
    Path path = Path.of(args[1]);
    Supplier<Object> reading =
        switch (args[0]) {
          case "folder" -> () -> ImageFolder.of(path).storage(Storage.inMemory()).read();
          case "disk" -> () -> sum(ImageFolder.of(path).read());
          case "scaled" ->
              () -> ImageFolder.of(path).format(PictureFormat.asTheyAre().size(8, 8)).read();
          case "masks" -> () -> MaskFolder.of(path).storage(Storage.inMemory()).read();
          case "picture" -> () -> Picture.read(path);
          case "idx" -> () -> Idx.read(path).size(0);
          default -> throw new IllegalArgumentException(args[0]);
        };
    try {
      System.out.println("read: " + reading.get());
    } catch (DataException e) {
      System.out.println("message: " + e.getMessage());
    }
  }

  /** Returns where the pictures are, and the sum of the first pixel of each, in batches of one. */
  private static String sum(DataSets data) {
    DataSet all = data.all();
    double sum = 0;
    float[] pixels = new float[all.pixelsPerImage()];
    for (int i = 0; i < all.size(); i++) {
      all.fill(new int[] {i}, pixels, new float[all.classes()]);
      sum += pixels[0];
    }
    return "%s, sum %.3f".formatted(data.notes(), sum);
  }
}
