package io.github.convnet4j.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;

/** Operations have the same names as in TensorFlow Java, in every locale. */
class GraphOpsTest {
  static List<Locale> locales() {
    return Locales.withOtherDigits();
  }

  @Test
  void theJdkHasLocalesWithOtherDigits() {
    assertFalse(locales().isEmpty());
  }

  /**
   * Returns the names of operations in scopes that are entered once, twice and within each other.
   */
  private static List<String> names(Ops tf) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      names.add(tf.constant(i).op().name());
      names.add(tf.withName("given").constant(i).op().name());
      Ops outer = tf.withSubScope("outer");
      names.add(outer.constant(i).op().name());
      names.add(outer.constant(i).op().name());
      Ops inner = outer.withSubScope("Const");
      names.add(inner.withName("x").constant(i).op().name());
      names.add(inner.withName("scope").withSubScope("ignored").constant(i).op().name());
      names.add(inner.withControlDependencies(List.of(inner.constant(1))).constant(2).op().name());
    }
    return names;
  }

  @Test
  void namesEqualThoseOfTensorFlowJava() {
    try (Graph ours = new Graph();
        Graph theirs = new Graph()) {
      assertEquals(names(Ops.create(theirs)), names(GraphOps.of(ours)));
    }
  }

  @ParameterizedTest
  @MethodSource("locales")
  void namesAreTheSameInEveryLocale(Locale locale) throws Exception {
    try (Graph english = new Graph();
        Graph other = new Graph()) {
      List<String> expected = names(GraphOps.of(english));
      Locales.in(locale, () -> assertEquals(expected, names(GraphOps.of(other))));
    }
  }

  /** The reason for {@link GraphOps}: TensorFlow's sessions reject {@code Const_١}. */
  @Test
  void tensorFlowJavaAloneFailsInALocaleWithOtherDigits() throws Exception {
    Locales.in(
        Locale.forLanguageTag("ar-EG-u-nu-arab"),
        () -> {
          try (Graph graph = new Graph();
              Session session = new Session(graph)) {
            Ops tf = Ops.create(graph);
            tf.constant(1);
            assertThrows(
                RuntimeException.class, () -> session.runner().fetch(tf.constant(2)).run().close());
          }
        });
  }

  @Test
  void theCallersScopeKeepsItsNameAndControlDependencies() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Ops theirs = tf.withSubScope("mine").withControlDependencies(List.of(tf.constant(1)));
      String name = GraphOps.of(theirs).withSubScope("net").constant(2).op().name();
      assertEquals("mine/net/Const", name);
      assertEquals(
          List.of("^Const"),
          graph.toGraphDef().getNodeList().stream()
              .filter(node -> node.getName().equals(name))
              .flatMap(node -> node.getInputList().stream())
              .toList());
    }
  }

  @Test
  void skipsNamesOfExistingOperations() {
    try (Graph graph = new Graph()) {
      Ops ours = GraphOps.of(graph).withSubScope("a");
      graph.opBuilder("NoOp", "a/x", graph.baseScope()).build();
      assertEquals("a/x_1", ours.withName("x").constant(1).op().name());
    }
  }

  @Test
  void rejectsNamesThatTensorFlowRejects() {
    try (Graph graph = new Graph()) {
      Ops tf = GraphOps.of(graph);
      assertThrows(IllegalArgumentException.class, () -> tf.withName("a b"));
      assertThrows(IllegalArgumentException.class, () -> tf.withSubScope("a/b"));
    }
  }
}
