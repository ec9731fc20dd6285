package org.fabricmark.results.report;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;

import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A headless Chromium of this machine. Nothing is downloaded: tests are skipped where there is none. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ChromeDriver driver;

    static final String ABSENT =
            "no chromium and chromedriver on the PATH: install the packages chromium and chromium-driver";

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Whether there is one. */
    static boolean isHere() {
        return chromium().isPresent() && chromedriver().isPresent();
    }

    static Browser start() {
        System.setProperty("SE_OFFLINE", "true");
        System.setProperty("SE_AVOID_STATS", "true");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions().setBinary(chromium().orElseThrow());
        // Containers and root have no sandbox to offer; the only page that is opened is our own.
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--hide-scrollbars", "--no-first-run", "--disable-background-networking");
        options.setCapability("goog:loggingPrefs", logs);
        return new Browser(new ChromeDriver(
                new ChromeDriverService.Builder().usingDriverExecutable(chromedriver().orElseThrow()).usingAnyFreePort()
                        .build(),
                options));
    }

    /** How wide and high the window is, in CSS pixels, and whether the reader prefers a dark page. */
    void look(int width, int height, boolean dark) {
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features",
                List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** Opens a page that is not the one before, even if only the fragment differs. */
    void open(Path page, String fragment) {
        driver.get("about:blank");
        driver.get(page.toUri() + fragment);
        await("return document.documentElement.classList.contains('live')");
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    String text(String script, Object... arguments) {
        return (String) run(script, arguments);
    }

    long number(String script, Object... arguments) {
        return ((Number) run(script, arguments)).longValue();
    }

    /** Waits until {@code script} returns true. */
    void await(String script, Object... arguments) {
        new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50))
                .withMessage(() -> "waiting for: " + script)
                .until(any -> Boolean.TRUE.equals(run(script, arguments)));
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    ChromeDriver driver() {
        return driver;
    }

    String address() {
        return driver.getCurrentUrl();
    }

    /** What the page has complained of since the last call; a page that is good says nothing. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream().map(Object::toString).toList();
    }

    @Override
    public void close() {
        driver.quit();
    }

    private static Optional<File> chromium() {
        return locate("chromium", "chromium-browser", "google-chrome");
    }

    private static Optional<File> chromedriver() {
        return locate("chromedriver");
    }

    private static Optional<File> locate(String... names) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(names)
                .flatMap(name -> Stream.of((path + ":/usr/bin:/usr/local/bin").split(":"))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable).map(Path::toFile).findFirst();
    }
}
