package io.github.convnet4j.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** A heap of 64 MiB: 8 are for bodies, 32 for work, and 16 for a picture. */
class MemoryTest {
  private static final int MIB = 1 << 20;

  private final Memory memory = Memory.of(64 * MIB);

  private static byte[] png(int side) throws IOException {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  private static void assertRefused(int status, Runnable request) {
    assertEquals(status, assertThrows(Refusal.class, request::run).status());
  }

  @Test
  void refusesBodiesThatDoNotFitTogether() {
    Memory.OfRequest first = memory.request();
    Memory.OfRequest second = memory.request();
    first.takeForBody(5 * MIB);
    second.takeForBody(3 * MIB);
    assertRefused(503, () -> second.takeForBody(1));
    first.close();
    second.takeForBody(5 * MIB);
    second.close();
    memory.request().takeForBody(8 * MIB);
  }

  @Test
  void refusesWorkThatDoesNotFitTogether() {
    Memory.OfRequest first = memory.request();
    first.take(32 * MIB);
    assertRefused(503, () -> memory.request().take(1));
    first.close();
    first.take(32 * MIB); // It is over, and takes nothing.
    memory.request().take(32 * MIB);
  }

  @Test
  void refusesARequestThatNeverFits() {
    assertRefused(413, () -> memory.request().take(32 * MIB + 1));
    memory.request().take(32 * MIB);
  }

  /** A gray pixel takes five bytes: its raster, and four more. */
  @Test
  void refusesALargePictureBeforeItIsDecoded() throws IOException {
    byte[] large = png(1832); // 1832 * 1832 * 5 is just above 16 MiB.
    assertRefused(413, () -> memory.decoded(large, file -> unexpected()));
    byte[] small = png(1831);
    assertEquals("decoded", memory.decoded(small, file -> "decoded"));
  }

  private static String unexpected() {
    throw new AssertionError("it must not be decoded");
  }

  @Test
  void picturesThatAreDecodedAtTheSameTimeDoNotAddUp() throws IOException {
    byte[] picture = png(1500); // 11.25 million bytes each, of 33.5
    memory.decoded(
        picture,
        first ->
            memory.decoded(
                picture,
                second -> {
                  assertRefused(503, () -> memory.decoded(picture, third -> unexpected()));
                  return "decoded";
                }));
    // A failure gives everything back, too.
    for (int i = 0; i < 4; i++) {
      assertThrows(
          IllegalStateException.class,
          () ->
              memory.decoded(
                  picture,
                  file -> {
                    throw new IllegalStateException("damaged");
                  }));
    }
    assertEquals("decoded", memory.decoded(picture, file -> "decoded"));
  }

  @Test
  void followsTheHeap() throws IOException {
    byte[] picture = png(1832);
    assertEquals("decoded", Memory.of(128 * MIB).decoded(picture, file -> "decoded"));
    Refusal refusal =
        assertThrows(
            Refusal.class, () -> Memory.of(8 * MIB).decoded(picture, file -> unexpected()));
    assertTrue(refusal.getMessage().contains("17 MB"), refusal::getMessage);
    assertTrue(refusal.getMessage().contains("2 MB"), refusal::getMessage);
  }
}
