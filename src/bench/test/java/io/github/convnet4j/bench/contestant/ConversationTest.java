package io.github.convnet4j.bench.contestant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConversationTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final InputStream systemIn = System.in;
  private final PrintStream systemOut = System.out;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private Conversation open(String requests) {
    System.setIn(new ByteArrayInputStream(requests.getBytes(StandardCharsets.UTF_8)));
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    return Conversation.open(
        "an engine",
        new Conversation.Trained() {
          @Override
          public int evaluate() {
            return 42;
          }

          @Override
          public boolean predict(int image) {
            return image % 2 == 0;
          }
        });
  }

  private List<JsonNode> answers() throws IOException {
    List<JsonNode> answers = new ArrayList<>();
    for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
      answers.add(JSON.readTree(line));
    }
    return answers;
  }

  @AfterEach
  void restoreStandardStreams() {
    System.setIn(systemIn);
    System.setOut(systemOut);
  }

  @Test
  void answersAfterTheRequestedSteps() throws IOException {
    Conversation talk = open("train 2\ntrain 1\nquit\n");
    assertTrue(talk.nextStep());
    talk.stepDone(2.5);
    assertEquals(1, answers().size());
    assertTrue(talk.nextStep());
    talk.stepDone(1.5);
    assertTrue(talk.nextStep());
    talk.stepDone(Double.NaN);
    assertFalse(talk.nextStep());

    List<JsonNode> answers = answers();
    assertEquals("an engine", answers.get(0).get("ready").asText());
    assertEquals("[2.5,1.5]", answers.get(1).get("costs").toString());
    assertEquals(2, answers.get(1).get("seconds").size());
    assertEquals("[null]", answers.get(2).get("costs").toString());
  }

  @Test
  void evaluatesAndPredictsBetweenSteps() throws IOException {
    Conversation talk = open("evaluate\npredict 5\nthreads 2 4\n");
    assertFalse(talk.nextStep()); // The end of the input ends the conversation.

    List<JsonNode> answers = answers();
    assertEquals(42, answers.get(1).get("correct").asInt());
    assertEquals(3, answers.get(2).get("correct").asInt()); // 0, 2 and 4
    assertEquals(5, answers.get(2).get("seconds").size());
    assertEquals(4, answers.get(3).get("correct").asInt()); // 0 and 2, on two threads
  }
}
