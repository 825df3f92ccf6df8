package io.github.convnet4j.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * One of the signatures of a SavedModel: what it takes and returns, by name. TensorFlow Java's own
 * {@link Signature} does not give out its protocol buffer.
 */
final class ExportSignature {
  /** The signature that TensorFlow Serving uses by default. */
  private static final String DEFAULT_KEY = Signature.DEFAULT_KEY;

  private static final String METHOD = "tensorflow/serving/predict";

  private final String key;
  private final Map<String, Operand<?>> inputs = new LinkedHashMap<>();
  private final Map<String, Operand<?>> outputs = new LinkedHashMap<>();

  private ExportSignature(String key) {
    this.key = key;
  }

  /** Returns the default signature, still without inputs and outputs. */
  static ExportSignature ofDefault() {
    return of(DEFAULT_KEY);
  }

  /** Returns a signature without inputs and outputs. */
  static ExportSignature of(String key) {
    return new ExportSignature(key);
  }

  void input(String name, Operand<?> operand) {
    add(inputs, name, operand);
  }

  void output(String name, Operand<?> operand) {
    add(outputs, name, operand);
  }

  private static void add(Map<String, Operand<?>> operands, String name, Operand<?> operand) {
    if (operands.putIfAbsent(name, operand) != null) {
      throw new IllegalArgumentException(
          "an exported model must have one input or output of each name: it has several of the name"
              + " "
              + name);
    }
  }

  String key() {
    return key;
  }

  /** Returns the names of the operations that compute the inputs and outputs. */
  Stream<String> operations() {
    return Stream.concat(inputs.values().stream(), outputs.values().stream())
        .map(operand -> operand.op().name());
  }

  /** Returns the signature as TensorFlow Java's exporter takes it. */
  Signature signature() {
    Signature.Builder builder = Signature.builder().key(key).methodName(METHOD);
    inputs.forEach(builder::input);
    outputs.forEach(builder::output);
    return builder.build();
  }

  /** Returns the signature as it stands in a SavedModel. */
  SignatureDef proto() {
    SignatureDef.Builder builder = SignatureDef.newBuilder().setMethodName(METHOD);
    inputs.forEach((name, operand) -> builder.putInputs(name, info(operand.asOutput())));
    outputs.forEach((name, operand) -> builder.putOutputs(name, info(operand.asOutput())));
    return builder.build();
  }

  private static TensorInfo info(Output<?> tensor) {
    return TensorInfo.newBuilder()
        .setName(tensor.op().name() + ":" + tensor.index())
        .setDtype(tensor.dataType())
        .setTensorShape(shape(tensor.shape()))
        .build();
  }

  private static TensorShapeProto shape(Shape shape) {
    TensorShapeProto.Builder builder = TensorShapeProto.newBuilder();
    if (shape.isUnknown()) {
      return builder.setUnknownRank(true).build();
    }
    LongStream.of(shape.asArray())
        .forEach(size -> builder.addDim(TensorShapeProto.Dim.newBuilder().setSize(size)));
    return builder.build();
  }
}
