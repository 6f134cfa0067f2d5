package io.freehold.rest.resource;

import io.freehold.api.Page;
import io.freehold.api.security.Caller;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.ToLongFunction;
import org.glassfish.jersey.server.ContainerRequest;

/** Entity tags of answers; most are weak, from revisions alone: nothing is serialised to find out that nothing changed. */
final class ETags {
    /** Revisions may begin anew with each start, so tags of another one must never fit. */
    private final String start = Long.toHexString(ThreadLocalRandom.current().nextLong());

    /**
     * The tag of what a caller sees under an address.
     *
     * @param revision differs whenever the answer could
     */
    String of(Caller caller, ContainerRequest request, long revision) {
        int asked = 31 * caller.principal().hashCode() + request.getRequestUri().hashCode();
        return "W/\"" + start + "-" + Long.toHexString(revision) + "-" + Integer.toHexString(asked) + "\"";
    }

    /** The strong tag of an answer that is the same for everybody. */
    static String ofContent(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return '"' + HexFormat.of().formatHex(hash, 0, 16) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** 304 if the client's copy has this tag. */
    Optional<Response> notModified(ContainerRequest request, String tag) {
        String known = request.getHeaderString(HttpHeaders.IF_NONE_MATCH);
        if (known == null) {
            return Optional.empty();
        }
        boolean same = Arrays.stream(known.split(",", -1))
                .map(String::strip)
                .anyMatch(one -> "*".equals(one) || strong(one).equals(strong(tag)));
        return same
                ? Optional.of(
                        Response.notModified().header(HttpHeaders.ETAG, tag).build())
                : Optional.empty();
    }

    /** 304 if the client's copy is the present one, else the answer with its tag. */
    <T> Response page(Caller caller, ContainerRequest request, Page<T> page, ToLongFunction<T> revision, Object view) {
        long all = page.total() * 31 + Objects.hashCode(page.nextCursor());
        for (T item : page.items()) {
            all = all * 1_000_003 + revision.applyAsLong(item);
        }
        String tag = of(caller, request, all);
        return notModified(request, tag)
                .orElseGet(() -> Response.ok(view).header(HttpHeaders.ETAG, tag).build());
    }

    private static String strong(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }
}
