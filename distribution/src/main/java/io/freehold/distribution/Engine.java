package io.freehold.distribution;

import io.freehold.launcher.Json;
import io.freehold.launcher.cli.UnixHttp;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The few calls to a local Docker engine that find or make an image for the quickstart. */
final class Engine {
    private static final String ANY = "*/*";
    private static final byte[] NOTHING = new byte[0];

    private final String url;
    private final UnixHttp http;

    private Engine(String url) {
        this.url = url;
        this.http = new UnixHttp(Path.of(url.substring("unix://".length())));
    }

    /**
     * The engine at an address such as {@code unix:///var/run/docker.sock}, if it answers.
     */
    static Optional<Engine> at(String url) {
        if (!url.startsWith("unix://")) {
            return Optional.empty();
        }
        try {
            Engine engine = new Engine(url);
            return engine.http.request("GET", "/_ping", ANY, "", NOTHING).status() == 200
                    ? Optional.of(engine)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    String url() {
        return url;
    }

    /** A busybox image that the engine has. */
    Optional<String> busybox() throws IOException {
        String images = http.request("GET", "/images/json", ANY, "", NOTHING).text();
        if (Json.parse(images) instanceof List<?> list) {
            for (Object image : list) {
                if (image instanceof Map<?, ?> map && map.get("RepoTags") instanceof List<?> tags) {
                    for (Object tag : tags) {
                        String name = String.valueOf(tag);
                        if (name.equals("busybox:latest") || name.equals("freehold/busybox:quickstart")) {
                            return Optional.of(name);
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Makes an image of a file system. */
    void load(byte[] tar, String name) throws IOException {
        int colon = name.lastIndexOf(':');
        UnixHttp.Answer answer = http.request(
                "POST",
                "/images/create?fromSrc=-&repo=" + encode(name.substring(0, colon)) + "&tag="
                        + encode(name.substring(colon + 1)),
                ANY,
                "application/x-tar",
                tar);
        if (answer.status() != 200 || answer.text().contains("\"error\"")) {
            throw new IOException("the engine takes no image: " + answer.text().strip());
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
