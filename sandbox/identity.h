// SPDX-License-Identifier: MIT
/*
 * Under which id of the host the box runs; never 0.
 *
 * Started by root: one id of a range, for this box alone. Ids that aren't mapped in our own user namespace, that stand
 * in passwd, group, /etc/subuid or /etc/subgid, or that are systemd's to give are left out. Each is locked in
 * /run/assay/ids.lock while it is used, so that launchers that know nothing of each other never share one. Started by
 * anybody else: that user's own id, shared by all their boxes.
 *
 * Inside it is always 1000, so that two machines look the same.
 */
#ifndef SANDBOX_IDENTITY_H
#define SANDBOX_IDENTITY_H

#include <stdbool.h>
#include <sys/types.h>

#include "fault.h"
#include "host.h"
#include "plan.h"

enum { IDENTITY_INSIDE = 1000 };

struct identity {
	uid_t uid;
	gid_t gid;
	bool is_shared; /* our own: other boxes of this user run under it, too */
	int lock;       /* holds the id; -1 if shared */
};

/* Whose id it will be, and whether such a one may start boxes at all. Touches nothing. */
int identity_look(struct identity *id, struct fault *f);

/* Takes an id, after such a look. Release with identity_drop. */
int identity_take(struct identity *id, const struct plan *plan, struct host *host, struct fault *f);
void identity_drop(struct identity *id);

/* True if ID lies in a range of TEXT, formatted like /etc/subuid ("name:first:count" lines). */
bool identity_is_delegated(const char *text, uid_t id);

/*
 * The last of the range of ids with ID in it that systemd gives out by itself, without a line anywhere (its documentation,
 * "Users, Groups, UIDs and GIDs"); 0: it is in none.
 */
uid_t identity_systemds_until(uid_t id);

/* True if ID lies in a range of TEXT, formatted like /proc/self/uid_map. */
bool identity_is_mapped(const char *text, uid_t id);

#endif
