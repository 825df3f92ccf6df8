package io.github.convnet4j.files;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.picture.PictureFormat;

/**
 * How the pictures of a folder are read, whatever their targets are.
 *
 * @param format what they are converted to
 * @param skipUnreadable whether those that cannot be read are left out
 * @param storage where they are kept
 * @param listener is told about the progress
 */
record Reading(
    PictureFormat format, boolean skipUnreadable, Storage storage, DataListener listener) {
  Reading {
    requireNonNull(format, "format");
    requireNonNull(storage, "storage");
    requireNonNull(listener, "listener");
  }

  static Reading standard() {
    return new Reading(PictureFormat.asTheyAre(), false, Storage.automatic(), line -> {});
  }

  Reading format(PictureFormat newFormat) {
    return new Reading(newFormat, skipUnreadable, storage, listener);
  }

  Reading skippingUnreadable() {
    return new Reading(format, true, storage, listener);
  }

  Reading storage(Storage newStorage) {
    return new Reading(format, skipUnreadable, newStorage, listener);
  }

  Reading listener(DataListener newListener) {
    return new Reading(format, skipUnreadable, storage, newListener);
  }
}
