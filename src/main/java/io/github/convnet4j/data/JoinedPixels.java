package io.github.convnet4j.data;

import java.util.Optional;

/** The images of two sets, those of the first one first. They stay where they are stored. */
record JoinedPixels(Images first, Images second) implements Pixels {
  @Override
  public int size() {
    return Math.addExact(first.size(), second.size());
  }

  @Override
  public int valuesPerImage() {
    return first.pixelsPerImage();
  }

  @Override
  public byte[] bytes(int image) {
    return image < first.size() ? first.bytes(image) : second.bytes(image - first.size());
  }

  @Override
  public void copy(int image, float[] to, int at) {
    if (image < first.size()) {
      first.pixels().copy(first.place(image), to, at);
    } else {
      second.pixels().copy(second.place(image - first.size()), to, at);
    }
  }

  @Override
  public Optional<String> name(int image) {
    return image < first.size() ? first.name(image) : second.name(image - first.size());
  }

  @Override
  public boolean isSlow() {
    return first.pixels().isSlow() || second.pixels().isSlow();
  }
}
