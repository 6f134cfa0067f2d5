package io.freehold.api.audit;

/** How something that was recorded turned out. */
public enum Outcome {
    /** It was done. */
    SUCCESS,
    /** It was refused. */
    DENIED,
    /** It was tried and failed. */
    FAILURE,
    /** It is about to be tried; another entry of the same request says how it ended. */
    INTENT
}
