package dev.nextstep.server.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nextstep.server.http.Doc;
import java.util.List;
import java.util.Optional;

/**
 * A page of a list of jobs.
 *
 * @param object {@code list}
 * @param data the jobs, the newest first
 * @param hasMore whether there is a next page
 * @param lastId what to ask for the next page with
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@SuppressWarnings("OptionalUsedAsFieldOrParameterType")
public record JobListView(
        @Doc("'list'") String object,
        @Doc("The jobs, the newest first.") List<JobView> data,
        @Doc("Whether there is a next page.") boolean hasMore,

        @Doc("Name of the last job: 'after' of the next page.")
        Optional<String> lastId) {}
