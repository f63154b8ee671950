/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin.browser;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium without a window. What it waits for it watches itself, frame by frame. */
public final class HeadlessBrowser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final ChromeDriver driver;

    /** Starts one. */
    public HeadlessBrowser(String... more) {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions()
                .setBinary("/usr/bin/chromium")
                .addArguments(
                        "--headless=new",
                        "--no-sandbox", // the tests run as root
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--no-first-run",
                        "--no-proxy-server",
                        "--force-color-profile=srgb",
                        "--hide-scrollbars",
                        "--font-render-hinting=none")
                .addArguments(more);
        options.setCapability("goog:loggingPrefs", logs);
        // Named, or Selenium would look for a driver in the Internet.
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File("/usr/bin/chromedriver"))
                .usingAnyFreePort()
                .build();
        driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(PATIENCE).pageLoadTimeout(PATIENCE);
    }

    /** For what is not here. */
    public ChromeDriver driver() {
        return driver;
    }

    /** Opens an address. */
    public HeadlessBrowser open(String url) {
        driver.get(url);
        return this;
    }

    /** Runs a script and returns what it returns. */
    public Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Waits until an expression is true. */
    public void await(String condition, Object... arguments) {
        Object[] all = java.util.Arrays.copyOf(arguments, arguments.length);
        try {
            driver.executeAsyncScript(
                    "const done = arguments[arguments.length - 1]; const given = arguments;"
                            + "const look = () => { let met = false; try { met = Boolean(" + condition
                            + "); } catch (e) {}"
                            + " if (met) { done(true); } else { setTimeout(look, 15); } }; look();",
                    all);
        } catch (org.openqa.selenium.ScriptTimeoutException e) {
            throw new AssertionError("never true: " + condition + "; the page says:\n" + text("body"), e);
        }
    }

    /** Waits until a part of the page contains a text. */
    public void awaitText(String selector, String text) {
        await("document.querySelector(given[0]).innerText.includes(given[1])", selector, text);
    }

    /** Waits until nothing is loading. */
    public void awaitCalm() {
        await("document.querySelector('h1') && !document.querySelector('[aria-busy]')");
    }

    /** What can be read there. */
    public String text(String selector) {
        return String.valueOf(script("return document.querySelector(arguments[0])?.innerText", selector));
    }

    /** The elements there. */
    public List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** The first visible button or link of that name. */
    public WebElement named(String name) {
        return driver.findElements(By.cssSelector("dialog[open] button, dialog[open] a")).stream()
                .filter(each -> each.getText().equals(name))
                .findFirst()
                .orElseGet(() -> all("button, a").stream()
                        .filter(each -> each.isDisplayed() && each.getText().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no \"" + name + "\" in:\n" + text("body"))));
    }

    /** Types into the field of that name. */
    public void type(String field, String text) {
        List<WebElement> open = all("dialog[open] [name=" + field + "]");
        WebElement element = open.isEmpty() ? driver.findElement(By.name(field)) : open.get(0);
        element.clear();
        element.sendKeys(text);
    }

    /** Presses keys wherever the focus is. */
    public void press(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    /** Goes on with the key until the focus is on what is called so; fails if it never comes there. */
    public void tabTo(String name) {
        for (int i = 0; i < 120; i++) {
            String now = String.valueOf(script("const e = document.activeElement; return (e.getAttribute('aria-label')"
                    + " || e.labels?.[0]?.firstChild?.textContent || e.innerText || '').trim()"));
            if (now.equals(name)) {
                return;
            }
            press(Keys.TAB);
        }
        throw new AssertionError("the key never came to \"" + name + "\" in:\n" + text("body"));
    }

    /** Light or dark, and how wide. */
    public void look(String scheme, int width) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    }

    /** A picture of the whole page, or of the window where a question stands above it. */
    public void picture(Path file) {
        boolean asked = !all("dialog[open]").isEmpty();
        Map<String, Object> picture = driver.executeCdpCommand(
                "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", !asked));
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, Base64.getDecoder().decode((String) picture.get("data")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Warnings and errors of the console since the last call: refusals of the policy, failures of scripts, requests that failed. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(entry -> entry.getMessage())
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
