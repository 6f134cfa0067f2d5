package io.freehold.rest.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The description of the API that was made when the bundle was built, with what plugins say of theirs. */
final class OpenApiDocument {
    private static final Logger LOG = LoggerFactory.getLogger(OpenApiDocument.class);
    private static final String FILE = "/openapi/openapi.json";
    /** What the paths of the document are relative to; those of plugins are whole. */
    private static final String SERVER = "/api/v1";

    private static final String SCHEMAS = "#/components/schemas/";

    private final ObjectMapper mapper = new ObjectMapper();

    /**
     * The whole document.
     *
     * @param plugins their own documents, by plugin; what is not under a plugin's own path is left out, and its
     *     schemas get its name, so that none is taken for another
     */
    byte[] with(Map<String, byte[]> plugins) {
        try (InputStream in = OpenApiDocument.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("The bundle was built without " + FILE);
            }
            byte[] own = in.readAllBytes();
            if (plugins.isEmpty()) {
                return own;
            }
            ObjectNode whole = (ObjectNode) mapper.readTree(own);
            plugins.forEach((id, document) -> add(whole, id, document));
            return mapper.writeValueAsBytes(whole);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(ObjectNode whole, String plugin, byte[] document) {
        try {
            JsonNode part = renamed(mapper.readTree(document), plugin);
            part.path("paths").properties().forEach(path -> {
                if (path.getKey().startsWith(SERVER + "/plugins/" + plugin + "/")) {
                    for (JsonNode method : path.getValue()) {
                        secured(method, plugin);
                    }
                    whole.withObject("/paths").set(path.getKey().substring(SERVER.length()), path.getValue());
                }
            });
            part.at("/components/schemas").properties().forEach(schema -> whole.withObject("/components/schemas")
                    .set(plugin + "." + schema.getKey(), schema.getValue()));
        } catch (IOException e) {
            LOG.warn("The plugin {} describes its resources with something that is no JSON", plugin);
        }
    }

    /** Nothing of a plugin is open, and its names for methods are its own. */
    private static void secured(JsonNode method, String plugin) {
        if (method instanceof ObjectNode operation) {
            ArrayNode security = operation.putArray("security");
            security.addObject().putArray("bearer");
            security.addObject().putArray("cookie");
            if (operation.has("operationId")) {
                operation.put(
                        "operationId",
                        plugin + "." + operation.get("operationId").asText());
            }
        }
    }

    /** With the plugin's name before that of each schema that is referred to. */
    private static JsonNode renamed(JsonNode node, String plugin) {
        for (JsonNode child : node) {
            renamed(child, plugin);
        }
        String reference = node.path("$ref").asText();
        if (node instanceof ObjectNode object && reference.startsWith(SCHEMAS)) {
            object.put("$ref", SCHEMAS + plugin + "." + reference.substring(SCHEMAS.length()));
        }
        return node;
    }
}
