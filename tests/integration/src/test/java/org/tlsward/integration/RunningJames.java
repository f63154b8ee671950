/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A James in a process of its own. Its working directory is kept for a look after a test that failed. */
final class RunningJames implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern UP = Pattern.compile("JAMES server started");

    private final Process process;
    private final WorkingDirectory directory;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    private RunningJames(Process process, WorkingDirectory directory) {
        this.process = process;
        this.directory = directory;
    }

    /** What is on the class path, and what is started. */
    record Program(List<Path> classPath, String mainClass) {
        /** The stock memory app, as its class path was written by the build. */
        static Program stock(Path... more) {
            List<Path> classPath = new ArrayList<>(Arrays.asList(more));
            Arrays.stream(read(Project.path("bundle/classpath/james38/target/classpath.txt"))
                            .strip()
                            .split(":"))
                    .map(Path::of)
                    .forEach(classPath::add);
            return new Program(classPath, "org.apache.james.MemoryJamesServerMain");
        }
    }

    /** Starts it and returns when it is up. */
    static RunningJames start(Program program, WorkingDirectory directory) {
        RunningJames james = launch(program, directory);
        james.await(UP);
        return james;
    }

    /** Starts it without waiting, for starts that must fail. */
    static RunningJames launch(Program program, WorkingDirectory directory) {
        String classPath = String.join(
                ":", program.classPath().stream().map(Path::toString).toList());
        Path root = directory.root();
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx384m",
                            "-XX:TieredStopAtLevel=1",
                            "-Dworking.directory=" + root,
                            "-Djames.message.usememorycopy=false",
                            "-Dlogback.configurationFile=" + root.resolve("conf/logback.xml"),
                            "-cp",
                            classPath,
                            program.mainClass())
                    .directory(root.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.log().toFile())
                    .start();
            return new RunningJames(process, directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    WorkingDirectory directory() {
        return directory;
    }

    /** Waits for a line of the log that matches. */
    void await(Pattern line) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!line.matcher(log()).find()) {
            if (!process.isAlive() && !line.matcher(log()).find()) {
                throw new AssertionError("James ended before its log had " + line + ":\n" + log());
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("James did not log " + line + ":\n" + log());
            }
            pause();
        }
    }

    /** Waits until it has stopped by itself, as it must when its configuration is broken; returns its log. */
    String awaitEnd() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("James runs although it should have stopped:\n" + log());
        }
        return log();
    }

    String log() {
        return read(directory.log());
    }

    /** An HTTP request to WebAdmin. */
    String webAdmin(String path, String accept) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + directory.port(Port.WEBADMIN) + path))
                .header("Accept", accept)
                .timeout(Duration.ofSeconds(20))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /** A PUT to WebAdmin that must succeed. */
    void put(String path, String json) throws IOException, InterruptedException {
        send("PUT", path, json);
    }

    /** A PATCH to WebAdmin that must succeed. */
    void patch(String path) throws IOException, InterruptedException {
        send("PATCH", path, "");
    }

    private void send(String method, String path, String json) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + directory.port(Port.WEBADMIN) + path))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(20))
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(method + " " + path + ": " + response.statusCode() + " " + response.body());
        }
    }

    long pid() {
        return process.pid();
    }

    /** Ends the process at once, as a power cut would. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
