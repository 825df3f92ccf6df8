package io.github.convnet4j.natives;

import org.tensorflow.ConcreteFunction;
import org.tensorflow.ExecutionEnvironment;
import org.tensorflow.Graph;
import org.tensorflow.Operation;
import org.tensorflow.OperationBuilder;
import org.tensorflow.op.Ops;
import org.tensorflow.op.Scope;

/** Operations that have the same names in every locale, and are created in linear time. */
public final class GraphOps {
  private GraphOps() {}

  /** Returns the operations at the root of a graph. */
  public static Ops of(Graph graph) {
    return create(new AsciiScope(graph.baseScope()));
  }

  /** Returns operations in the same scope, with the same device and control dependencies. */
  public static Ops of(Ops tf) {
    Scope scope = tf.scope();
    return scope instanceof AsciiScope ? tf : create(new AsciiScope(scope));
  }

  private static Ops create(AsciiScope scope) {
    return Ops.create(new ScopeHolder(scope));
  }

  /** The only way to pass a scope to {@link Ops}: as the base scope of an environment. */
  private record ScopeHolder(Scope baseScope) implements ExecutionEnvironment {
    @Override
    public OperationBuilder opBuilder(String type, String name, Scope scope) {
      return baseScope.env().opBuilder(type, name, scope);
    }

    @Override
    public void attachFunction(ConcreteFunction function) {
      baseScope.env().attachFunction(function);
    }

    @Override
    public void checkInput(Operation input) {
      baseScope.env().checkInput(input);
    }

    @Override
    public Types environmentType() {
      return baseScope.env().environmentType();
    }

    @Override
    public boolean isInitializer(Operation operation) {
      return baseScope.env().isInitializer(operation);
    }
  }
}
