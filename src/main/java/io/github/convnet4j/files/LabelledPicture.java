package io.github.convnet4j.files;

import java.nio.file.Path;

/**
 * The file of a picture, not read yet, and its class.
 *
 * @param label from 0
 */
record LabelledPicture(Path file, int label) {}
