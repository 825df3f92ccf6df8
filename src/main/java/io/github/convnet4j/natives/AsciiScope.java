package io.github.convnet4j.natives;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.DeviceSpec;
import org.tensorflow.ExecutionEnvironment;
import org.tensorflow.Graph;
import org.tensorflow.Operation;
import org.tensorflow.OperationBuilder;
import org.tensorflow.op.Scope;

/**
 * A scope that names operations like TensorFlow Java's own, {@code Const}, {@code Const_1}, …, with
 * two differences. Its numbers have ASCII digits in every locale; TensorFlow Java's follow the
 * default locale, and TensorFlow rejects {@code Const_١}. And it does not read the whole graph each
 * time a scope is entered, which makes the time quadratic in the number of layers.
 */
final class AsciiScope implements Scope {
  private final Scope base;
  private final Names names;
  private final Optional<String> name;

  /** Makes names unique within a scope. */
  private interface Names {
    /** Returns a unique full name. */
    String full(String wanted);

    /** Returns the last part of a unique name. */
    String last(String wanted);
  }

  /** Names in a scope of TensorFlow Java, which numbers them. */
  private record OuterNames(Scope outer) implements Names {
    @Override
    public String full(String wanted) {
      return ascii(outer.makeOpName(wanted));
    }

    @Override
    public String last(String wanted) {
      return ascii(outer.makeUnique(wanted));
    }
  }

  /** Names in a scope that was entered through this class. */
  private static final class InnerNames implements Names {
    private final ExecutionEnvironment env;
    private final String prefix;
    private final Map<String, Integer> used = new HashMap<>();

    InnerNames(ExecutionEnvironment env, String prefix) {
      this.env = env;
      this.prefix = prefix;
    }

    @Override
    public String full(String wanted) {
      return prefix + last(wanted);
    }

    @Override
    public String last(String wanted) {
      String unique;
      do {
        int number = used.merge(wanted, 1, Integer::sum) - 1;
        unique = number == 0 ? wanted : wanted + "_" + number;
      } while (isTaken(prefix + unique));
      return unique;
    }

    /** Returns whether an operation that was not named here has this name. */
    private boolean isTaken(String full) {
      return env instanceof Graph graph && graph.operation(full) != null;
    }
  }

  /** Wraps a scope of TensorFlow Java. */
  AsciiScope(Scope base) {
    this(base, new OuterNames(base), Optional.empty());
  }

  private AsciiScope(Scope base, Names names, Optional<String> name) {
    this.base = base;
    this.names = names;
    this.name = name;
  }

  private AsciiScope over(Scope newBase) {
    return new AsciiScope(newBase, names, name);
  }

  @Override
  public ExecutionEnvironment env() {
    return base.env();
  }

  @Override
  public AsciiScope withSubScope(String childScopeName) {
    checkName(childScopeName);
    return new AsciiScope(
        base, new InnerNames(env(), makeOpName(childScopeName) + "/"), Optional.empty());
  }

  @Override
  public AsciiScope withName(String opName) {
    checkName(opName);
    return new AsciiScope(base, names, Optional.of(opName));
  }

  @Override
  public AsciiScope withNameAsSubScope(String defaultName) {
    return withSubScope(defaultName);
  }

  /** Lets TensorFlow Java reject an invalid name, with its own message. */
  private void checkName(String opName) {
    base.withName(opName);
  }

  @Override
  public String makeOpName(String defaultName) {
    return names.full(name.orElse(defaultName));
  }

  @Override
  public String makeUnique(String id) {
    return names.last(id);
  }

  @Override
  public void refreshNames() {
    base.refreshNames();
  }

  @Override
  public AsciiScope withDevice(DeviceSpec device) {
    return over(base.withDevice(device));
  }

  @Override
  public AsciiScope withInitScope() {
    return over(base.withInitScope());
  }

  @Override
  public AsciiScope withControlDependencyOps(Iterable<Operation> controls) {
    return over(base.withControlDependencyOps(controls));
  }

  @Override
  public OperationBuilder apply(OperationBuilder builder) {
    return base.apply(builder);
  }

  @Override
  public boolean isInit() {
    return base.isInit();
  }

  @Override
  public String getDeviceString() {
    return base.getDeviceString();
  }

  private static String ascii(String name) {
    if (name.chars().allMatch(c -> c < 128)) {
      return name;
    }
    StringBuilder ascii = new StringBuilder();
    name.codePoints()
        .map(c -> Character.isDigit(c) ? '0' + Character.digit(c, 10) : c)
        .forEach(ascii::appendCodePoint);
    return ascii.toString();
  }
}
