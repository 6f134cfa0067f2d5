package io.freehold.security.audit;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The last line of a segment's file: what the file must hold, signed, so that it can be checked alone.
 *
 * @param first the sequence number of its first entry
 * @param last the sequence number of its last entry
 * @param previousHash of the entry before the first
 * @param hash of the last entry
 * @param time when it was sealed
 */
record SegmentEnd(
        long number,
        long first,
        long last,
        String previousHash,
        String hash,
        Instant time,
        String key,
        String signature) {
    private static final String FORMAT = "freehold-segment-1";

    private static final Pattern LINE = Pattern.compile("\\{\"segment\":\"" + FORMAT
            + "\",\"number\":(\\d{1,18}),\"first\":(\\d{1,18}),\"sequence\":(\\d{1,18}),"
            + "\"previousHash\":\"([0-9a-f]{64})\",\"hash\":\"([0-9a-f]{64})\",\"time\":\"([^\"]{20,40})\","
            + "\"key\":\"([0-9a-f]{64})\",\"signature\":\"([0-9a-f]{128})\"}");

    /** Signs what a segment holds. */
    static SegmentEnd sign(Signer signer, long number, long first, long last, String previousHash, String hash) {
        SegmentEnd bare = new SegmentEnd(
                number, first, last, previousHash, hash, signer.now(), signer.publicKey(), "0".repeat(128));
        return bare.with(signer.sign(bare.text()));
    }

    private SegmentEnd with(String made) {
        return new SegmentEnd(number, first, last, previousHash, hash, time, key, made);
    }

    boolean signed(Signer signer) {
        return key.equals(signer.publicKey()) && signer.signed(text(), signature);
    }

    private String text() {
        return String.join(
                " ",
                FORMAT,
                Long.toString(number),
                Long.toString(first),
                Long.toString(last),
                previousHash,
                hash,
                time.toString());
    }

    String line() {
        return "{\"segment\":\"" + FORMAT + "\",\"number\":" + number + ",\"first\":" + first + ",\"sequence\":" + last
                + ",\"previousHash\":\"" + previousHash + "\",\"hash\":\"" + hash + "\",\"time\":\"" + time
                + "\",\"key\":\"" + key + "\",\"signature\":\"" + signature + "\"}";
    }

    /** The line; empty if it is none, or written otherwise. */
    static Optional<SegmentEnd> parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            SegmentEnd end = new SegmentEnd(
                    Long.parseLong(matcher.group(1)),
                    Long.parseLong(matcher.group(2)),
                    Long.parseLong(matcher.group(3)),
                    matcher.group(4),
                    matcher.group(5),
                    Instant.parse(matcher.group(6)),
                    matcher.group(7),
                    matcher.group(8));
            return end.line().equals(line) ? Optional.of(end) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
