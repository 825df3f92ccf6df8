package io.github.convnet4j.serve;

import static io.github.convnet4j.augment.Transforms.rotate;
import static io.github.convnet4j.augment.Transforms.shift;
import static io.github.convnet4j.augment.Transforms.zoom;
import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.task.Tasks.classification;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.augment.Augmentation;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.files.IdxFolder;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.FitOptions;
import io.github.convnet4j.train.Model;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.tensorflow.ndarray.Shape;

/** The page in Chromium, with a model of digits that is trained first. */
@TestInstance(Lifecycle.PER_CLASS)
@EnabledIf(
    value = "hasBrowser",
    disabledReason = "needs chromium and chromedriver on the PATH (Debian: chromium-driver)")
class PageInBrowserTest {
  private static final List<String> BROWSERS = List.of("chromium", "chromium-browser");
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final String[] NAMES = "0 1 2 3 4 5 6 7 8 9".split(" ", -1);

  /** Points from 0 to 1 from the left and from the top. */
  private static final Map<String, double[][][]> DIGITS =
      Map.of(
          "0",
          new double[][][] {
            {
              {.5, .2},
              {.38, .25},
              {.32, .4},
              {.32, .6},
              {.38, .75},
              {.5, .8},
              {.62, .75},
              {.68, .6},
              {.68, .4},
              {.62, .25},
              {.5, .2}
            }
          },
          "1",
          new double[][][] {{{.5, .2}, {.5, .8}}},
          "4",
          new double[][][] {{{.36, .2}, {.3, .52}, {.68, .52}}, {{.62, .2}, {.6, .82}}},
          "7",
          new double[][][] {{{.3, .25}, {.7, .25}, {.45, .8}}});

  @TempDir private static Path folder;
  private ModelServer server;
  private ChromeDriver browser;

  static boolean hasBrowser() {
    return program("chromedriver").isPresent() && chromium().isPresent();
  }

  private static Optional<Path> chromium() {
    return BROWSERS.stream().flatMap(name -> program(name).stream()).findFirst();
  }

  private static Optional<Path> program(String name) {
    return Arrays.stream(
            Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @BeforeAll
  void start() {
    try (Model<Prediction> model = trained()) {
      model.save(folder.resolve("digits"));
      model.recordPictureFormat(model.pictureFormat().inverted(true));
      model.save(folder.resolve("ink"));
    }
    server =
        ModelServer.start(
            ServerOptions.of("digits", folder.resolve("digits"))
                .model("ink", folder.resolve("ink"))
                .port(0));
    browser = browser();
  }

  private static Model<Prediction> trained() {
    Network network =
        Network.of(
            Shape.of(28, 28, 1),
            conv2d(8, 3),
            batchNorm(),
            relu(),
            maxPool(2),
            conv2d(16, 3),
            batchNorm(),
            relu(),
            maxPool(2),
            flatten(),
            dense(10));
    Model<Prediction> model = Model.of(network, classification(NAMES), adam(0.003));
    Optional<String> mnist = Optional.ofNullable(System.getenv("CONVNET4J_DATA"));
    if (mnist.isPresent()) {
      DataSet digits = IdxFolder.read(Path.of(mnist.get(), "mnist")).train();
      model.fit(digits.subset(0, 10_000), FitOptions.epochs(2).batchSize(50));
    } else {
      // These fill the picture, unlike the drawings.
      model.fit(
          BundledDigits.read().train(),
          FitOptions.epochs(12)
              .batchSize(50)
              .augment(Augmentation.of(zoom(0.6, 0.85), rotate(8), shift(0.05))));
    }
    return model;
  }

  private static ChromeDriver browser() {
    LoggingPreferences log = new LoggingPreferences();
    log.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium().orElseThrow().toFile());
    options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--lang=en");
    options.setExperimentalOption("prefs", Map.of("intl.accept_languages", "en"));
    options.setCapability("goog:loggingPrefs", log);
    ChromeDriver browser =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(program("chromedriver").orElseThrow().toFile())
                .build(),
            options);
    browser.manage().window().setSize(new Dimension(1280, 1100));
    return browser;
  }

  @AfterAll
  void stop() {
    Optional.ofNullable(browser).ifPresent(ChromeDriver::quit);
    Optional.ofNullable(server).ifPresent(ModelServer::close);
  }

  @BeforeEach
  void open() {
    browser.get(server.address().toString());
    browser.executeScript("localStorage.clear()");
    browser.get(server.address().toString());
    until("the models are there", () -> !element("model").findElements(By.xpath("*")).isEmpty());
  }

  private WebElement element(String id) {
    return browser.findElement(By.id(id));
  }

  private void until(String what, BooleanSupplier condition) {
    new WebDriverWait(browser, PATIENCE)
        .withMessage(() -> what + "; the answer is " + answer())
        .until(driver -> condition.getAsBoolean());
  }

  private void draw(String digit) {
    element("clear").click();
    until("nothing is shown", () -> browser.findElements(By.className("row")).isEmpty());
    WebElement paper = element("paper");
    int side = paper.getSize().getWidth();
    for (double[][] stroke : DIGITS.get(digit)) {
      Actions actions = new Actions(browser, Duration.ofMillis(20));
      for (int i = 0; i < stroke.length; i++) {
        actions.moveToElement(
            paper, (int) ((stroke[i][0] - 0.5) * side), (int) ((stroke[i][1] - 0.5) * side));
        if (i == 0) {
          actions.clickAndHold();
        }
      }
      actions.release().perform();
    }
  }

  /** Reads it in one step, because the page may replace it at any time. */
  private String answer() {
    return String.valueOf(
        browser.executeScript(
            "return document.querySelector('#headline strong')?.textContent ?? ''"));
  }

  private void assertAnswer(String digit) {
    until("the answer is " + digit, () -> answer().equals(digit));
  }

  private void assertNoErrors() {
    assertEquals(List.of(), browser.manage().logs().get(LogType.BROWSER).getAll());
  }

  @Test
  void knowsDrawnDigits() {
    for (String model : List.of("digits", "ink")) {
      new Select(element("model")).selectByValue(model);
      for (String digit : List.of("0", "1", "4", "7")) {
        draw(digit);
        assertAnswer(digit);
      }
    }
    until("it is spoken", () -> element("spoken").getDomProperty("textContent").startsWith("7"));
    assertNoErrors();
  }

  @Test
  void showsWhatTheNetworkSaw() {
    draw("4");
    until("the layers are there", () -> element("layers").isDisplayed());
    assertTrue(
        browser.findElements(By.cssSelector("#layers figure")).size() >= 8,
        element("layers")::getText);
    assertTrue(element("heat-caption").getText().contains("4"), element("heat-caption")::getText);
    // The ink takes 20 pixels of the height, once both strokes have arrived.
    until("the ink is 20 pixels high", () -> Math.abs(inkSeen().get(2) - 20) <= 1);
    assertEquals(14, inkSeen().get(0), 0.3);
    assertEquals(14, inkSeen().get(1), 0.3);
    browser.findElement(By.cssSelector("[data-name='9']")).click();
    until("Grad-CAM is for 9", () -> element("heat-caption").getText().contains("9"));
    new Select(element("layer")).selectByValue("dense");
    until(
        "only one layer", () -> browser.findElements(By.cssSelector("#layers figure")).size() == 1);
    assertNoErrors();
  }

  /** Returns the center of mass, from the left and from the top, and the height of the ink. */
  private List<Double> inkSeen() {
    Object place =
        browser.executeScript(
            """
            const copy = document.createElement("canvas").getContext("2d");
            copy.drawImage(document.getElementById("seen"), 0, 0);
            const data = copy.getImageData(0, 0, 28, 28).data;
            let all = 0, x = 0, y = 0, top = 28, bottom = 0;
            for (let i = 0; i < 28 * 28; i++) {
              const row = Math.floor(i / 28);
              all += data[4 * i];
              x += data[4 * i] * (i % 28 + 0.5);
              y += data[4 * i] * (row + 0.5);
              if (data[4 * i] > 0) {
                top = Math.min(top, row);
                bottom = row;
              }
            }
            return [x / all, y / all, bottom - top + 1].join(" ");
            """);
    return Arrays.stream(place.toString().split(" ", -1)).map(Double::valueOf).toList();
  }

  @Test
  void isDrawnOnWithTheKeyboard() {
    WebElement paper = element("paper");
    paper.sendKeys(
        Keys.ARROW_UP.toString().repeat(5) + " " + Keys.ARROW_DOWN.toString().repeat(11));
    paper.sendKeys(" ");
    assertAnswer("1");
    assertEquals("Drawing area. Strokes: 1.", paper.getAccessibleName());
    paper.sendKeys(Keys.BACK_SPACE);
    until("it is undone", () -> browser.findElements(By.className("row")).isEmpty());
    assertNoErrors();
  }

  @Test
  void takesAFile() throws IOException {
    Path file = folder.resolve("dark.png");
    BufferedImage dark = new BufferedImage(40, 30, BufferedImage.TYPE_BYTE_GRAY);
    ImageIO.write(dark, "png", file.toFile());
    element("use-photo").click();
    element("file").sendKeys(file.toString());
    until("there is an answer", () -> !answer().isEmpty());
    until("what it saw is shown", () -> element("seen").isDisplayed());
    Path text = Files.writeString(folder.resolve("text.png"), "no picture");
    element("file").sendKeys(text.toString());
    until("there is a sentence", () -> element("problem").isDisplayed());
    assertTrue(element("problem").getText().contains("picture"));
    assertNoErrors();
  }

  /** Puts a picture into the page as a file of a drop or a paste, made from a canvas. */
  private static final String GIVE_A_FILE =
      """
      const done = arguments[arguments.length - 1];
      const [event, type, name] = arguments;
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = 40;
      const context = canvas.getContext("2d");
      context.fillRect(0, 0, 40, 40);
      context.fillStyle = "white";
      context.fillRect(18, 8, 4, 24);
      canvas.toBlob((blob) => {
        const data = new DataTransfer();
        data.items.add(new File([type === "text/plain" ? "words" : blob], name, { type }));
        const all = { bubbles: true, cancelable: true };
        const target = document.getElementById("drop");
        if (event === "paste") {
          document.body.dispatchEvent(new ClipboardEvent("paste", { ...all, clipboardData: data }));
        } else {
          target.dispatchEvent(new DragEvent("dragover", { ...all, dataTransfer: data }));
          const over = target.classList.contains("over");
          const drop = new DragEvent("drop", { ...all, dataTransfer: data });
          target.dispatchEvent(drop);
          done([over, target.classList.contains("over"), drop.defaultPrevented]);
        }
        done([]);
      }, "image/png");
      """;

  private Object give(String event, String type, String name) {
    return browser.executeAsyncScript(GIVE_A_FILE, event, type, name);
  }

  @Test
  void takesAPictureThatIsDropped() {
    assertEquals(List.of(true, false, true), give("drop", "image/png", "one.png"));
    assertAnswer("1");
    assertTrue(element("preview").isDisplayed());
    assertEquals("true", element("use-photo").getDomAttribute("aria-pressed"));
    assertNoErrors();
  }

  @Test
  void takesAPictureThatIsPasted() {
    give("paste", "image/png", "one.png");
    assertAnswer("1");
    assertTrue(element("preview").isDisplayed());
    assertNoErrors();
  }

  /** A browser that opened it would leave the page. */
  @Test
  void leavesAFileAloneThatIsNoPicture() {
    assertEquals(
        List.of(true, false, true), give("drop", "text/plain", "words.txt"), "must not be opened");
    give("paste", "text/plain", "words.txt");
    assertFalse(element("preview").isDisplayed());
    draw("7");
    assertAnswer("7");
    assertNoErrors();
  }

  /** This browser has no camera, and asks nobody for permission. */
  @Test
  void saysThatThereIsNoCamera() {
    element("use-photo").click();
    until("there is a button", () -> element("camera").isDisplayed());
    element("camera").click();
    until("there is a sentence", () -> element("problem").isDisplayed());
    assertTrue(element("problem").getText().contains("camera"), element("problem")::getText);
    assertFalse(element("camera-dialog").isDisplayed());
    element("use-drawing").click();
    draw("7");
    assertAnswer("7");
    assertNoErrors();
  }

  /** Pages that are not secure have no camera; phones then offer it for files. */
  @Test
  void hidesTheButtonWhereThereCanBeNoCamera() {
    browser.executeCdpCommand(
        "Page.addScriptToEvaluateOnNewDocument",
        Map.of(
            "source",
            "Object.defineProperty(Navigator.prototype, 'mediaDevices', {get: () => undefined})"));
    ChromeDriver before = browser;
    try {
      browser.navigate().refresh();
      until("the page is there", () -> !answerShown().isEmpty());
      element("use-photo").click();
      assertFalse(element("camera").isDisplayed());
      assertNoErrors();
    } finally {
      before.quit();
      browser = browser();
    }
  }

  private String answerShown() {
    return element("headline").getText();
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void isAccessible(String colors) throws IOException {
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colors))));
    draw("4");
    assertAnswer("4");
    until("the layers are there", () -> element("layers").isDisplayed());
    assertEquals(List.of(), violations());
    give("drop", "image/png", "one.png");
    until("the picture is there", () -> element("preview").isDisplayed());
    assertEquals(List.of(), violations());
  }

  /** Returns what axe-core finds. */
  private Object violations() throws IOException {
    try (InputStream script = getClass().getResourceAsStream("/axe.min.js")) {
      browser.executeScript(new String(script.readAllBytes(), StandardCharsets.UTF_8));
    }
    return browser.executeAsyncScript(
        """
        const done = arguments[0];
        axe.run().then(
          (found) => done(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)),
          (fault) => done([String(fault)]),
        );
        """);
  }

  @Test
  void asksForTheToken() {
    try (ModelServer closed =
        ModelServer.start(
            ServerOptions.of("digits", folder.resolve("digits")).port(0).token("secret"))) {
      browser.get(closed.address().toString());
      until("it asks", () -> element("token").isDisplayed());
      element("token").sendKeys("wrong" + Keys.ENTER);
      until("it asks again", () -> element("token").getDomProperty("value").isEmpty());
      element("token").sendKeys("secret" + Keys.ENTER);
      until("it asks no more", () -> !element("token").isDisplayed());
      draw("7");
      assertAnswer("7");
      browser.get("about:blank"); // The page would ask the server after its end.
    }
    browser.manage().logs().get(LogType.BROWSER); // The browser logs each 401.
  }

  @Test
  void speaksKorean() {
    browser.findElement(By.cssSelector("[data-language=ko]")).click();
    assertEquals("ko", browser.findElement(By.tagName("html")).getDomAttribute("lang"));
    assertEquals("지우기", element("clear").getText());
    draw("1");
    assertAnswer("1");
    browser.navigate().refresh();
    until("it stays Korean", () -> element("clear").getText().equals("지우기"));
    assertNoErrors();
  }
}
