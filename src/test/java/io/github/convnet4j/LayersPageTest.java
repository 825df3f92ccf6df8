package io.github.convnet4j;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.convnet4j.initializer.Initializers;
import io.github.convnet4j.layer.Layers;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.optimizer.Optimizers;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/layers.md} lists everything that the builder has. */
class LayersPageTest {
  @ParameterizedTest
  @ValueSource(classes = {Layers.class, Initializers.class, Optimizers.class, Losses.class})
  void everyFactoryMethodHasARow(Class<?> factories) throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("docs", "layers.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.substring(0, line.indexOf(" |")))
            .toList();
    List<String> missing =
        Arrays.stream(factories.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .map(Method::getName)
            .distinct()
            .filter(name -> rows.stream().noneMatch(row -> row.contains("`" + name + "(")))
            .sorted()
            .toList();
    assertEquals(List.of(), missing);
  }
}
