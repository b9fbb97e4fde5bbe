package dev.nextstep.hub;

/** What all parts of one pull share. */
record PullSession(
        HubReference reference, HubSettings settings, Surroundings surroundings, Stop stop, ProgressMeter meter) {}
