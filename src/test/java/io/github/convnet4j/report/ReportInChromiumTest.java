package io.github.convnet4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.convnet4j.task.SegmentedImage;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens the page in a browser. Skipped if Chromium is not installed. */
class ReportInChromiumTest {
  private static final List<String> PROGRAMS =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  @TempDir private Path folder;

  private static Optional<Path> chromium() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(directory -> PROGRAMS.stream().map(name -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @Test
  void showsAllSectionsInLightAndDarkModeAndOnANarrowScreen() throws Exception {
    Optional<Path> chromium = chromium();
    assumeTrue(chromium.isPresent(), "Chromium is not on the path");
    Path page = folder.resolve("report.html");
    try (Trained trained = new Trained()) {
      Report.of(trained.model, Trained.TEST).history(trained.history).write(page);
    }

    Path dom = folder.resolve("dom.html");
    run(chromium.get(), dom, page, "--dump-dom");
    Document shown = Jsoup.parse(Files.readString(dom));
    Document written = Jsoup.parse(Files.readString(page));
    assertEquals(written.select("section").eachAttr("id"), shown.select("section").eachAttr("id"));
    assertEquals(10, shown.select("section").size());
    for (String part : List.of("img", "svg circle", "svg path", "table td", "figcaption", "dd")) {
      assertEquals(written.select(part).size(), shown.select(part).size(), part);
    }
    assertEquals("<b>zero</b>", shown.selectFirst("#confusion tbody th").wholeText());

    BufferedImage light = picture(chromium.get(), page, 1000, 3000, "light");
    BufferedImage dark =
        picture(
            chromium.get(), page, 1000, 3000, "dark", "--blink-settings=preferredColorScheme=0");
    assertTrue(brightness(light) > 200, "light: " + brightness(light));
    assertTrue(brightness(dark) < 60, "dark: " + brightness(dark));
    assertTrue(colours(light) > 100, "only %d colors".formatted(colours(light)));
    assertEquals(500, picture(chromium.get(), page, 500, 2000, "narrow").getWidth());
  }

  @Test
  void showsMasksInTheColorsOfTheirLegendInDarkModeToo() throws Exception {
    Optional<Path> chromium = chromium();
    assumeTrue(chromium.isPresent(), "Chromium is not on the path");
    Path page = folder.resolve("masks.html");
    try (TrainedTask<SegmentedImage> trained = TrainedTask.masks(100, 2)) {
      Report.of(trained.model(), trained.test()).mistakes(2).write(page);
    }
    for (String scheme : List.of("light", "dark")) {
      String option = "--blink-settings=preferredColorScheme=" + (scheme.equals("dark") ? 0 : 1);
      BufferedImage shown = picture(chromium.get(), page, 500, 3000, scheme, option);
      for (int classIndex = 0; classIndex < 3; classIndex++) {
        int rgb = Colours.rgbOfClass(classIndex, 3);
        long pixels =
            IntStream.range(0, shown.getWidth() * shown.getHeight())
                .filter(i -> (shown.getRGB(i % 500, i / 500) & 0xffffff) == rgb)
                .count();
        assertTrue(pixels > 100, "%s: %d pixels of class %d".formatted(scheme, pixels, classIndex));
      }
    }
  }

  private BufferedImage picture(
      Path chromium, Path page, int width, int height, String name, String... options)
      throws Exception {
    Path png = folder.resolve(name + ".png");
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--hide-scrollbars");
    all.add("--window-size=%d,%d".formatted(width, height));
    all.add("--screenshot=" + png);
    run(chromium, folder.resolve(name + ".txt"), page, all.toArray(String[]::new));
    return ImageIO.read(png.toFile());
  }

  private void run(Path chromium, Path output, Path page, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(chromium.toString());
    // Without its sandbox, which not every machine that runs tests has; the page is our own.
    command.addAll(List.of("--headless", "--no-sandbox", "--disable-gpu"));
    command.add("--user-data-dir=" + folder.resolve("profile"));
    command.addAll(List.of(options));
    command.add(page.toUri().toString());
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertTrue(process.waitFor(120, TimeUnit.SECONDS), "Chromium did not finish");
      assertEquals(0, process.exitValue(), String.join(" ", command));
    } finally {
      process.destroyForcibly();
    }
  }

  /** Returns the mean brightness of the left margin, which shows the page's background. */
  private static double brightness(BufferedImage image) {
    double sum = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      sum += image.getRGB(2, y) & 0xff;
    }
    return sum / image.getHeight();
  }

  private static int colours(BufferedImage image) {
    Set<Integer> colours = new HashSet<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        colours.add(image.getRGB(x, y));
      }
    }
    return colours.size();
  }
}
