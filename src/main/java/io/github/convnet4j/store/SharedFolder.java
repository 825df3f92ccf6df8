package io.github.convnet4j.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Folders to which everybody may write, but in which only the owner of a file may replace or delete
 * it, such as {@code /tmp}.
 */
final class SharedFolder {
  /** The sticky bit of a folder's mode. */
  private static final int STICKY = 01000;

  private static final String SUPERUSER = "root";

  private SharedFolder() {}

  /**
   * Checks that this process may replace or delete a file or folder.
   *
   * @param path may not exist
   * @throws StoreException if it belongs to another user, in a shared folder that does not belong
   *     to this one either
   */
  static void checkMayReplace(Path path) {
    Optional<String> user = ProcessHandle.current().info().user();
    if (user.isEmpty() || !path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return;
    }
    try {
      String owner = Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName();
      Path folder = path.toAbsolutePath().getParent();
      boolean sticky = ((int) Files.getAttribute(folder, "unix:mode") & STICKY) != 0;
      boolean mine =
          user.get().equals(SUPERUSER)
              || user.get().equals(owner)
              || user.get().equals(Files.getOwner(folder).getName());
      if (sticky && !mine) {
        throw new StoreException(
            "cannot write %s: it belongs to the user %s, and only its owner may replace it in %s"
                .formatted(path, owner, folder));
      }
    } catch (NoSuchFileException e) {
      return; // There is nothing to replace.
    } catch (IOException e) {
      throw StoreException.notWritten(path, e);
    }
  }
}
