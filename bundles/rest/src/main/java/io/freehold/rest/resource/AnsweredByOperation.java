package io.freehold.rest.resource;

import io.freehold.rest.view.OperationView;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes what {@link OperationAnswers} answers. The reader of descriptions takes it for a method without others. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@ApiResponse(
        responseCode = "202",
        description = "Begun; Location is the operation.",
        content = @Content(schema = @Schema(implementation = OperationView.class)))
@ApiResponse(
        responseCode = "200",
        description = "Ended within the wait that was asked for, well or not: see its status.",
        content = @Content(schema = @Schema(implementation = OperationView.class)))
@interface AnsweredByOperation {}
