package io.github.convnet4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The programs in the README and on the overview page of the javadoc compile and run as they are,
 * and the README's way to take TensorFlow for one platform is that of {@code src/it/one-platform}.
 */
class FirstProgramsTest {
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern XML = Pattern.compile("```xml\n(.*?)```", Pattern.DOTALL);
  private static final Pattern CLASS = Pattern.compile("public class (\\w+)");
  private static final Path OVERVIEW = Path.of("src", "main", "javadoc", "overview.html");

  @TempDir private Path folder;

  private static List<String> blocks(String file, Pattern pattern) throws IOException {
    Matcher matcher = pattern.matcher(Files.readString(Path.of(file)));
    List<String> blocks = new ArrayList<>();
    while (matcher.find()) {
      blocks.add(matcher.group(1));
    }
    return blocks;
  }

  /** Compiles a program with all warnings, and returns the name of its class. */
  private String compile(String program) throws IOException {
    Matcher matcher = CLASS.matcher(program);
    assertTrue(matcher.find(), program);
    String name = matcher.group(1);
    Path file = Files.writeString(folder.resolve(name + ".java"), program);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  files,
                  null,
                  List.of(
                      "-proc:none",
                      "-Xlint:all,-path,-classfile",
                      "-Werror",
                      "-cp",
                      System.getProperty("java.class.path"),
                      "-d",
                      folder.toString()),
                  null,
                  files.getJavaFileObjects(file))
              .call();
      assertTrue(compiled, messages::toString);
    }
    return name;
  }

  /** Runs a program in a JVM and a folder of its own, and returns what it printed. */
  private String run(String name) throws IOException, InterruptedException {
    String classPath =
        folder + System.getProperty("path.separator") + System.getProperty("java.class.path");
    Path printed = folder.resolve("printed.txt");
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Djava.awt.headless=true",
                "-cp",
                absolute(classPath),
                name)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    int code = process.waitFor();
    String text = Files.readString(printed);
    assertEquals(0, code, text);
    return text;
  }

  /** The class path of the tests may be relative to another folder than the program's. */
  private static String absolute(String classPath) {
    String separator = System.getProperty("path.separator");
    return String.join(
        separator,
        Pattern.compile(separator, Pattern.LITERAL)
            .splitAsStream(classPath)
            .map(part -> Path.of(part).toAbsolutePath().toString())
            .toList());
  }

  private static String withOneEpoch(String program) {
    String shorter = program.replaceFirst("epochs\\(\\d+\\)", "epochs(1)");
    assertTrue(shorter.contains("epochs(1)"), program);
    return shorter;
  }

  /** The second program needs a file that Python writes. */
  @Test
  void theFirstProgramOfTheReadmeRuns() throws IOException, InterruptedException {
    List<String> programs = blocks("README.md", JAVA);
    String printed = run(compile(withOneEpoch(programs.get(0))));
    assertTrue(printed.contains("accuracy"), printed);
    for (String made : List.of("my-digits", "my-digits-saved-model", "report.html")) {
      assertTrue(Files.exists(folder.resolve(made)), made);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.ko.md"})
  void everyProgramOfAReadmeCompiles(String file) throws IOException {
    List<String> programs = blocks(file, JAVA);
    assertTrue(!programs.isEmpty());
    for (String program : programs) {
      compile(program);
    }
  }

  @Test
  void theProgramOfTheOverviewPageRuns() throws IOException, InterruptedException {
    String program = Jsoup.parse(Files.readString(OVERVIEW)).select("pre").text();
    String printed = run(compile(withOneEpoch(program)));
    assertTrue(printed.contains("accuracy"), printed);
    assertTrue(Files.exists(folder.resolve("my-digits")));
  }

  @Test
  void onePlatformIsTakenAsInTheProjectThatTriesIt() throws IOException {
    String pom = Files.readString(Path.of("src", "it", "one-platform", "pom.xml"));
    String tried = pom.substring(pom.indexOf("<dependency>"), pom.indexOf("</dependencies>"));
    for (String property : List.of("convnet4j.version", "tensorflow.version", "platform")) {
      Matcher value =
          Pattern.compile("<%1$s>(.*)</%1$s>".formatted(Pattern.quote(property))).matcher(pom);
      assertTrue(value.find(), property);
      tried = tried.replace("${" + property + "}", value.group(1));
    }
    String shown = blocks("README.md", XML).get(1);
    assertEquals(tried.replaceAll("\\s+", ""), shown.replaceAll("\\s+", ""));
  }
}
