package io.freehold.provider.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.freehold.api.ErrorCode;
import io.freehold.api.provider.OperationContext;
import io.freehold.api.provider.ProviderException;
import io.freehold.provider.docker.engine.EngineClient;
import io.freehold.provider.docker.engine.EngineRefusal;
import io.freehold.provider.docker.engine.EngineStream;
import io.freehold.provider.docker.engine.JsonLines;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Has the engine fetch an image, as its command line does when it creates a container from one that is not there. */
final class ImagePull {
    private static final int LAST_PERCENT = 90;

    private final EngineClient client;
    private final String image;
    private final OperationContext context;
    private final Map<String, Double> layers = new HashMap<>();

    ImagePull(EngineClient client, String image, OperationContext context) {
        this.client = client;
        this.image = image;
        this.context = context;
    }

    /**
     * Pulls; returns when the engine has the image.
     *
     * @throws ProviderException {@code NOT_FOUND} if no registry has it, {@code UNAVAILABLE} if the registry
     *     cannot be reached, …
     */
    void run() {
        context.progress(1, "Pulling " + image);
        try (Waiting waiting =
                new Waiting(client, context, "Pulling " + image + " took too long; try again, what came is kept.")) {
            try (EngineStream stream = waiting.post(target())) {
                JsonLines lines = new JsonLines(client.mapper(), stream.in());
                for (JsonNode line = lines.next(); line != null; line = lines.next()) {
                    report(line);
                }
            } catch (EngineRefusal e) {
                throw failure(e.said(), e);
            } catch (IOException e) {
                throw waiting.explain(client.explain(e));
            } catch (ProviderException e) {
                throw waiting.explain(e);
            }
        }
    }

    private void report(JsonNode line) {
        String error = line.path("error").asText();
        if (!error.isEmpty()) {
            throw failure(error, null);
        }
        context.checkCancelled();
        String status = line.path("status").asText();
        String layer = line.path("id").asText();
        JsonNode detail = line.path("progressDetail");
        long total = detail.path("total").asLong();
        if (total > 0) {
            double share = detail.path("current").asLong() / (double) total;
            layers.put(layer, status.startsWith("Extracting") ? 0.7 + 0.3 * share : 0.7 * share);
        } else {
            context.log(layer.isEmpty() ? status : layer + ": " + status);
            switch (status) {
                case "Pulling fs layer", "Waiting" -> layers.putIfAbsent(layer, 0.0);
                case "Pull complete", "Already exists" -> layers.put(layer, 1.0);
                default -> {
                    // says nothing about how far it is
                }
            }
        }
        double done = layers.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0);
        context.progress((int) (1 + done * (LAST_PERCENT - 1)), "Pulling " + image);
    }

    private ProviderException failure(String said, @Nullable Throwable cause) {
        String lower = said.toLowerCase(Locale.ROOT);
        if (lower.contains("not found") || lower.contains("manifest unknown") || lower.contains("does not exist")) {
            return new ProviderException(
                    ErrorCode.NOT_FOUND,
                    "The engine does not have the image " + image
                            + " and no registry gives it: check its name and tag. The registry said: " + said,
                    cause);
        }
        if (lower.contains("denied") || lower.contains("unauthorized")) {
            return new ProviderException(
                    ErrorCode.DENIED, "The registry does not give " + image + " to this engine: " + said, cause);
        }
        return new ProviderException(
                ErrorCode.UNAVAILABLE,
                "The engine does not have the image " + image
                        + " and could not pull it; check the way to the registry: " + said,
                cause);
    }

    /** Without a tag the engine would pull every one. */
    private String target() {
        int at = image.indexOf('@');
        int colon = image.lastIndexOf(':');
        int cut = at > 0 ? at : colon > image.lastIndexOf('/') ? colon : -1;
        String name = cut > 0 ? image.substring(0, cut) : image;
        String tag = cut > 0 ? image.substring(cut + 1) : "latest";
        return "/images/create?fromImage=" + EngineClient.encode(name) + "&tag=" + EngineClient.encode(tag);
    }
}
