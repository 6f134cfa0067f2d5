package io.freehold.rest.view;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.rest.json.Json;
import io.freehold.rest.json.MalformedBody;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A body is refused in words of its own, or read as another reader reads it, and can be written again. */
class JsonBodiesFuzzTest {
    private static final ObjectMapper OTHER = new ObjectMapper();

    /** Three bytes of ones, and a name that Jackson knows: it once took both for that name. */
    private static final byte[] BROKEN_NAME = "{\"\u00ff\u00ff\u00ffz\":2}".getBytes(ISO_8859_1);

    private final Json json = new Json();

    static Stream<byte[]> bodies() {
        return Stream.concat(texts(), Stream.of("{\"z\":1}".getBytes(UTF_8), BROKEN_NAME));
    }

    private static Stream<byte[]> texts() {
        return Stream.of("""
                        {"backendId":"00000000-0000-0000-0000-000000000001","name":"web","kind":"CONTAINER","template":"x",
                        "resources":{"cpus":1e0,"memoryBytes":1,"diskBytes":null},"ports":[{"port":80,"protocol":"udp"}],
                        "environment":{"A":"\\u0000\\ud83d\\ude00"},"config":{"a":[1.5,{"b":true}]},"start":false}""", """
                        {"privileged":true,"namespaces":["network"],"capabilities":["cap_x"],"devices":["/dev/x"],
                        "hostPaths":[{"path":"/srv/../x","readOnly":false}],"securityOptions":["a:b"],"sysctls":["a/b"]}""", "[\"\\ud800\",1e999,-0,\"\\uD83D\"]", "{\"a\":1,\"a\":2}", "\u00ef\u00bb\u00bf{}")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("bodies")
    @FuzzTest
    void bodyIsRefusedOrReadAsOthersReadIt(byte[] body) throws IOException {
        JsonNode tree = read(body, JsonNode.class);
        if (tree != null) {
            assertThat(tree).isEqualTo(OTHER.readTree(body));
            assertThat(OTHER.readTree(json.bytes(tree))).isEqualTo(OTHER.readTree(json.text(tree)));
        }
        check(read(body, InstanceRequest.class), request -> {
            json.bytes(request);
            request.checked();
        });
        check(read(body, AdmissionPolicyView.Allow.class), allow -> {
            Requests wrong = new Requests();
            allow.demands(wrong).forEach(demand -> assertThat(demand.words()).isNotBlank());
            wrong.check();
        });
    }

    private <T> T read(byte[] body, Class<T> type) {
        try {
            return json.read(body, type);
        } catch (MalformedBody e) {
            assertThat(e).hasMessageNotContaining("com.fasterxml");
            return null;
        }
    }

    private static <T> void check(T value, Consumer<T> reading) {
        if (value != null) {
            try {
                reading.accept(value);
            } catch (FreeholdException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.INVALID);
            }
        }
    }
}
