package io.github.convnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.convnet4j.files.BundledDigits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each example that draws writes its pictures to the folder, and prints their paths. */
class LecturePicturesTest {
  @TempDir private Path folder;

  @Test
  void everyExampleWritesItsPictures() throws IOException {
    Recorder recorder = new Recorder();
    Console console = recorder.drawingInto(folder);
    Ex11_1.run(console);
    Ex11_2.run(console);
    Ex11_3.run(console);
    Ex11_4.run(console);
    Ex11_6.run(console, BundledDigits.read());
    Ex11_7.run(console, BundledDigits.read());
    List<String> expected =
        List.of(
            "ex11_1.png",
            "ex11_2.png",
            "ex11_3.png",
            "ex11_4.png",
            "ex11_6.png",
            "ex11_6_213.png",
            "ex11_7.png");
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(expected, files.map(file -> file.getFileName().toString()).sorted().toList());
    }
    for (String name : expected) {
      assertEquals(640, ImageIO.read(folder.resolve(name).toFile()).getWidth(), name);
    }
    assertEquals(
        expected.stream().map(name -> "Picture: " + folder.resolve(name)).toList(),
        recorder.messages().lines().toList());
  }

  @Test
  void anOptionSetsTheFolder() {
    Path chosen = folder.resolve("a").resolve("b");
    Recorder recorder = new Recorder();
    assertEquals(
        0,
        recorder.executeAsTyped("Ex11_1", "--plots", "file", "--plots-folder", chosen.toString()));
    assertEquals("Picture: " + chosen.resolve("ex11_1.png") + "\n", recorder.messages());
    assertEquals(Recorder.printedByPython("ex11_1.txt"), recorder.out());
  }
}
