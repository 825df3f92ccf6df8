package io.github.convnet4j.examples.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a separate JVM does if it finds no font, or if the display does not answer. */
@EnabledOnOs(OS.LINUX)
class BarrenMachineTest {
  /** Port 6000 + 59000 of this machine, where no X server listens. */
  private static final String DEAD_DISPLAY = "127.0.0.1:59000";

  @TempDir private Path temporary;

  /** The program that is run: shows a picture twice at the given target. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) {
      Figure figure = Figure.of("digit");
      figure.imshow(new float[] {1, 2, 3, 4}, 2, 2, Colormap.GRAY).title("title");
      Plots plots = Plots.to(PlotTarget.valueOf(args[0]), Path.of(args[1]), System.out::println);
      try {
        plots.show(figure);
        plots.show(figure);
      } catch (PlotException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void drawsWithoutTextIfThereIsNoFontAndWarnsOnce() throws Exception {
    Path configuration = temporary.resolve("fonts.conf");
    Files.writeString(configuration, "<?xml version=\"1.0\"?>\n<fontconfig></fontconfig>\n");
    assertEquals(
        List.of(
            "Java finds no fonts, so pictures have no text: install fontconfig and a font.",
            picture(),
            picture()),
        run(PlotTarget.FILE, Map.of("FONTCONFIG_FILE", configuration.toString())));
    assertTrue(Files.size(temporary.resolve("digit.png")) > 0);
  }

  @Test
  void aFileNeedsNoDisplay() throws Exception {
    assertEquals(
        List.of(picture(), picture()), run(PlotTarget.FILE, Map.of("DISPLAY", DEAD_DISPLAY)));
  }

  @Test
  void writesFilesIfTheDisplayDoesNotAnswerAndWarnsOnce() throws Exception {
    assertEquals(
        List.of(
            "No window: the display 127.0.0.1:59000 does not answer; pictures go to files.",
            picture(),
            picture()),
        run(PlotTarget.AUTO, Map.of("DISPLAY", DEAD_DISPLAY)));
  }

  @Test
  void aWindowOnADisplayThatDoesNotAnswerIsAnError() throws Exception {
    assertEquals(
        List.of(
            "no window can be opened for the picture digit"
                + " (the display 127.0.0.1:59000 does not answer): plot to a file instead"),
        run(PlotTarget.WINDOW, Map.of("DISPLAY", DEAD_DISPLAY)));
  }

  private String picture() {
    return "Picture: " + temporary.resolve("digit.png");
  }

  private List<String> run(PlotTarget target, Map<String, String> environment)
      throws IOException, InterruptedException, URISyntaxException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            // Java caches fontconfig's answers in the home folder.
            "-Duser.home=" + temporary,
            "-XX:TieredStopAtLevel=1",
            "-cp",
            place(Plots.class) + System.getProperty("path.separator") + place(Program.class),
            Program.class.getName(),
            target.name(),
            temporary.toString());
    builder.environment().remove("DISPLAY");
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output.lines().toList();
  }

  private static Path place(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
