package io.github.convnet4j.layer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Gives each example another shape with the same number of values, in the same order, with the last
 * dimension varying fastest: {@code [n] -> [height, width, channels]}, for example.
 *
 * @param sizes the new shape of one example; one size may be -1, which stands for the size that
 *     fits
 */
public record Reshape(List<Integer> sizes) implements Layer {
  /** Checks the sizes, and keeps a copy of the list. */
  public Reshape {
    sizes = List.copyOf(sizes);
    if (sizes.isEmpty()) {
      throw new IllegalArgumentException("reshape: sizes must be at least one size: " + sizes);
    }
    if (sizes.stream().anyMatch(size -> size < 1 && size != -1)
        || Collections.frequency(sizes, -1) > 1) {
      throw new IllegalArgumentException(
          "reshape: sizes must be at least 1, except for one that may be -1: " + sizes);
    }
  }

  @Override
  public String kind() {
    return "reshape";
  }

  @Override
  public Shape outputShape(Shape input) {
    long given = 1;
    for (int size : sizes) {
      given = Math.multiplyExact(given, (long) Math.max(size, 1));
    }
    long values = new Flatten().outputShape(input).get(0);
    if (sizes.contains(-1) ? values % given != 0 : values != given) {
      throw new IllegalArgumentException(
          "its sizes must have as many values as its input, %d: %s has %s%d"
              .formatted(values, sizes, sizes.contains(-1) ? "a multiple of " : "", given));
    }
    List<Long> shape = new ArrayList<>();
    for (int size : sizes) {
      shape.add(size == -1 ? values / given : size);
    }
    return Shape.of(shape.stream().mapToLong(Long::longValue).toArray());
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    Shape shape = outputShape(context.inputShape()).prepend(-1);
    return context.tf().reshape(input, context.tf().constant(shape));
  }
}
