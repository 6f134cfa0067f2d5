package io.freehold.rest.http;

import org.eclipse.jetty.server.Handler;

/** A handler that may stand in the chain of {@link RoutedHandlers}: one whose routes are known. */
public abstract sealed class RoutedHandler extends Handler.Abstract implements Routed permits ApiHandler, PathHandler {}
