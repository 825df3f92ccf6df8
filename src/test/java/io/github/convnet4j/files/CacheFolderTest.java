package io.github.convnet4j.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the expected paths are absolute only on Unix")
class CacheFolderTest {
  @Test
  void usesTheXdgFolderOnLinux() {
    assertCache("/xdg/convnet4j", "Linux", Map.of("XDG_CACHE_HOME", "/xdg"));
    assertCache("/home/kim/.cache/convnet4j", "Linux", Map.of());
    assertCache("/home/kim/.cache/convnet4j", "FreeBSD", Map.of());
  }

  @Test
  void ignoresAnXdgFolderThatIsEmptyOrRelative() {
    assertCache("/home/kim/.cache/convnet4j", "Linux", Map.of("XDG_CACHE_HOME", ""));
    assertCache("/home/kim/.cache/convnet4j", "Linux", Map.of("XDG_CACHE_HOME", "xdg"));
  }

  @Test
  void usesLibraryCachesOnMacOs() {
    Map<String, String> environment = Map.of("XDG_CACHE_HOME", "/xdg");
    assertCache("/home/kim/Library/Caches/convnet4j", "Mac OS X", environment);
  }

  @Test
  void usesLocalAppDataOnWindows() {
    assertCache("/local/convnet4j", "Windows 11", Map.of("LOCALAPPDATA", "/local"));
    assertCache("/home/kim/AppData/Local/convnet4j", "Windows 11", Map.of());
  }

  @Test
  void isEmptyForAUserWithoutAHomeDirectory() {
    assertEquals(
        Optional.empty(), CacheFolder.of(Map.of(), Map.of("os.name", "Linux", "user.home", "?")));
    assertEquals(Optional.empty(), CacheFolder.of(Map.of(), Map.of()));
  }

  private static void assertCache(String expected, String os, Map<String, String> environment) {
    assertEquals(
        Optional.of(Path.of(expected)),
        CacheFolder.of(environment, Map.of("os.name", os, "user.home", "/home/kim")));
  }
}
