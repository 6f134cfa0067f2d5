package io.freehold.api.audit;

import java.time.Instant;

/**
 * Freehold's signature under the state of the log at one entry.
 *
 * @param sequence of the entry; 0 if there was none
 * @param hash of the entry, 64 hexadecimal digits; zeros if there was none
 * @param time when it was signed
 * @param key the Ed25519 public key that it is signed with, 64 hexadecimal digits
 * @param signature 128 hexadecimal digits
 */
public record AuditCheckpoint(long sequence, String hash, Instant time, String key, String signature) {}
