package io.github.convnet4j.examples.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

class PlotsTest {
  private final List<String> messages = new ArrayList<>();
  private final Figure figure = Figure.of("ex11_2");

  @TempDir private Path temporary;

  PlotsTest() {
    figure.imshow(new float[] {1, 2, 3, 4}, 2, 2, Colormap.GRAY);
  }

  @Test
  void writesThePictureToAFileAndPrintsItsPath() throws IOException {
    Path folder = temporary.resolve("new").resolve("plots");
    Plots.to(PlotTarget.FILE, folder, messages::add).show(figure);
    Path file = folder.resolve("ex11_2.png");
    assertEquals(List.of("Picture: " + file), messages);
    assertArrayEquals(pixels(figure.toImage()), pixels(ImageIO.read(file.toFile())));
    assertEquals(List.of("ex11_2.png"), names(folder));
  }

  @Test
  void replacesAnEarlierFile() throws IOException {
    Path file = temporary.resolve("ex11_2.png");
    Files.writeString(file, "not a picture, and longer than nothing");
    Plots.to(PlotTarget.FILE, temporary, messages::add).show(figure);
    assertArrayEquals(pixels(figure.toImage()), pixels(ImageIO.read(file.toFile())));
    assertEquals(List.of("ex11_2.png"), names(temporary));
  }

  @Test
  @EnabledIfSystemProperty(named = "java.awt.headless", matches = "true")
  void autoWritesFilesWithoutADisplay() throws IOException {
    Plots plots = Plots.to(PlotTarget.AUTO, temporary, messages::add);
    plots.show(figure);
    plots.awaitClosed();
    assertEquals(List.of("ex11_2.png"), names(temporary));
    assertEquals(List.of("Picture: " + temporary.resolve("ex11_2.png")), messages);
  }

  @Test
  void noneWritesAndPrintsNothing() throws IOException {
    Plots plots = Plots.to(PlotTarget.NONE, temporary, messages::add);
    plots.show(figure);
    plots.awaitClosed();
    assertEquals(List.of(), names(temporary));
    assertEquals(List.of(), messages);
  }

  @Test
  void inlinePassesThePictureOnAndWritesNothing() throws IOException {
    List<BufferedImage> displayed = new ArrayList<>();
    Plots plots = Plots.inline(displayed::add, messages::add);
    plots.show(figure);
    plots.awaitClosed();
    assertEquals(1, displayed.size());
    assertArrayEquals(pixels(figure.toImage()), pixels(displayed.get(0)));
    assertEquals(List.of(), names(temporary));
    assertEquals(List.of(), messages);
  }

  @Test
  @EnabledIfSystemProperty(named = "java.awt.headless", matches = "true")
  void aWindowWithoutADisplayIsAnError() {
    Plots plots = Plots.to(PlotTarget.WINDOW, temporary, messages::add);
    assertEquals(
        "no window can be opened for the picture ex11_2 (java.awt.headless is true):"
            + " plot to a file instead",
        assertThrows(PlotException.class, () -> plots.show(figure)).getMessage());
  }

  @Test
  void namesAFolderThatIsInsideAFile() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "kept");
    for (Path folder : List.of(file, file.resolve("plots"), file.resolve("a").resolve("b"))) {
      Plots plots = Plots.to(PlotTarget.FILE, folder, messages::add);
      String message = assertThrows(PlotException.class, () -> plots.show(figure)).getMessage();
      String start = "the picture ex11_2.png cannot be written to the folder " + folder + " (";

      assertEquals(start, message.substring(0, start.length()));

      assertFalse(message.contains("Exception"), message);
    }
    assertEquals("kept", Files.readString(file));
    assertEquals(List.of("file"), names(temporary));
    assertEquals(List.of(), messages);
  }

  @Test
  void leavesNoPartialFileIfTheOldOneCannotBeReplaced() throws IOException {
    Path inTheWay = Files.createDirectories(temporary.resolve("ex11_2.png").resolve("inside"));
    Plots plots = Plots.to(PlotTarget.FILE, temporary, messages::add);
    assertThrows(PlotException.class, () -> plots.show(figure));
    assertEquals(List.of("ex11_2.png"), names(temporary));
    assertTrue(Files.isDirectory(inTheWay));
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
