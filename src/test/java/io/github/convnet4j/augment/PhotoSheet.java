package io.github.convnet4j.augment;

import static io.github.convnet4j.augment.Transforms.autoContrast;
import static io.github.convnet4j.augment.Transforms.brightness;
import static io.github.convnet4j.augment.Transforms.colourJitter;
import static io.github.convnet4j.augment.Transforms.contrast;
import static io.github.convnet4j.augment.Transforms.cutMix;
import static io.github.convnet4j.augment.Transforms.cutout;
import static io.github.convnet4j.augment.Transforms.equalize;
import static io.github.convnet4j.augment.Transforms.flipHorizontally;
import static io.github.convnet4j.augment.Transforms.flipVertically;
import static io.github.convnet4j.augment.Transforms.grayscale;
import static io.github.convnet4j.augment.Transforms.hue;
import static io.github.convnet4j.augment.Transforms.mixUp;
import static io.github.convnet4j.augment.Transforms.noise;
import static io.github.convnet4j.augment.Transforms.posterize;
import static io.github.convnet4j.augment.Transforms.randAugment;
import static io.github.convnet4j.augment.Transforms.randomCrop;
import static io.github.convnet4j.augment.Transforms.randomResizedCrop;
import static io.github.convnet4j.augment.Transforms.rotate;
import static io.github.convnet4j.augment.Transforms.rotate90;
import static io.github.convnet4j.augment.Transforms.saturation;
import static io.github.convnet4j.augment.Transforms.sharpness;
import static io.github.convnet4j.augment.Transforms.shear;
import static io.github.convnet4j.augment.Transforms.shift;
import static io.github.convnet4j.augment.Transforms.solarize;
import static io.github.convnet4j.augment.Transforms.zoom;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.tensorflow.ndarray.Shape;

/**
 * Draws two photographs with each transform applied to them several times, a row for each
 * transform, to be looked at:
 *
 * <pre>{@code
 * mvn -q test-compile
 * java -cp target/classes:target/test-classes:… io.github.convnet4j.augment.PhotoSheet \
 *     a.png b.png docs/pictures/augmentation-photos.jpg
 * }</pre>
 */
final class PhotoSheet {
  private static final int SIDE = 64;
  private static final int EACH = 4;
  private static final int LABEL = 14;
  private static final int COLUMNS = 2;
  private static final int GAP = 8;
  private static final float QUALITY = 0.75f;
  private static final long SEED = 7;

  private PhotoSheet() {}

  public static void main(String[] args) throws IOException {
    write(sheet(photo(Path.of(args[0])), photo(Path.of(args[1]))), Path.of(args[2]));
  }

  private static Map<String, Augmentation> shown() {
    Geometric turned = rotate(40);
    Map<String, Augmentation> shown = new LinkedHashMap<>();
    shown.put("none", Augmentation.none());
    shown.put("shift(0.25)", Augmentation.of(shift(0.25)));
    shown.put("rotate(40), fill: background", Augmentation.of(turned));
    shown.put("rotate(40), fill: edge", Augmentation.of(turned).fill(Fill.edge()));
    shown.put("rotate(40), fill: reflect", Augmentation.of(turned).fill(Fill.reflect()));
    shown.put("rotate(40), fill: constant(1)", Augmentation.of(turned).fill(Fill.constant(1)));
    shown.put("zoom(0.6, 1.4)", Augmentation.of(zoom(0.6, 1.4)));
    shown.put("shear(30)", Augmentation.of(shear(30)));
    shown.put("flipHorizontally()", Augmentation.of(flipHorizontally()));
    shown.put("flipVertically()", Augmentation.of(flipVertically()));
    shown.put("rotate90()", Augmentation.of(rotate90()));
    shown.put("randomCrop(12)", Augmentation.of(randomCrop(12)));
    shown.put("randomResizedCrop(0.1, 0.6)", Augmentation.of(randomResizedCrop(0.1, 0.6)));
    shown.put("brightness(0.4)", Augmentation.of(brightness(0.4)));
    shown.put("contrast(0.3, 2)", Augmentation.of(contrast(0.3, 2)));
    shown.put("saturation(0, 3)", Augmentation.of(saturation(0, 3)));
    shown.put("hue(0.5)", Augmentation.of(hue(0.5)));
    shown.put("colourJitter(0.4, 0.4, 0.4, 0.1)", Augmentation.of(colourJitter(.4, .4, .4, .1)));
    shown.put("grayscale(0.5)", Augmentation.of(grayscale(0.5)));
    shown.put("sharpness(0, 8)", Augmentation.of(sharpness(0, 8)));
    shown.put("posterize(2)", Augmentation.of(posterize(2)));
    shown.put("solarize(0.5)", Augmentation.of(solarize(0.5)));
    shown.put("autoContrast()", Augmentation.of(autoContrast()));
    shown.put("equalize()", Augmentation.of(equalize()));
    shown.put("cutout(30)", Augmentation.of(cutout(30)));
    shown.put("noise(0.1)", Augmentation.of(noise(0.1)));
    shown.put("mixUp(1)", Augmentation.of(mixUp(1)));
    shown.put("cutMix(1)", Augmentation.of(cutMix(1)));
    shown.put("randAugment(2, 9)", Augmentation.of(randAugment(2, 9)));
    shown.put("randAugment(2, 25)", Augmentation.of(randAugment(2, 25)));
    return shown;
  }

  /** Returns the middle of a photograph, {@code [SIDE, SIDE, 3]}. */
  private static float[] photo(Path file) throws IOException {
    BufferedImage whole = ImageIO.read(file.toFile());
    int side = Math.min(whole.getWidth(), whole.getHeight());
    int left = (whole.getWidth() - side) / 2;
    int top = (whole.getHeight() - side) / 2;
    BufferedImage square = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = square.createGraphics();
    graphics.drawImage(whole, -left, -top, null);
    graphics.dispose();
    float[] pixels = new float[SIDE * SIDE * 3];
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        average(square, x, y, pixels);
      }
    }
    return pixels;
  }

  /** Averages the pixels that one of the small image stands for. */
  private static void average(BufferedImage from, int x, int y, float[] pixels) {
    int[] ends = new int[4];
    for (int i = 0; i < 2; i++) {
      ends[i] = (x + i) * from.getWidth() / SIDE;
      ends[2 + i] = (y + i) * from.getHeight() / SIDE;
    }
    float count = (ends[1] - ends[0]) * (ends[3] - ends[2]) * 255f;
    for (int row = ends[2]; row < ends[3]; row++) {
      for (int column = ends[0]; column < ends[1]; column++) {
        Color color = new Color(from.getRGB(column, row));
        int at = (y * SIDE + x) * 3;
        pixels[at] += color.getRed() / count;
        pixels[at + 1] += color.getGreen() / count;
        pixels[at + 2] += color.getBlue() / count;
      }
    }
  }

  private static BufferedImage sheet(float[]... photos) {
    Map<String, Augmentation> shown = shown();
    int rows = (shown.size() + COLUMNS - 1) / COLUMNS;
    int cell = SIDE + 2;
    BufferedImage sheet =
        new BufferedImage(
            COLUMNS * (EACH * cell + GAP), rows * (cell + LABEL), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    graphics.setColor(Color.BLACK);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    int index = 0;
    for (Map.Entry<String, Augmentation> entry : shown.entrySet()) {
      int left = index / rows * (EACH * cell + GAP);
      int top = index % rows * (cell + LABEL);
      graphics.drawString(entry.getKey(), left + 1, top + LABEL - 3);
      float[] batch = new float[EACH * photos[0].length];
      for (int i = 0; i < EACH; i++) {
        float[] photo = photos[i % photos.length];
        System.arraycopy(photo, 0, batch, i * photo.length, photo.length);
      }
      entry.getValue().applyToBatch(batch, EACH, Shape.of(SIDE, SIDE, 3), SEED, 0);
      for (int i = 0; i < EACH; i++) {
        draw(batch, i, sheet, left + i * cell, top + LABEL);
      }
      index++;
    }
    graphics.dispose();
    return sheet;
  }

  private static void draw(float[] batch, int number, BufferedImage sheet, int left, int top) {
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int at = ((number * SIDE + y) * SIDE + x) * 3;
        sheet.setRGB(
            left + x, top + y, new Color(batch[at], batch[at + 1], batch[at + 2]).getRGB());
      }
    }
  }

  private static void write(BufferedImage sheet, Path file) throws IOException {
    String name = file.getFileName().toString();
    String format = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ImageWriteParam settings = writer.getDefaultWriteParam();
    if (settings.canWriteCompressed() && format.equals("jpg")) {
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(QUALITY);
    }
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(sheet, null, null), settings);
    } finally {
      writer.dispose();
    }
  }
}
