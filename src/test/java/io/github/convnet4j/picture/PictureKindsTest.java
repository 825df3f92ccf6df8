package io.github.convnet4j.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reads many kinds of picture files, and compares each pixel with what Pillow 13.0.0 reads. {@code
 * src/test/python/make_pictures.py} creates the files.
 */
class PictureKindsTest {
  private static final Path FOLDER =
      Path.of("src/test/resources/io/github/convnet4j/picture/kinds");
  private static final Path PAGE = Path.of("docs/pictures.md");

  /**
   * The only kind in which JDKs differ: libjpeg-turbo smooths its colors between rows, as Pillow
   * does, and the older libjpeg of most JDKs repeats them.
   */
  private static final String SMOOTHED_OR_NOT = "rgb-440.jpg";

  private static final Set<Integer> EITHER = Set.of(0, 60);

  /**
   * A file.
   *
   * @param reference what the pixels are compared with
   * @param expected in base64
   */
  private record Kind(
      String file,
      String what,
      int tolerance,
      PictureFormat format,
      String reference,
      String size,
      String expected) {
    static Kind of(String line) {
      String[] parts = line.split("\t", -1);
      PictureFormat any = PictureFormat.asTheyAre();
      return new Kind(
          parts[0],
          parts[1],
          Integer.parseInt(parts[2]),
          parts[3].isEmpty()
              ? any
              : any.range(Double.parseDouble(parts[3]), Double.parseDouble(parts[4])),
          parts[5],
          parts[6] + "x" + parts[7],
          parts[8]);
    }

    boolean isRefused() {
      return expected.equals("-");
    }

    Picture read() {
      return format.read(FOLDER.resolve(file));
    }

    int largestDifference() {
      byte[] wanted = Base64.getDecoder().decode(expected);
      byte[] found = read().rgb().pixels();
      assertEquals(wanted.length, found.length);
      int largest = 0;
      for (int i = 0; i < found.length; i++) {
        largest = Math.max(largest, Math.abs((wanted[i] & 0xff) - (found[i] & 0xff)));
      }
      return largest;
    }

    boolean agrees() {
      return file.equals(SMOOTHED_OR_NOT)
          ? EITHER.contains(largestDifference())
          : largestDifference() <= tolerance;
    }

    /** Returns the line of the page's table. */
    String row() {
      return isRefused()
          ? "| %s | refused | |".formatted(what)
          : "| %s | %s | %s%s |"
              .formatted(
                  what,
                  read().channels() == 1 ? "gray" : "RGB",
                  file.equals(SMOOTHED_OR_NOT) && agrees() ? "0 or 60" : largestDifference(),
                  reference.equals("Pillow") ? "" : " from " + reference);
    }

    @Override
    public String toString() {
      return file;
    }
  }

  static List<Kind> kinds() throws IOException {
    try (Stream<String> lines = Files.lines(FOLDER.resolve("kinds.tsv"))) {
      return lines.map(Kind::of).toList();
    }
  }

  static List<Kind> readable() throws IOException {
    return kinds().stream().filter(kind -> !kind.isRefused()).toList();
  }

  static List<Kind> refused() throws IOException {
    return kinds().stream().filter(Kind::isRefused).toList();
  }

  @ParameterizedTest
  @MethodSource("readable")
  void pixelsAreThoseThatPillowReads(Kind kind) {
    Picture picture = kind.read();
    assertEquals(kind.size, picture.height() + "x" + picture.width());
    assertTrue(kind.agrees(), () -> "largest difference: " + kind.largestDifference());
  }

  @ParameterizedTest
  @MethodSource("readable")
  void theHeaderTellsTheSizeOfTheUprightPicture(Kind kind) {
    assertEquals(kind.size, Picture.size(FOLDER.resolve(kind.file)).toString());
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatCannotBeReadIsRefusedByName(Kind kind) {
    String message = assertThrows(DataException.class, kind::read).getMessage();
    assertTrue(message.startsWith(FOLDER.resolve(kind.file) + " "), message);
    assertTrue(message.contains(": "), message);
  }

  @Test
  void thePageHasTheTable() throws IOException {
    List<String> rows = kinds().stream().map(Kind::row).toList();
    List<String> page =
        Files.readAllLines(PAGE).stream()
            .dropWhile(line -> !line.startsWith("| kind |"))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .toList();
    assertEquals(String.join("\n", rows), String.join("\n", page));
  }
}
