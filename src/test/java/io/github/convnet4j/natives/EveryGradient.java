package io.github.convnet4j.natives;

import io.github.convnet4j.RiskyCases;
import io.github.convnet4j.RiskyCases.Case;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.OpDef;
import org.tensorflow.types.TFloat32;

/**
 * A program that differentiates each operation of TensorFlow with respect to each of its operands
 * of float32, which is a variable, a reference to one, or a value, and computes the derivative.
 */
final class EveryGradient {
  static final String COMPUTED = "computed";

  /** It has no derivative, or needs operands that this program does not make. */
  private static final String NONE = "no derivative";

  private static final List<Shape> SHAPES = List.of(Shape.of(2, 2), Shape.of(1, 2, 2, 1));

  /**
   * Operations whose shapes TensorFlow infers without a check of its operands, before derivatives.
   */
  private static final List<String> UNSAFE = List.of("BoostedTrees");

  /** What an operand is. */
  private enum Kind {
    VARIABLE,
    REFERENCE,
    ASSIGNED,
    IDENTITY,
    CONSTANT
  }

  /**
   * How operands are made.
   *
   * @param shape of those of float32
   * @param scalars whether integers are scalars
   */
  private record Form(Shape shape, boolean scalars) {}

  private final Graph graph;
  private final Ops tf;
  private final OpDef type;
  private final Form form;

  private EveryGradient(Graph graph, OpDef type, Form form) {
    this.graph = graph;
    this.tf = Ops.create(graph);
    this.type = type;
    this.form = form;
  }

  /** The arguments are those of {@link RiskyCases#run}. */
  public static void main(String[] args) {
    List<Case> cases = new ArrayList<>();
    for (OpDef type : TensorFlow.registeredOpList().getOpList()) {
      if (UNSAFE.stream().anyMatch(type.getName()::startsWith)) {
        continue;
      }
      for (int i = 0; i < type.getInputArgCount(); i++) {
        int operand = i;
        if (typeOf(type, type.getInputArg(i)) == DataType.DT_FLOAT) {
          for (Kind kind : Kind.values()) {
            cases.add(
                new Case(
                    "%s, operand %d: %s".formatted(type.getName(), i, kind),
                    () -> outcome(type, operand, kind)));
          }
        }
      }
    }
    RiskyCases.run(cases, args);
  }

  private static String outcome(OpDef type, int operand, Kind kind) {
    for (Shape shape : SHAPES) {
      for (boolean scalars : List.of(true, false)) {
        try (Graph graph = new Graph()) {
          Optional<String> outcome =
              new EveryGradient(graph, type, new Form(shape, scalars)).differentiate(operand, kind);
          if (outcome.isPresent()) {
            return outcome.get();
          }
        }
      }
    }
    return NONE;
  }

  /** Returns nothing if the operation cannot be made of these operands, or has no derivative. */
  private Optional<String> differentiate(int operand, Kind kind) {
    Operand<TFloat32> values = tf.fill(tf.constant(form.shape()), tf.constant(0.5f));
    Variable<TFloat32> variable = tf.withName("variable").variable(values);
    Operand<TFloat32> source =
        switch (kind) {
          case VARIABLE -> variable;
          case REFERENCE -> tf.refIdentity(variable);
          case ASSIGNED -> tf.assign(variable, values);
          case IDENTITY -> tf.identity(variable);
          case CONSTANT -> values;
        };
    Operation operation;
    try {
      operation = build(operand, source);
    } catch (RuntimeException e) {
      return Optional.empty();
    }
    Optional<Operand<TFloat32>> result = result(operation);
    if (result.isEmpty()) {
      return Optional.empty();
    }
    Operand<TFloat32> by = kind == Kind.CONSTANT ? values : variable;
    return Derivatives.of(graph, result.get(), List.of(by)).get(0).map(this::compute);
  }

  private String compute(Operand<TFloat32> derivative) {
    try (Session session = new Session(graph)) {
      session.initialize();
      session.runner().fetch(derivative).run().close();
      return COMPUTED;
    } catch (TensorFlowException e) {
      return "fails: " + e.getMessage().lines().findFirst().orElse("");
    }
  }

  private Operation build(int operand, Operand<TFloat32> source) {
    OperationBuilder builder = tf.scope().opBuilder(type.getName(), "tried");
    Set<String> known = new HashSet<>();
    for (int i = 0; i < type.getInputArgCount(); i++) {
      OpDef.ArgDef input = type.getInputArg(i);
      Output<?> value = (i == operand ? source : constant(typeOf(type, input))).asOutput();
      known.add(input.getTypeAttr());
      known.add(input.getNumberAttr());
      if (input.getNumberAttr().isEmpty()) {
        builder.addInput(value);
      } else {
        builder.addInputList(new Output<?>[] {value, value});
      }
    }
    for (OpDef.AttrDef attribute : type.getAttrList()) {
      if (!attribute.hasDefaultValue() && !known.contains(attribute.getName())) {
        set(builder, attribute);
      }
    }
    return builder.build();
  }

  private static void set(OperationBuilder builder, OpDef.AttrDef attribute) {
    String name = attribute.getName();
    switch (attribute.getType()) {
      case "type" -> builder.setAttr(name, first(attribute));
      case "int" -> builder.setAttr(name, 1L);
      case "float" -> builder.setAttr(name, 0.5f);
      case "bool" -> builder.setAttr(name, false);
      case "shape" -> builder.setAttr(name, Shape.scalar());
      case "list(int)" -> builder.setAttr(name, new long[] {1, 1, 1, 1});
      case "string" ->
          builder.setAttr(name, attribute.getAllowedValues().getList().getS(0).toStringUtf8());
      default -> throw new IllegalStateException(attribute.getType());
    }
  }

  private Operand<?> constant(DataType of) {
    return switch (of) {
      case DT_FLOAT -> tf.fill(tf.constant(form.shape()), tf.constant(0.5f));
      case DT_INT32 -> form.scalars() ? tf.constant(0) : tf.constant(new int[] {0, 1});
      case DT_INT64 -> form.scalars() ? tf.constant(0L) : tf.constant(new long[] {0, 1});
      case DT_BOOL -> tf.constant(true);
      case DT_STRING -> tf.constant("a");
      default -> throw new IllegalStateException(of.name());
    };
  }

  /** Returns the first output that is of float32. */
  private Optional<Operand<TFloat32>> result(Operation operation) {
    for (int i = 0; i < operation.numOutputs(); i++) {
      Output<TFloat32> output = operation.output(i);
      switch (output.dataType()) {
        case DT_FLOAT -> {
          return Optional.of(output);
        }
        case DT_FLOAT_REF -> {
          return Optional.of(tf.identity(output));
        }
        default -> {}
      }
    }
    return Optional.empty();
  }

  /** Returns the type of an input: float32 if it may be. */
  private static DataType typeOf(OpDef type, OpDef.ArgDef input) {
    return type.getAttrList().stream()
        .filter(attribute -> attribute.getName().equals(input.getTypeAttr()))
        .map(EveryGradient::first)
        .findFirst()
        .orElse(input.getType());
  }

  /** Returns float32, or the first type that an attribute allows. */
  private static DataType first(OpDef.AttrDef attribute) {
    List<DataType> allowed = attribute.getAllowedValues().getList().getTypeList();
    return allowed.isEmpty() || allowed.contains(DataType.DT_FLOAT)
        ? DataType.DT_FLOAT
        : allowed.get(0);
  }
}
