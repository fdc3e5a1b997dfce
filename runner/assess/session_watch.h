// SPDX-License-Identifier: MIT
/*
 * Watching a session while it runs: how the kit changes, how much time is left, and that somebody watches at all.
 *
 * Each look at the kit that finds something changed becomes a commit on the branch "watch-SESSION-NUMBER-PART" of the
 * candidate's own repository, made by the same intake as a hand-in; it counts for nothing and is what `session play`
 * shows. The candidate was told (report/notice.h).
 *
 * A watch that ends without having said so was killed or lost its machine: when the next one begins, the time between
 * is given back to the running part as a pause.
 */
#ifndef ASSESS_SESSION_WATCH_H
#define ASSESS_SESSION_WATCH_H

#include "assess/kit_log.h"
#include "assess/session_clock.h"
#include "repo/moments.h"

struct session_watch {
	struct workspace *workspace;
	const char *actor, *id;
	int lock;              /* one watch at a time */
	int64_t every_ms;      /* between two looks at the kit */
	int64_t looked_ms;     /* by the clock that never jumps; 0: not yet */
	int64_t part;          /* the part that ran at the last look */
	unsigned warned;       /* which warnings were given for it */
	uint64_t seen;         /* a fingerprint of the kit at the last snapshot */
	size_t snapshots;      /* made so far */
	int64_t given_back_ms; /* at the beginning */
};

/* What one look found. */
struct session_tick {
	struct session_clock clock;
	bool over;       /* the session has ended */
	char *part;      /* the kind of the part that runs; NULL: none */
	int warning;     /* 10, 5 or 1 minutes are left, said once for each; 0: nothing to say */
	bool snapshot;   /* one was made */
	char *problem;   /* why none could be made; NULL */
};

/* ERR_CONFLICT: the session doesn't run, or somebody watches it already. ERR_DENIED: the actor doesn't sit in it. */
int session_watch_begin(struct session_watch *watch, struct workspace *workspace, const char *actor, const char *id,
	int64_t every_ms, struct err *e);

/* Looks once. What the kit does wrong is in out->problem and fails nothing. */
int session_watch_look(struct session_tick *out, struct session_watch *watch, struct err *e);
void session_tick_done(struct session_tick *tick);

#define AUTO_SESSION_TICK AUTO(session_tick_done)

/* Ends it in order: the time until the next one isn't given back. */
void session_watch_end(struct session_watch *watch);

/* The snapshots of a part, oldest first, at most the newest 5000. ERR_DENIED as for evidence. */
int session_moments(struct repo_moments *out, struct workspace *workspace, const char *actor, const char *id,
	int64_t part, struct err *e);

/* The runs that the kit told of in a snapshot (assess/kit_log.h); none where it tells nothing that can be read. For who
 * may see the snapshots. */
int session_runs(struct kit_log *out, struct workspace *workspace, const char *id, const char *commit, struct err *e);

/* What changed from one snapshot to the next, as a diff and in lines. */
int session_moment_diff(char **out, size_t *added, size_t *removed, struct workspace *workspace, const char *id,
	const char *before, const char *after, struct err *e);

#endif
