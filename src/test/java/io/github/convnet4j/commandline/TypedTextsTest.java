package io.github.convnet4j.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.augment.Augmentation;
import io.github.convnet4j.augment.Fill;
import io.github.convnet4j.augment.Transforms;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.schedule.Schedules;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** Reads values as a user types them. */
class TypedTextsTest {
  @ParameterizedTest
  @CsvSource({"90s, PT1M30S", "10m, PT10M", "1h30m, PT1H30M", "2h5s, PT2H5S"})
  void readsTimes(String text, Duration expected) {
    assertEquals(expected, new TimeSpan().convert(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0s", "5", "m", "-5m", "30m1h", "1.5h", "9999999s"})
  void refusesOtherTimes(String text) {
    assertThrows(TypeConversionException.class, () -> new TimeSpan().convert(text));
  }

  @Test
  void readsSizes() {
    assertEquals(new PictureFormat.Size(64, 64), new PictureSize().convert("64"));
    assertEquals(new PictureFormat.Size(48, 64), new PictureSize().convert("48x64"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "64x", "x64", "64x0", "64 x 64", "-3", "100000"})
  void refusesOtherSizes(String text) {
    assertThrows(TypeConversionException.class, () -> new PictureSize().convert(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "black | 0 | 0 | 0 | black",
        "White | 255 | 255 | 255 | white",
        "128 | 128 | 128 | 128 | 128",
        "255,128,0 | 255 | 128 | 0 | 255,128,0"
      })
  void readsColours(String text, int red, int green, int blue, String again) {
    PictureFormat.Rgb colour = new PadColour().convert(text);
    assertEquals(new PictureFormat.Rgb(red, green, blue), colour);
    assertEquals(again, PadColour.text(colour));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "red", "256", "-1", "1,2", "1,2,3,4", "0,0,999"})
  void refusesOtherColours(String text) {
    assertThrows(TypeConversionException.class, () -> new PadColour().convert(text));
  }

  @Test
  void readsRanges() {
    assertEquals(new PictureFormat.Range(-0.5, 4095), new ValueRange().convert("-0.5:4095"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":", "4095", "0:", ":1", "1:0", "0:NaN", "a:b"})
  void refusesOtherRanges(String text) {
    assertThrows(TypeConversionException.class, () -> new ValueRange().convert(text));
  }

  @Test
  void readsAugmentations() {
    assertEquals(
        Augmentation.of(
            Transforms.shift(0.1),
            Transforms.rotate(10),
            Transforms.zoom(0.9, 1.1),
            Transforms.shear(5),
            Transforms.flipHorizontally(),
            Transforms.flipVertically(),
            Transforms.brightness(0.2),
            Transforms.contrast(0.8, 1.2),
            Transforms.cutout(8),
            Transforms.noise(0.02)),
        new AugmentationText()
            .convert(
                "shift=0.1,rotate=10,zoom=0.9:1.1,shear=5,flip,flip-vertically,brightness=0.2,"
                    + "contrast=0.8:1.2,cutout=8,noise=0.02"));
    assertEquals(
        Augmentation.of(
                Transforms.rotate90(),
                Transforms.randomCrop(4),
                Transforms.randomResizedCrop(0.3, 1),
                Transforms.saturation(0.5, 1.5),
                Transforms.hue(0.1),
                Transforms.colourJitter(0.4, 0.3, 0.2, 0.1),
                Transforms.grayscale(0.2),
                Transforms.sharpness(0, 2),
                Transforms.posterize(4),
                Transforms.solarize(0.5),
                Transforms.autoContrast(),
                Transforms.equalize(),
                Transforms.randAugment(2, 9),
                Transforms.mixUp(0.2),
                Transforms.cutMix(1))
            .fill(Fill.constant(0.5)),
        new AugmentationText()
            .convert(
                "rotate90,random-crop=4,resized-crop=0.3:1,saturation=0.5:1.5,hue=0.1,"
                    + "colour-jitter=0.4:0.3:0.2:0.1,grayscale=0.2,sharpness=0:2,posterize=4,"
                    + "solarize=0.5,auto-contrast,equalize,rand-augment=2:9,mixup=0.2,cutmix=1,"
                    + "fill=0.5"));
    assertTrue(new AugmentationText().convert(AugmentationText.EXAMPLE).transforms().size() > 3);
  }

  @Test
  void readsFills() {
    for (String text : List.of("background", "edge", "reflect")) {
      Fill fill = new AugmentationText().convert("flip,fill=" + text).fill();
      assertEquals(text.toUpperCase(Locale.ROOT), fill.kind().name());
    }
    assertEquals(Fill.background(), new AugmentationText().convert("flip").fill());
  }

  @Test
  void theHelpHasAllTransforms() {
    String help =
        String.join(
            " ",
            AugmentationText.TRANSFORMS_1,
            AugmentationText.TRANSFORMS_2,
            AugmentationText.TRANSFORMS_3);
    List<String> words = List.of(help.replaceAll("=[A-Z_:]+", "").split("[:;,]? +", -1));
    for (String name : AugmentationText.names()) {
      assertTrue(words.contains(name), name);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "twist=3|twist=3: it must be one of shift, rotate,",
        "rotat=3|rotat=3: did you mean rotate? it must be one of shift, rotate,",
        "color-jitter=0:0:0:0|color-jitter=0:0:0:0: did you mean colour-jitter? it must be",
        "fil=edge|fil=edge: did you mean",
        "fill=mirror|fill=mirror: \"mirror\" is not a number",
        "fill=2|fill=2: values must be from 0 to 1: 2.0",
        "colour-jitter=0.4|colour-jitter=0.4: it takes four numbers",
        "rand-augment=1.5:9|rand-augment=1.5:9: it takes a whole number",
        "mixup=5|mixup=5: alpha must be above 0 and at most 4: 5.0",
        "shift|shift: it takes one number",
        "shift=0.1:0.2|shift=0.1:0.2: it takes one number",
        "shift=far|shift=far: \"far\" is not a number",
        "flip,zoom=1|zoom=1: it takes two numbers, such as 0.9:1.1",
        "flip=2|flip=2: it takes no value",
        "cutout=2.5|cutout=2.5: it takes a whole number",
        "flip,|: it must be one of shift,",
      })
  void refusesOtherAugmentations(String text, String message) {
    TypeConversionException thrown =
        assertThrows(TypeConversionException.class, () -> new AugmentationText().convert(text));
    assertTrue(thrown.getMessage().startsWith(message), thrown.getMessage());
  }

  @Test
  void readsSchedules() {
    ScheduleText.Converter converter = new ScheduleText.Converter();
    assertEquals(Schedules.constant(0.1), converter.convert("constant").of(0.1));
    assertEquals(Schedules.cosine(0.1), converter.convert("cosine").of(0.1));
    assertEquals(Schedules.oneCycle(0.1), converter.convert("one-cycle").of(0.1));
    assertEquals(Schedules.exponential(0.1, 0.95), converter.convert("exponential=0.95").of(0.1));
    assertEquals(Schedules.step(0.1, 0.5, 10), converter.convert("step=0.5:10").of(0.1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "cosine=1",
        "step",
        "step=0.5",
        "step=0.5:many",
        "step=0.5:0",
        "exponential=0"
      })
  void refusesOtherSchedules(String text) {
    assertThrows(TypeConversionException.class, () -> new ScheduleText.Converter().convert(text));
  }
}
