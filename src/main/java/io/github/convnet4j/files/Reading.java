package io.github.convnet4j.files;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.picture.PictureFormat;
import java.util.Optional;

/**
 * How the pictures of a folder are read, whatever their targets are.
 *
 * @param format what they are converted to
 * @param skipUnreadable whether those that cannot be read are left out
 * @param storage where they are kept
 * @param listener is told about the progress
 * @param grouping which of them belong together, if any do
 */
record Reading(
    PictureFormat format,
    boolean skipUnreadable,
    Storage storage,
    DataListener listener,
    Optional<Grouping> grouping) {
  Reading {
    requireNonNull(format, "format");
    requireNonNull(storage, "storage");
    requireNonNull(listener, "listener");
  }

  static Reading standard() {
    return new Reading(
        PictureFormat.asTheyAre(), false, Storage.automatic(), line -> {}, Optional.empty());
  }

  Reading format(PictureFormat newFormat) {
    return new Reading(newFormat, skipUnreadable, storage, listener, grouping);
  }

  Reading skippingUnreadable() {
    return new Reading(format, true, storage, listener, grouping);
  }

  Reading storage(Storage newStorage) {
    return new Reading(format, skipUnreadable, newStorage, listener, grouping);
  }

  Reading listener(DataListener newListener) {
    return new Reading(format, skipUnreadable, storage, newListener, grouping);
  }

  Reading grouping(Grouping newGrouping) {
    return new Reading(format, skipUnreadable, storage, listener, Optional.of(newGrouping));
  }
}
