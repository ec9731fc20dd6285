package org.fabricmark.results.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the page carries along: its style, its scripts, the plotting library's licence, and the policy that lets exactly
 * these run.
 *
 * @param style the style sheet
 * @param script all scripts as one
 * @param plotLicence of the plotting library
 */
record PageAssets(String style, String script, String plotLicence) {
    private static final String PLOTS = "/META-INF/resources/webjars/uplot/1.6.30/";
    /** In the order in which they need each other. */
    private static final List<String> SCRIPTS = List.of("state", "figures", "elements", "csv", "units", "looks",
            "plot", "lazy", "filter", "sweeps", "ratios", "samples", "order", "main");

    static PageAssets load() {
        String own = SCRIPTS.stream().map(name -> text(name + ".js")).collect(Collectors.joining("\n"));
        return new PageAssets(text(PLOTS + "dist/uPlot.min.css") + "\n" + text("page.css"),
                text(PLOTS + "dist/uPlot.iife.min.js") + "\n(() => {\n\"use strict\";\n" + own + "})();\n",
                text(PLOTS + "LICENSE"));
    }

    /** The content of the page's Content-Security-Policy: nothing from anywhere, but for this script and this style. */
    String policy() {
        return "default-src 'none'; script-src '" + digest(script) + "'; style-src '" + digest(style)
                + "'; base-uri 'none'; form-action 'none'";
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** A resource, with the line ends that a browser will see. */
    private static String text(String name) {
        try (InputStream in = PageAssets.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " is missing from this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException unreadable) {
            throw new UncheckedIOException("resource " + name + " cannot be read", unreadable);
        }
    }
}
