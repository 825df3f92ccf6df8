package io.github.convnet4j.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.types.TFloat32;

class NativeGraphTest {
  /** Closing in the wrong order would wait forever. */
  private static final Duration GUARD = Duration.ofSeconds(60);

  @Test
  void aFailureWithAnOpenSessionClosesBothAndIsThrown() {
    List<Graph> opened = new ArrayList<>();
    IllegalStateException fault = new IllegalStateException("while initial values are computed");
    assertTimeoutPreemptively(
        GUARD,
        () ->
            assertSame(
                fault,
                assertThrows(
                    IllegalStateException.class,
                    () ->
                        NativeGraph.openFor(
                            nativeGraph -> {
                              opened.add(nativeGraph.graph());
                              nativeGraph.ops().constant(1);
                              nativeGraph.session();
                              throw fault;
                            }))));
    assertThrows(IllegalStateException.class, () -> opened.get(0).operations().hasNext());
  }

  @Test
  void closesOnceWithAndWithoutASession() {
    assertTimeoutPreemptively(
        GUARD,
        () -> {
          NativeGraph without = NativeGraph.open();
          without.close();
          without.close();
          NativeGraph with = NativeGraph.open();
          var three = with.ops().constant(3f);
          try (Result result = with.session().runner().fetch(three).run()) {
            assertEquals(3f, ((TFloat32) result.get(0)).getFloat());
          }
          assertSame(with.session(), with.session());
          with.close();
          with.close();
        });
  }
}
