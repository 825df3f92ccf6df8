package io.github.convnet4j.files;

import io.github.convnet4j.data.Images;
import io.github.convnet4j.data.Pixels;
import java.util.Optional;

/** Images that are called like their files. */
record NamedPixels(Pixels pixels, FileList files) implements Pixels {
  /** Returns images with the names of files, one for each. */
  static Images of(Images images, FileList files) {
    return Images.of(new NamedPixels(images.pixels(), files), images.shape());
  }

  @Override
  public int size() {
    return pixels.size();
  }

  @Override
  public int valuesPerImage() {
    return pixels.valuesPerImage();
  }

  @Override
  public byte[] bytes(int image) {
    return pixels.bytes(image);
  }

  @Override
  public void copy(int image, float[] to, int at) {
    pixels.copy(image, to, at);
  }

  @Override
  public Optional<String> name(int image) {
    return Optional.of(files.name(image));
  }

  @Override
  public boolean isSlow() {
    return pixels.isSlow();
  }
}
