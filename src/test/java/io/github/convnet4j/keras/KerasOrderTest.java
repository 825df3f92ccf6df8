package io.github.convnet4j.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of layers is the one that Keras writes, however they are listed. */
class KerasOrderTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"branches.keras", "operators.keras", "siamese.keras"})
  void isThatOfAFileOfKeras(String name) throws IOException {
    check(KerasFiles.unpack("keras-3.15.1", name, folder));
  }

  static void check(Path path) {
    try (KerasFile file = KerasFile.open(path)) {
      ModelEntry model = ConfigReader.read(path.toString(), file.config().orElseThrow());
      List<LayerEntry> shuffled = new ArrayList<>(model.layers());
      Collections.shuffle(shuffled, new Random(4));
      assertEquals(
          model.layers().stream().map(LayerEntry::name).toList(),
          KerasOrder.of(shuffled, model.outputs()).stream().map(LayerEntry::name).toList());
    }
  }

  @Test
  void aChainOfThousandsOfLayers() {
    List<LayerEntry> layers = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      List<LayerCall> calls =
          i == 0
              ? List.of()
              : List.of(
                  new LayerCall(List.of(new LayerCall.Tensor("layer" + (i - 1), 0, 0)), false));
      layers.add(layer("layer" + i, calls));
    }
    List<LayerEntry> reversed = new ArrayList<>(layers);
    Collections.reverse(reversed);
    assertEquals(
        layers, KerasOrder.of(reversed, List.of(new LayerCall.Tensor("layer19999", 0, 0))));
  }

  private static LayerEntry layer(String name, List<LayerCall> calls) {
    return new LayerEntry(
        "Dense", name, name, MissingNode.getInstance(), calls, Optional.empty(), false);
  }
}
