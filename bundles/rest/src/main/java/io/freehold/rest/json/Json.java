package io.freehold.rest.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.databind.util.LookupCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Reads JSON strictly and writes it plainly: unknown and repeated fields, wrong types, deep nesting,
 * trailing text and U+0000 are refused; times are written as RFC 3339 in UTC.
 */
public final class Json {
    private static final int MAX_DEPTH = 64;
    private static final int TYPES = 200;
    private static final int MAX_NAME = 1_000;
    private static final int MAX_NUMBER = 100;

    private final ObjectMapper mapper;

    public Json() {
        mapper = mapper();
    }

    private static LookupCache<Object, JavaType> ownTypes() {
        return new LRUMap<>(TYPES / 4, TYPES);
    }

    private static ObjectMapper mapper() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNameLength(MAX_NAME)
                        .maxNumberLength(MAX_NUMBER)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .build();
        SimpleModule values = new SimpleModule()
                .addSerializer(Instant.class, new InstantSerializer())
                .addDeserializer(String.class, new TextDeserializer());
        JsonMapper.Builder builder = JsonMapper.builder(factory)
                // The common one would hold on to the classes of plugins that are gone.
                .typeFactory(TypeFactory.defaultInstance().withCache(ownTypes()))
                .addModule(values)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS);
        builder.withCoercionConfigDefaults(any ->
                any.setAcceptBlankAsEmpty(false).setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail));
        builder.withCoercionConfig(
                LogicalType.Textual, texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
        return builder.build();
    }

    /**
     * Jackson would take what has a zero among its first bytes for UTF-16 or UTF-32, and three bytes of ones before a
     * short name for nothing.
     */
    private static boolean isNotUtf8(byte[] text) {
        for (int i = 0; i < Math.min(4, text.length); i++) {
            if (text[i] == 0) {
                return true;
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return false;
        } catch (CharacterCodingException e) {
            return true;
        }
    }

    /**
     * Reads one JSON text.
     *
     * @throws MalformedBody if it is not JSON or does not fit the type
     */
    public Object read(byte[] text, Type type) {
        if (text.length == 0) {
            throw new MalformedBody(null, "a JSON body is expected");
        }
        if (isNotUtf8(text)) {
            throw new MalformedBody(null, "JSON is taken in UTF-8 alone");
        }
        try {
            Object value = mapper.readValue(text, mapper.constructType(type));
            if (value == null) {
                throw new MalformedBody(null, "a JSON object is expected, not null");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw MalformedBody.of(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads one JSON text of the given class; throws as {@link #read(byte[], Type)}. */
    public <T> T read(byte[] text, Class<T> type) {
        return type.cast(read(text, (Type) type));
    }

    public byte[] bytes(Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String text(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A parser of tokens with the same limits. */
    public JsonParser parser(byte[] text) throws IOException {
        return mapper.createParser(text);
    }

    private static final class InstantSerializer extends JsonSerializer<Instant> {
        @Override
        public void serialize(Instant value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeString(value.toString());
        }
    }
}
