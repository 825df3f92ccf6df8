package io.github.convnet4j.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Reads what Keras has trained and saved of the files that were exported: {@code
 * src/test/python/check_keras_export.py} writes it. Skipped if there is nothing.
 */
class KerasTrainedTest {
  private static final Path EXPORTS = Path.of("target", "keras-exports");

  @Test
  void whatKerasTrainedPredictsTheSameHere() throws IOException {
    assumeTrue(Files.isDirectory(EXPORTS), "nothing was exported");
    List<Path> folders;
    try (Stream<Path> all = Files.list(EXPORTS)) {
      folders = all.filter(folder -> Files.exists(folder.resolve("trained.json"))).toList();
    }
    assumeTrue(!folders.isEmpty(), "Keras has trained nothing");
    for (Path folder : folders) {
      KerasModel exported = KerasModel.read(folder.resolve("model.keras"));
      KerasModel trained = KerasModel.read(folder.resolve("trained.keras"));
      assertEquals(exported.network(), trained.network(), folder.toString());
      assertEquals(exported.weights().names(), trained.weights().names());
      try (KerasRun run = new KerasRun(trained.networkWithActivations(), trained.weights())) {
        for (JsonNode example :
            new ObjectMapper().readTree(folder.resolve("trained.json").toFile())) {
          Map<String, float[]> inputs = new HashMap<>();
          example
              .path("inputs")
              .properties()
              .forEach(e -> inputs.put(e.getKey(), floats(e.getValue())));
          for (KerasOutput output : trained.outputs()) {
            float[] expected = floats(example.path("outputs").path(output.name()));
            float[] found = run.fetch(inputs, run.output(output.name())).get(0);
            double difference = KerasRun.difference(expected, found);
            assertTrue(difference < 1e-5, () -> folder + " " + output.name() + " " + difference);
          }
        }
      }
    }
  }

  private static float[] floats(JsonNode json) {
    float[] floats = new float[json.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) json.get(i).doubleValue();
    }
    return floats;
  }
}
