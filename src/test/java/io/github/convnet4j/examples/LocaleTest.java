package io.github.convnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples print the same in every locale, even with other digits and letters. */
class LocaleTest {
  private static final Locale BEFORE = Locale.getDefault();
  private static final Locale ARABIC_DIGITS = Locale.forLanguageTag("ar-EG-u-nu-arab");

  @TempDir private Path folder;

  @BeforeEach
  void useOtherDigits() {
    Locale.setDefault(ARABIC_DIGITS);
    assertEquals("\u0661", String.format("%d", 1));
  }

  @AfterEach
  void restore() {
    Locale.setDefault(BEFORE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "3", "4", "5"})
  void smallExamplesPrintWhatPythonPrints(String number) {
    Recorder recorder = new Recorder();
    assertEquals(0, recorder.execute("Ex11_" + number), recorder::messages);
    assertEquals(Recorder.printedByPython("ex11_" + number + ".txt"), recorder.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ex11_6", "Ex11_7", "Ex11_2Notes", "Ex11_3Notes", "MaxPoolSlide"})
  void otherExamplesPrintTheSameAsInTheRootLocale(String example) {
    List<String> command = new ArrayList<>(List.of(example));
    if (example.equals("Ex11_6") || example.equals("Ex11_7")) {
      command.addAll(List.of("--data", DigitFolder.writeInto(folder).toString()));
    }
    assertSameAsInTheRootLocale(command);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ex11_8", "Ex11_9", "Ex11_9Builder"})
  void trainingPrintsTheSameAsInTheRootLocale(String example) {
    String data = DigitFolder.writeInto(folder).toString();
    assertSameAsInTheRootLocale(
        List.of(example, "--data", data, "--epochs", "1", "--batch-size", "200"));
  }

  @Test
  void restoresTheLocale() {
    new Recorder().execute("Ex11_1");
    assertEquals(ARABIC_DIGITS, Locale.getDefault(Locale.Category.FORMAT));
  }

  private static void assertSameAsInTheRootLocale(List<String> command) {
    String inArabic = run(command);
    Locale.setDefault(Locale.ROOT);
    assertEquals(run(command), inArabic);
    assertTrue(inArabic.chars().noneMatch(c -> Character.isDigit(c) && c > '9'), inArabic);
  }

  private static String run(List<String> command) {
    Recorder recorder = new Recorder();
    assertEquals(0, recorder.execute(command.toArray(String[]::new)), recorder::messages);
    return recorder.out();
  }
}
