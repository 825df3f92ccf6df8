package io.github.convnet4j.augment;

import static io.github.convnet4j.augment.Transforms.brightness;
import static io.github.convnet4j.augment.Transforms.cutout;
import static io.github.convnet4j.augment.Transforms.flipHorizontally;
import static io.github.convnet4j.augment.Transforms.flipVertically;
import static io.github.convnet4j.augment.Transforms.hue;
import static io.github.convnet4j.augment.Transforms.oneOf;
import static io.github.convnet4j.augment.Transforms.randAugment;
import static io.github.convnet4j.augment.Transforms.rotate90;
import static io.github.convnet4j.augment.Transforms.sometimes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;

/** Transforms that are chosen at random for each image. */
class ChoiceTest {
  private static final int SIDE = 16;

  private static float[] photo(int channels, long seed) {
    Random random = new Random(seed);
    float[] image = new float[SIDE * SIDE * channels];
    for (int i = 0; i < image.length; i++) {
      image[i] = random.nextFloat();
    }
    return image;
  }

  @Test
  void drawsOneOfItsOptions() {
    List<Transform> options = List.of(flipHorizontally(), brightness(0.1), cutout(3));
    Choice choice = oneOf(options.toArray(Transform[]::new));
    assertEquals(options, choice.options());
    assertEquals(List.of(options.get(0)), choice.draw(Draws.of(0.3)));
    assertEquals(List.of(options.get(2)), choice.draw(Draws.of(0.7)));
  }

  @Test
  void changesOnlySomeImages() {
    Choice choice = sometimes(0.25, flipHorizontally(), brightness(0.1));
    assertEquals(2, choice.draw(Draws.of(0.24)).size());
    assertEquals(List.of(), choice.draw(Draws.of(0.25)));
    assertEquals(List.of(), sometimes(0, flipHorizontally()).draw(Draws.of(0)));
  }

  @Test
  void checksAllOptions() {
    Augmentation nested = Augmentation.of(sometimes(0.1, oneOf(hue(0.1), cutout(5))));
    nested.check(Shape.of(5, 5, 3));
    assertThrows(IllegalArgumentException.class, () -> nested.check(Shape.of(5, 5, 1)));
    assertThrows(IllegalArgumentException.class, () -> nested.check(Shape.of(4, 5, 3)));
    assertThrows(IllegalArgumentException.class, Transforms::oneOf);
  }

  /** Masks follow movements that were chosen at random, too: nothing is interpolated here. */
  @Test
  void masksFollowChosenMovements() {
    Augmentation moves =
        Augmentation.of(
            sometimes(0.5, oneOf(flipHorizontally(), rotate90())),
            brightness(0),
            sometimes(0.5, flipVertically()));
    Random random = new Random(3);
    float[] images = new float[60 * 25];
    for (int i = 0; i < images.length; i++) {
      images[i] = random.nextInt(2);
    }
    float[] masks = images.clone();
    float[] before = images.clone();
    moves.applyToBatch(images, 60, Shape.of(5, 5, 1), 1, 7);
    moves.moveMasks(masks, 60, Shape.of(5, 5), 0, 1, 7);
    assertArrayEquals(images, masks);
    assertFalse(Arrays.equals(before, images));
  }

  /** Each of 14 operations, 9 of them in two directions, and solarize does nothing at 0. */
  @Test
  void randAugmentHasTheOperationsOfTorchvision() {
    assertEquals(1 + 9 * 2 + 4, randAugment(1, 9).options().size());
    Set<Class<?>> kinds = new HashSet<>();
    randAugment(1, 9).options().forEach(option -> kinds.add(option.getClass()));
    assertTrue(
        kinds.containsAll(
            Set.of(
                Sharpness.class,
                Posterize.class,
                Solarize.class,
                AutoContrast.class,
                Equalize.class)));
    assertTrue(Augmentation.of(randAugment(1, 9)).moves());
    assertTrue(randAugment(1, 15).options().contains(new Posterize(6)));
    assertTrue(randAugment(1, 15).options().contains(new Solarize(0.5)));
    assertEquals(3, randAugment(3, 9).draw(Augmentation.random(1, 1)).size());
  }

  /** The largest movements: 0.3 is the tangent of the shear, and a translation is 150/331. */
  @Test
  void randAugmentMovesByTheAmountsOfTorchvision() {
    Set<Affine> places = new HashSet<>();
    for (Transform option : randAugment(1, 30).options()) {
      if (option instanceof Geometric geometric) {
        places.add(geometric.draw(331, 662, Draws.of()));
      }
    }
    double cos = StrictMath.cos(Math.toRadians(30));
    double sin = StrictMath.sin(Math.toRadians(30));
    Set<Affine> expected =
        Set.of(
            Affine.IDENTITY,
            Affine.linear(1, 0.3, 0, 1),
            Affine.linear(1, -0.3, 0, 1),
            Affine.linear(1, 0, 0.3, 1),
            Affine.linear(1, 0, -0.3, 1),
            rounded(new Affine(1, 0, 0, 1, 300, -0.0)),
            rounded(new Affine(1, 0, 0, 1, -300, -0.0)),
            rounded(new Affine(1, 0, 0, 1, -0.0, 150)),
            rounded(new Affine(1, 0, 0, 1, -0.0, -150)),
            Affine.linear(cos, -sin, sin, cos),
            Affine.linear(cos, sin, -sin, cos));
    Set<Affine> found = new HashSet<>();
    places.forEach(place -> found.add(rounded(place)));
    Set<Affine> wanted = new HashSet<>();
    expected.forEach(place -> wanted.add(rounded(place)));
    assertEquals(wanted, found);
  }

  private static Affine rounded(Affine place) {
    double dx = Math.rint(place.dx() * 1e6) / 1e6 + 0.0;
    double dy = Math.rint(place.dy() * 1e6) / 1e6 + 0.0;
    return new Affine(place.xx(), place.xy(), place.yx(), place.yy(), dx, dy);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4})
  void randAugmentChangesImagesWithAnyNumberOfChannels(int channels) {
    float[] photo = photo(channels, 1);
    int changed = 0;
    for (int i = 0; i < 200; i++) {
      RandomGenerator random = Augmentation.random(2, i);
      float[] result =
          Augmentation.of(randAugment(2, 20)).apply(photo, SIDE, SIDE, channels, random);
      for (float value : result) {
        assertTrue(value >= 0 && value <= 1, () -> "outside of 0 to 1: " + value);
      }
      changed += Arrays.equals(photo, result) ? 0 : 1;
    }
    assertTrue(changed > 150, "changed: " + changed);
  }

  @Test
  void randAugmentWithoutMagnitudeMovesNothing() {
    for (Transform option : randAugment(1, 0).options()) {
      if (option instanceof Geometric geometric) {
        Affine places = geometric.draw(9, 9, Draws.of());
        assertTrue(places.isIdentity(), places::toString);
      }
    }
  }

  @Test
  void refusesBadArguments() {
    assertMessage("count must be at least 1: 0", () -> randAugment(0, 9));
    assertMessage("magnitude must be from 0 to 30: 31.0", () -> randAugment(2, 31));
    assertMessage("probability must be from 0 to 1: 2.0", () -> sometimes(2));
  }

  private static void assertMessage(String message, Runnable mistake) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, mistake::run).getMessage());
  }
}
