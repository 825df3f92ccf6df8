package io.github.convnet4j.listener;

import io.github.convnet4j.json.DamagedJson;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A history in JSON with one wrong value is refused in words, whatever the value. */
class DamagedHistoryTest {
  @Test
  void aHistoryIsReadOrRefused() throws Exception {
    JsonHistory history = JsonHistory.to(Path.of("history.json"));
    DamagedJson.check(
        "[{\"epoch\": 1, \"cost\": 0.5, \"val_loss\": null}, {\"epoch\": 2, \"cost\": 0.25}]",
        1,
        history::read);
  }
}
