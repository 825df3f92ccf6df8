package io.github.convnet4j.augment;

import io.github.convnet4j.check.Require;
import java.util.random.RandomGenerator;

/** See {@link Transforms#randomResizedCrop(double, double, double, double)}. */
record ResizedCrop(double areaFrom, double areaTo, double aspectFrom, double aspectTo)
    implements Geometric {
  /** How many shapes are drawn, if they do not fit into the image. As in torchvision. */
  private static final int ATTEMPTS = 10;

  ResizedCrop {
    Require.positiveFloat("areaFrom", areaFrom);
    Require.between("areaTo", areaTo, 0, 1);
    Require.notBelow("areaTo", areaTo, "areaFrom", areaFrom);
    Require.positiveFloat("aspectFrom", aspectFrom);
    Require.positiveFloat("aspectTo", aspectTo);
    Require.notBelow("aspectTo", aspectTo, "aspectFrom", aspectFrom);
  }

  @Override
  public Affine draw(int height, int width, RandomGenerator random) {
    for (int i = 0; i < ATTEMPTS; i++) {
      double area = Uniform.between(areaFrom, areaTo, random) * height * width;
      double aspect =
          StrictMath.exp(
              Uniform.between(StrictMath.log(aspectFrom), StrictMath.log(aspectTo), random));
      double cropWidth = Math.sqrt(area * aspect);
      double cropHeight = Math.sqrt(area / aspect);
      if (cropWidth <= width && cropHeight <= height) {
        double right = Uniform.around0((width - cropWidth) / 2, random);
        double down = Uniform.around0((height - cropHeight) / 2, random);
        return new Affine(cropWidth / width, 0, 0, cropHeight / height, right, down);
      }
    }
    return central((double) width / height);
  }

  /** Returns the largest part of the image with an aspect ratio that is allowed. */
  private Affine central(double aspect) {
    double allowed = Math.max(aspectFrom, Math.min(aspect, aspectTo));
    return allowed < aspect
        ? Affine.linear(allowed / aspect, 0, 0, 1)
        : Affine.linear(1, 0, 0, aspect / allowed);
  }
}
