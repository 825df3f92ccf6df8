package io.github.convnet4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** Whatever is done to examples, it remains known how they were made from files. */
class InputFormatTest {
  private record Named(String name) implements InputFormat {}

  private static final InputFormat FORMAT = new Named("inverted");

  private static DataSet plain() {
    return DataSet.of(new byte[] {1, 2, 3, 4}, new int[] {0, 1, 0, 1}, Shape.of(1, 1, 1), 2);
  }

  private static DataSet of(InputFormat format) {
    return DataSet.of(plain().images().format(format), new int[] {0, 1, 0, 1}, 2);
  }

  private static void assertKept(Source examples) {
    assertEquals(Optional.of(FORMAT), examples.inputFormat(), examples::toString);
  }

  @Test
  void viewsKeepTheFormat() {
    DataSet data = of(FORMAT);
    Source source = TargetSet.of(data, new float[] {1, 2, 3, 4}, 1);
    assertKept(data);
    assertKept(data.subset(1, 3));
    assertKept(data.select(new int[] {3, 0}));
    assertKept(source);
    assertKept(source.select(new int[] {1}));
    assertKept(source.withInputsAsTargets());
    assertKept(source.withWeights(1, 2, 3, 4));
    assertKept(data.filter(i -> i > 0));
  }

  @Test
  void joinedExamplesHaveTheFormatOfBothOrTheOnlyOneThatIsKnown() {
    DataSet data = of(FORMAT);
    assertKept(DataSet.concat(data, of(FORMAT)));
    assertKept(DataSet.concat(data, plain()));
    assertKept(DataSet.concat(plain(), data));
    assertKept(DataSet.concat(data.subset(0, 1), data.subset(2, 3)));
    assertEquals(Optional.empty(), DataSet.concat(data, of(new Named("as it is"))).inputFormat());
    assertEquals(Optional.empty(), DataSet.concat(plain(), plain()).inputFormat());
  }
}
