package io.github.convnet4j.examples.numpy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code src/test/python/print_random.py} prints the expected numbers. */
class PythonRandomTest {
  @ParameterizedTest
  @CsvSource({
    "0, 6311 6890 663 4242 8376, 1043521775 869589433 651359105, 5 1 111",
    "1, 2201 9325 1033 4179 1931, 1063938746 965274702 1014138925, 5 0 48",
    "777, 3757 7304 7300 6039 9429, 579466447 721862984 85850729, 5 1 147",
    "-777, 3757 7304 7300 6039 9429, 579466447 721862984 85850729, 5 1 147",
    "2147483647, 5206 1972 3216 4757 5443, 16056690 415206101 330181608, 5 1 173"
  })
  void drawsTheSameNumbersAsPython(int seed, String tens, String wide, String narrow) {
    PythonRandom random = PythonRandom.seed(seed);
    assertEquals(
        numbers(tens), IntStream.range(0, 5).mapToObj(i -> random.randint(0, 9999)).toList());
    assertEquals(
        numbers(wide), IntStream.range(0, 3).mapToObj(i -> random.randint(-3, 1 << 30)).toList());
    assertEquals(
        numbers(narrow),
        List.of(random.randint(5, 5), random.randint(0, 1), random.randint(0, 255)));
  }

  @Test
  void refusesARangeThatIsEmptyOrTooWide() {
    PythonRandom random = PythonRandom.seed(777);
    assertThrows(IllegalArgumentException.class, () -> random.randint(1, 0));
    assertThrows(IllegalArgumentException.class, () -> random.randint(-1, Integer.MAX_VALUE));
    assertThrows(IllegalArgumentException.class, () -> PythonRandom.seed(Integer.MIN_VALUE));
  }

  private static List<Integer> numbers(String text) {
    return Arrays.stream(text.split(" ")).map(Integer::valueOf).toList();
  }
}
