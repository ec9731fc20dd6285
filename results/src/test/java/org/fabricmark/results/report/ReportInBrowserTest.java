package org.fabricmark.results.report;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.fabricmark.results.model.StoredRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** What a reader of the page can do, in a real browser. */
@EnabledIf(value = "org.fabricmark.results.report.Browser#isHere", disabledReason = Browser.ABSENT)
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ReportInBrowserTest {
    private static final String EVIL = "<script>window.alerted=1<script>";
    private static final String SWEEP = "section[data-starts=sweep]";

    @TempDir
    static Path folder;

    private static Browser browser;
    private static Path one;
    private static Path two;

    @BeforeAll
    static void makePagesAndStartTheBrowser() throws IOException {
        browser = Browser.start();
        one = page("one.html", SyntheticRuns.of("base", 200, 1, 1));
        two = page("two.html", SyntheticRuns.of("base", 200, 1, 1), SyntheticRuns.of("head" + EVIL, 200, 2, 1.07));
    }

    @AfterAll
    static void closeTheBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void lookAtAWideWindow() {
        browser.look(1400, 1000, false);
        browser.complaints();
    }

    private static Path page(String name, StoredRun... runs) throws IOException {
        return Files.writeString(folder.resolve(name), Report.of(List.of(runs)).html());
    }

    /** Scrolls through the whole page so that everything is drawn once. */
    private static void readToTheEnd() {
        long height = browser.number("return document.documentElement.scrollHeight");
        for (long top = 0; top < height; top += 700) {
            browser.run("window.scrollTo(0, arguments[0])", top);
            browser.driver().executeAsyncScript("const done = arguments[0];"
                    + "requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 30)))");
            height = browser.number("return document.documentElement.scrollHeight");
        }
    }

    private static WebElement drawnSweep() {
        browser.run("document.querySelector(arguments[0]).scrollIntoView()", SWEEP);
        browser.await("return document.querySelectorAll(arguments[0] + ' .u-over').length >= 2", SWEEP);
        return browser.find(SWEEP);
    }

    private static String picture() {
        return browser.text("return document.querySelector(arguments[0] + ' canvas').toDataURL()", SWEEP);
    }

    @ParameterizedTest
    @CsvSource({"1400,false", "400,true"})
    void shouldDrawEverythingWithoutAComplaintAndWithoutTheNetwork(int width, boolean dark) {
        browser.look(width, 900, dark);
        for (Path page : List.of(one, two)) {
            browser.open(page, "");
            readToTheEnd();
            assertEquals(List.of(), browser.complaints());
            assertEquals(0, browser.number("return performance.getEntriesByType('resource').length"));
            assertTrue(browser.number("return document.documentElement.scrollWidth") <= width,
                    "the page is wider than the window");
        }
    }

    @Test
    void shouldShowLabelsThatLookLikeMarkupAsText() {
        browser.open(two, "");
        readToTheEnd();
        assertTrue(browser.find("#environment table").getText().contains("head" + EVIL));
        assertEquals(true, browser.run("return window.alerted === undefined"));
    }

    @Test
    void shouldSwitchALineOffEverywhereAndNoteItInTheAddress() {
        browser.open(one, "");
        WebElement sweep = drawnSweep();
        String before = picture();
        WebElement button = sweep.findElement(By.cssSelector("button[data-series='ring over shm']"));
        assertEquals("true", button.getAttribute("aria-pressed"));
        button.click();
        browser.await("return document.querySelector(arguments[0] + ' canvas').toDataURL() !== arguments[1]", SWEEP,
                before);
        assertEquals("false", button.getAttribute("aria-pressed"));
        assertTrue(browser.address().endsWith("#hide=ring+over+shm"), browser.address());
        readToTheEnd();
        assertEquals(0, browser.all("button[data-series='ring over shm'][aria-pressed=true]").size());
        drawnSweep();
        browser.find(SWEEP + " button[data-series='ring over shm']").click();
        browser.await("return document.querySelector(arguments[0] + ' canvas').toDataURL() === arguments[1]", SWEEP,
                before);
        assertFalse(browser.address().contains("hide"), browser.address());
    }

    @Test
    void shouldShowUnderTheCursorWhatTheTablesSay() {
        browser.open(one, "");
        WebElement sweep = drawnSweep();
        WebElement figure = sweep.findElement(By.cssSelector("figure"));
        List<String> shown = new ArrayList<>();
        List<String> said = new ArrayList<>();
        figure.sendKeys(Keys.HOME);
        for (int row = 0; row < 25; row++) {
            shown.add(browser.text(
                    "return [...document.querySelectorAll(arguments[0] + ' .legend tbody tr')].slice(0, 4)"
                            + ".map(tr => [...tr.cells].slice(1).map(td => td.textContent).join(' ')).join(', ')",
                    SWEEP));
            said.add(browser.text("const tables = document.querySelectorAll(arguments[0] + ' details table');"
                    + "const cells = (t) => [...tables[t].tBodies[0].rows[arguments[1]].cells].slice(1);"
                    + "return cells(0).map((cell, i) => cell.textContent + ' ' + cells(1)[i].textContent).join(', ')",
                    SWEEP,
                    row));
            figure.sendKeys(Keys.ARROW_RIGHT);
        }
        assertEquals(String.join("\n", said), String.join("\n", shown));
        assertEquals("at 128MiB", browser.text(
                "return document.querySelector(arguments[0] + ' .legend .place').textContent", SWEEP));
    }

    @Test
    void shouldMoveTheCursorOfAllPicturesWithTheMouse() {
        browser.look(1400, 2600, false);
        browser.open(one, "");
        drawnSweep();
        browser.await("return document.querySelectorAll(arguments[0] + ' .u-over').length >= 4", SWEEP);
        new Actions(browser.driver()).moveToElement(browser.all(SWEEP + " .u-over").getFirst(), 0, 0).perform();
        browser.await("return new Set([...document.querySelectorAll(arguments[0] + ' .legend .place')]"
                + ".map(place => place.textContent)).size === 1 && document.querySelector('.legend .place').textContent"
                + ".startsWith('at ')", SWEEP);
    }

    private static final String CELL = "const table = document.querySelector('#tables table');"
            + "const heads = [...table.tHead.rows[0].cells].map(cell => cell.textContent.split(' ')[0]);"
            + "return table.tBodies[0].rows[0].cells[heads.indexOf(arguments[0])].textContent";

    @Test
    void shouldShowEverythingInTheChosenUnits() {
        browser.open(one, "");
        double micros = Double.parseDouble(browser.text(CELL, "time"));
        double rate = Double.parseDouble(browser.text(CELL, "busbw"));
        WebElement chooser = browser.find("select[data-unit=time]");
        chooser.sendKeys("ms");
        browser.find("select[data-unit=rate]").sendKeys("Gbit");
        browser.await("return location.hash.includes('time=ms') && location.hash.includes('rate=Gbit')");
        assertEquals(micros / 1000, Double.parseDouble(browser.text(CELL, "time")), 1e-12);
        assertEquals(rate * 8, Double.parseDouble(browser.text(CELL, "busbw")), 0.01 * rate * 8);
        assertEquals("time ms",
                browser.text("return document.querySelector('#tables th [data-of]').parentNode.textContent"));
        WebElement sweep = drawnSweep();
        sweep.findElement(By.cssSelector("figure")).sendKeys(Keys.HOME);
        assertEquals(
                browser.text(
                        "return document.querySelector(arguments[0] + ' details table').tBodies[0].rows[0].cells[1]"
                                + ".textContent",
                        SWEEP),
                browser.text("return document.querySelector(arguments[0] + ' .legend tbody .value').textContent",
                        SWEEP));
        assertEquals("ms", browser.text("return document.querySelector(arguments[0] + ' .legend .unit').textContent",
                SWEEP));
        chooser.sendKeys("µs");
        browser.await("return !location.hash.includes('time')");
        assertEquals(micros, Double.parseDouble(browser.text(CELL, "time")));
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void shouldCopyWhatATableShowsAsCsvByKeyboard() {
        browser.driver().executeCdpCommand("Browser.grantPermissions",
                Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
        browser.open(one, "#filter=two-shot+4096&time=ms");
        String shown = browser.text("const section = [...document.querySelectorAll('section.cells')]"
                + ".find(each => !each.hidden); section.id = 'shown';"
                + "return [...section.querySelectorAll('tbody tr')].filter(row => !row.hidden)[0].cells[6].textContent");
        WebElement button = browser.find("#shown button.copy");
        button.sendKeys(Keys.ENTER);
        browser.await("return document.querySelector('#shown button.copy').textContent === 'Copied'");
        String csv = (String) browser.driver().executeAsyncScript(
                "const done = arguments[0]; navigator.clipboard.readText().then(done, refused => done(String(refused)))");
        List<String> lines = csv.lines().toList();
        assertTrue(lines.getFirst().startsWith("size B,count,type,op,algorithm,place,time ms,"), csv);
        assertEquals(
                browser.number("return [...document.querySelectorAll('#shown tbody tr')].filter(row => !row.hidden)"
                        + ".length"),
                lines.size() - 1L, csv);
        assertEquals(shown, lines.get(1).split(",")[6], csv);
        assertTrue(browser.text("return document.getElementById('said').textContent").startsWith("Copied: "));
        browser.run("const details = document.querySelector('#ratios details'); details.open = true");
        browser.await("return document.querySelector('#ratios details button.copy') !== null");
        assertEquals(
                browser.number("return document.querySelectorAll('table:not(.legend)').length"),
                browser.number("return document.querySelectorAll('button.copy').length"), "each table has a button");
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void shouldRestoreTheViewFromTheAddress() {
        browser.open(one, "#filter=two-shot+shm&hide=limit+over+shm&linear=x%7Cy&size=4096&at=samples");
        browser.await("return document.querySelectorAll('#samples select').length > 0"
                + " && document.querySelector('#samples select').value === '4096'");
        assertEquals("two-shot shm", browser.text("return document.getElementById('filter').value"));
        assertEquals(2, browser.all("button[data-linear][aria-pressed=true]").size());
        assertEquals("25 of 200 cells", browser.find("#filtered").getText());
        drawnSweep();
        assertEquals("false",
                browser.find(SWEEP + " button[data-series='limit over shm']").getAttribute("aria-pressed"));
        assertFalse(browser.find(SWEEP + " button[data-series='ring over shm']").isDisplayed());
    }

    @Test
    void shouldFilterRowsByEveryWord() {
        browser.open(one, "");
        browser.find("#filter").sendKeys("all-gather ring netty 64K 2");
        browser.await("return document.getElementById('filtered').textContent === '1 of 200 cells'");
        assertEquals("65536", browser.text("return [...document.querySelectorAll('#tables tbody tr')]"
                + ".filter(row => row.offsetParent !== null)[0].cells[0].textContent"));
        browser.find("#all").click();
        browser.await("return document.getElementById('filtered').textContent === ''");
        assertEquals(200, browser.number("return document.querySelectorAll('#tables tbody tr:not([hidden])').length"));
    }

    @Test
    void shouldSwitchAxesAndThemeByDrawingAnew() {
        browser.open(one, "");
        drawnSweep();
        String log = picture();
        browser.find("button[data-linear=y]").click();
        browser.await("return document.querySelector(arguments[0] + ' canvas').toDataURL() !== arguments[1]", SWEEP,
                log);
        assertTrue(browser.address().contains("linear=y"), browser.address());
        String light = picture();
        browser.look(1400, 1000, true);
        browser.await("return document.querySelector(arguments[0] + ' canvas').toDataURL() !== arguments[1]", SWEEP,
                light);
        assertNotEquals("rgb(255, 255, 255)", browser.text("return getComputedStyle(document.body).backgroundColor"));
    }

    @Test
    void shouldHoldRatiosAgainstTheLineThatTheReaderChooses() {
        browser.open(two, "#at=ratios");
        String ratios = "section[data-starts=ratios]";
        browser.await("return document.querySelectorAll(arguments[0] + ' .u-over').length > 0", ratios);
        browser.run("document.querySelector(arguments[0] + ' details').open = true", ratios);
        browser.await("return document.querySelectorAll(arguments[0] + ' details tbody tr').length === 25", ratios);
        String row = "const table = document.querySelector(arguments[0] + ' details table');"
                + "const heads = [...table.tHead.rows[0].cells].map(cell => cell.textContent);"
                + "return table.tBodies[0].rows[24].cells[heads.indexOf(arguments[1])].textContent";
        assertAll(() -> assertEquals("1.00", browser.text(row, ratios, "ring over shm, A")),
                () -> assertTrue(browser.text(row, ratios, "ring over shm, B").matches("1\\.0[5-9]")));
        browser.run(
                "const select = document.querySelector(arguments[0] + ' select'); select.value = 'ring over shm, B';"
                        + "select.dispatchEvent(new Event('change'))",
                ratios);
        browser.await("return location.hash.includes('reference=ring+over+shm%2C+B')");
        assertEquals("1.00", browser.text(row, ratios, "ring over shm, B"));
    }

    @Test
    void shouldStayResponsiveWithTenThousandCells() throws IOException {
        Path many = page("many.html", SyntheticRuns.of("many", 10_000, 3, 1));
        long started = System.nanoTime();
        browser.open(many, "");
        long loaded = (System.nanoTime() - started) / 1_000_000;
        double filtered = milliseconds("const box = document.getElementById('filter'); box.value = 'two-shot 4096';"
                + "box.dispatchEvent(new Event('input'))", "document.getElementById('filtered').textContent !== ''");
        browser.run("document.getElementById('all').click()");
        drawnSweep();
        double toggled = milliseconds("document.querySelector('" + SWEEP + " button[data-series]').click()",
                "location.hash.includes('hide')");
        double jumped = milliseconds("document.querySelector('nav a[href=\"#samples\"]').click()",
                "document.querySelectorAll('#samples .u-over').length > 0");
        long pictures = browser.number("return document.querySelectorAll('.u-over').length");
        System.out.printf(
                "10,000 cells: %d bytes, loaded in %d ms, filtered in %.0f ms, toggled in %.0f ms, jumped in %.0f ms,"
                        + " %d pictures at once%n",
                Files.size(many), loaded, filtered, toggled, jumped, pictures);
        assertAll(() -> assertTrue(loaded < 10_000, "loaded in " + loaded + " ms"),
                () -> assertTrue(filtered < 1_500, "filtered in " + filtered + " ms"),
                () -> assertTrue(toggled < 1_000, "toggled in " + toggled + " ms"),
                () -> assertTrue(jumped < 3_000, "jumped in " + jumped + " ms"),
                () -> assertTrue(pictures < 40, pictures + " pictures are held at once"),
                () -> assertEquals(List.of(), browser.complaints()));
    }

    /** From an action to the frame after its effect. */
    private static double milliseconds(String action, String effect) {
        return ((Number) browser.driver()
                .executeAsyncScript("const done = arguments[0]; const start = performance.now();"
                        + action + "; const look = () => " + effect
                        + " ? requestAnimationFrame(() => done(performance.now() - start)) : requestAnimationFrame(look);"
                        + "look();"))
                .doubleValue();
    }
}
