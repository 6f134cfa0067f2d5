package io.freehold.api;

/**
 * Why something was refused or failed. One small set for services and providers alike; HTTP
 * statuses are derived from it in one place.
 */
public enum ErrorCode {
    /** The thing does not exist, or the caller may not know that it does. */
    NOT_FOUND,
    /** The request cannot be read: broken syntax or an unknown field. */
    MALFORMED,
    /** The request can be read, but a value in it is not acceptable. */
    INVALID,
    /** The request does not fit the present state; it may later. */
    CONFLICT,
    /** The caller's copy of the thing is out of date. */
    STALE,
    /** No credential, or a bad one. */
    UNAUTHENTICATED,
    /** The caller, or Freehold at the backend, lacks the permission. */
    DENIED,
    /** Too many attempts; later is fine. */
    RATE_LIMITED,
    /** The backend or the database cannot be reached or used now. */
    UNAVAILABLE,
    /** It took longer than allowed; it may still happen. */
    TIMEOUT,
    /** The operation was cancelled on request. */
    CANCELLED,
    /** A fault of Freehold or of a provider. */
    INTERNAL
}
