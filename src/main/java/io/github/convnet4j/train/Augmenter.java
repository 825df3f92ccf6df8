package io.github.convnet4j.train;

import io.github.convnet4j.augment.Affine;
import io.github.convnet4j.augment.Augmentation;
import io.github.convnet4j.data.ExampleBatch;
import io.github.convnet4j.task.Coordinates;
import io.github.convnet4j.task.TargetMovement;
import io.github.convnet4j.train.Heads.Head;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.ndarray.Shape;

/** Changes the images of batches at random, and their targets with them. */
final class Augmenter {
  private final Augmentation augmentation;
  private final List<Shape> inputs;
  private final Heads<?> heads;
  private final long seed;

  /**
   * @param inputs shapes of the inputs of one example
   */
  Augmenter(Augmentation augmentation, List<Shape> inputs, Heads<?> heads, long seed) {
    this.augmentation = augmentation;
    this.inputs = inputs;
    this.heads = heads;
    this.seed = seed;
  }

  /**
   * Checks that an augmentation suits the inputs, and that the targets can follow.
   *
   * @param inputs shapes of the inputs of one example
   * @throws IllegalArgumentException if not
   */
  static void check(Augmentation augmentation, int batchSize, List<Shape> inputs, Heads<?> heads) {
    if (augmentation.transforms().isEmpty()) {
      return;
    }
    List<Shape> images = images(inputs);
    if (images.isEmpty()) {
      throw new IllegalArgumentException(
          "augment needs an input of images [height, width, channels]: the network has " + inputs);
    }
    images.forEach(augmentation::check);
    if (augmentation.moves()) {
      heads.all().forEach(head -> checkMovement(augmentation, head, images));
    }
    if (augmentation.mixes()) {
      checkMixing(batchSize, inputs, heads);
    }
  }

  private static List<Shape> images(List<Shape> inputs) {
    return inputs.stream().filter(Normalization::isImage).toList();
  }

  private static boolean allHaveSize(List<Shape> images, Shape size) {
    return images.stream().allMatch(image -> image.take(2).equals(size));
  }

  private static void checkMovement(Augmentation augmentation, Head<?> head, List<Shape> images) {
    TargetMovement movement =
        head.task()
            .targetMovement(head.output())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "augment needs a task that says how its targets follow moved images"
                            + " (targetMovement): "
                            + head.task()));
    switch (movement.kind()) {
      case NONE -> {}
      case COORDINATES -> {
        if (!allHaveSize(images, images.get(0).take(2))) {
          throw new IllegalArgumentException(
              "augment needs images of one size, since points and boxes move with them: they are "
                  + images);
        }
      }
      case MASK, IMAGE -> {
        if (!allHaveSize(images, head.target().take(2))) {
          throw new IllegalArgumentException(
              "augment needs targets of the height and width of the images, which are moved together: the images are %s, the targets %s"
                  .formatted(images, head.target()));
        }
        if (movement.kind() == TargetMovement.Kind.IMAGE) {
          Augmentation.none().fill(augmentation.fill()).check(head.target());
        }
      }
    }
  }

  private static void checkMixing(int batchSize, List<Shape> inputs, Heads<?> heads) {
    for (Head<?> head : heads.all()) {
      if (!head.task().mixesTargets()) {
        throw new IllegalArgumentException(
            "augment: mixUp and cutMix need targets that can be mixed, such as classes or labels"
                + " (mixesTargets), but the task is "
                + head.task());
      }
    }
    if (images(inputs).size() < inputs.size() || !allHaveSize(inputs, inputs.get(0).take(2))) {
      throw new IllegalArgumentException(
          "augment: mixUp and cutMix need inputs that are all images of one size: they are "
              + inputs);
    }
    if (batchSize < 2) {
      throw new IllegalArgumentException(
          "augment: mixUp and cutMix mix images of one batch, so batchSize must be at least 2: "
              + batchSize);
    }
  }

  /**
   * Changes a batch.
   *
   * @param batch changed in place
   * @param position the number of its first example in the training run
   * @return the targets that metrics compare predictions with; see {@link TrainingBatch#judgedBy}
   */
  List<float[]> augment(ExampleBatch batch, long position) {
    if (augmentation.transforms().isEmpty()) {
      return batch.targets();
    }
    for (int i = 0; i < inputs.size(); i++) {
      if (Normalization.isImage(inputs.get(i))) {
        augmentation.applyToBatch(
            batch.inputs().get(i), batch.size(), inputs.get(i), seed, position);
      }
    }
    Shape image = images(inputs).get(0);
    if (augmentation.moves()) {
      for (int i = 0; i < heads.all().size(); i++) {
        move(heads.all().get(i), batch.targets().get(i), batch.size(), image, position);
      }
    }
    if (!augmentation.mixes()) {
      return batch.targets();
    }
    List<float[]> larger = new ArrayList<>();
    for (float[] targets : batch.targets()) {
      larger.add(augmentation.mixTargets(targets, batch.size(), image, seed, position));
    }
    return larger;
  }

  private void move(Head<?> head, float[] targets, int size, Shape image, long position) {
    TargetMovement movement = head.task().targetMovement(head.output()).orElseThrow();
    switch (movement.kind()) {
      case NONE -> {}
      case MASK ->
          augmentation.moveMasks(targets, size, head.target(), movement.outside(), seed, position);
      case IMAGE -> augmentation.moveImages(targets, size, head.target(), seed, position);
      case COORDINATES -> move(movement.coordinates(), targets, size, image, position);
    }
  }

  private void move(
      List<Coordinates> coordinates, float[] targets, int size, Shape image, long position) {
    int height = Math.toIntExact(image.get(0));
    int width = Math.toIntExact(image.get(1));
    int n = targets.length / size;
    for (int i = 0; i < size; i++) {
      Affine places = augmentation.movement(height, width, seed, position + i);
      if (!places.isIdentity()) {
        Affine visible = places.inverse();
        for (Coordinates each : coordinates) {
          each.move(
              targets,
              i * n,
              n,
              height,
              width,
              at ->
                  new Coordinates.Point(
                      visible.mapX(at.x(), at.y()), visible.mapY(at.x(), at.y())));
        }
      }
    }
  }
}
