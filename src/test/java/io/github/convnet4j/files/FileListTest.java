package io.github.convnet4j.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileListTest {
  private static final List<String> NAMES =
      List.of(
          "a.png",
          "a/1.png",
          "a b/1.png",
          "a-b/1.png",
          "ä/ü ß.png",
          "100%.png",
          "%41.png",
          "a+b.png",
          "日本/語.png",
          "#1.png",
          "z/y/x.png",
          "A.png",
          "\u00e9.png",
          "e\u0301.png");

  @TempDir private Path folder;

  private FileList list(Path root) {
    FileList files = new FileList(root);
    files.addAll(root, file -> true, found -> {});
    return files;
  }

  @Test
  void keepsEveryNameAndSortsThemLikeStrings() throws IOException {
    for (String name : NAMES) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
    }
    FileList files = list(folder);
    List<String> names = names(files);
    assertEquals(NAMES.stream().sorted().toList(), names);
    for (int i = 0; i < files.size(); i++) {
      assertEquals(folder.resolve(names.get(i)), files.path(i));
      assertEquals(names.get(i), Files.readString(files.path(i)));
      assertEquals(Files.size(files.path(i)), files.length(i));
      assertEquals(Files.getLastModifiedTime(files.path(i)).toMillis(), files.modified(i));
    }
    int[] some = {3, 0, 3};
    assertEquals(IntStream.of(some).mapToObj(names::get).toList(), names(files.select(some)));
    for (int i = 0; i < files.size(); i++) {
      assertEquals(i, files.firstFrom(names.get(i), 0, files.size()));
    }
  }

  @Test
  void aRelativeFolderGivesRelativePaths() throws IOException {
    Path resources = Path.of("src", "test", "resources");
    FileList files = list(resources);
    assertTrue(files.size() > 0);
    for (int i = 0; i < files.size(); i++) {
      assertTrue(files.path(i).startsWith(resources), files.path(i).toString());
      assertTrue(Files.exists(files.path(i)), files.path(i).toString());
    }
    FileList dotted = list(Path.of(".").resolve(resources));
    assertEquals(names(files), names(dotted));
  }

  private static List<String> names(FileList files) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      names.add(files.name(i));
    }
    return names;
  }
}
