// SPDX-License-Identifier: MIT
/*
 * Task repositories: cloned bare into a workspace, fetched, pinned to a commit, checked out through our own writer.
 *
 * A task repository may be hostile to the interviewer's machine. So libgit2 does the transport (no ssh command line,
 * no hooks, no filters, no submodules, the user's and system's git configuration not read), and a checkout reads
 * blobs straight from the object database: modes 0644 and 0755 only, links and submodules refused by name, entries,
 * depth and bytes counted before a byte is written. The messages never show a password of a URL.
 */
#ifndef REPO_CLONE_H
#define REPO_CLONE_H

#include "base/err.h"
#include "base/mem.h"

#include <stddef.h>

enum { REPO_COMMIT = 41 }; /* 40 hex digits and the NUL */

/* Once before any other function here, and once at the end. */
int repo_start(struct err *e);
void repo_stop(void);

/*
 * Clones url (an absolute or relative path, or file://; other schemes are ERR_USAGE) into the new bare repository
 * `dir`. Leaves nothing behind when it fails. ERR_NOT_FOUND: nothing there, or no repository; ERR_DENIED: a
 * repository of another user's (says how to allow it); ERR_INVALID: empty; ERR_LIMIT: over 1 GiB or 2 000 000
 * objects.
 */
int repo_clone(const char *url, const char *dir, struct err *e);

/* Fetches all branches, tags and pull requests again from where it was cloned, and forgets those that are gone there.
 * Cut off at any moment, it leaves every ref at its old or its new commit. */
int repo_fetch(const char *dir, struct err *e);

/* The commit that a branch, tag, other ref ("refs/pull/7/head") or at least four hex digits mean now; ref NULL: the
 * default branch. ERR_NOT_FOUND names the branches there are. */
int repo_resolve(const char *dir, const char *ref, char commit[REPO_COMMIT], struct err *e);

/* The hex id of the tree at `path` ("" for the root) in that commit. */
int repo_tree_id(const char *dir, const char *commit, const char *path, char tree[REPO_COMMIT], struct err *e);

/* The paths of all files called `name`, in which "*" stands for anything, in that commit with at most `max_depth`
 * directories above them, sorted. */
int repo_find(struct strings *out, const char *dir, const char *commit, const char *name, int max_depth, struct err *e);

struct repo_limits {
	size_t max_entries;    /* default 100 000 */
	size_t max_bytes;      /* default 256 MiB, all blobs together */
	size_t max_depth;      /* default 50 */
};

/* Writes the tree at `path` of that commit into the new directory `to`, which appears whole or not at all. limits
 * NULL: the defaults. ERR_INVALID names the link, submodule or name that is refused; ERR_LIMIT; ERR_CONFLICT if
 * there is something at `to`. */
int repo_checkout(const char *dir, const char *commit, const char *path, const char *to,
	const struct repo_limits *limits, struct err *e);

/* url without "user:secret@", for messages and the database. */
char *repo_url_shown(const char *url, struct err *e);

#endif
