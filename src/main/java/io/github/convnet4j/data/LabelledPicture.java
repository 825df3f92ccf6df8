package io.github.convnet4j.data;

import java.nio.file.Path;

/**
 * A picture's file, not read yet, and its class.
 *
 * @param label from 0
 */
record LabelledPicture(Path file, int label) {}
