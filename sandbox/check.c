// SPDX-License-Identifier: MIT
/*
 * The checks don't read what the host says about itself: they do the thing. The last one runs
 * a program in a whole box, which is the only proof that counts; those before it are there to
 * name what stands in its way.
 */
#include "check.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "group.h"
#include "identity.h"
#include "landlock.h"
#include "policy.h"
#include "report.h"
#include "supervise.h"

static bool say(FILE *out, bool good, const char *layer, const char *words)
{
	fprintf(out, "%-5s %-12s %s\n", good ? "ok" : "no", layer, words);
	return good;
}

static bool check_identity(const struct plan *plan, struct host *host, FILE *out)
{
	struct identity id;
	struct fault f;
	char words[160];

	if (identity_look(&id, &f) < 0 || identity_take(&id, plan, host, &f) < 0)
		return say(out, false, "identity", f.text);
	if (id.is_shared)
		snprintf(words, sizeof(words),
			"boxes run as you (id %u); all of them share that id", id.uid);
	else
		snprintf(words, sizeof(words), "each box has an id of its own (now %u), never root",
			id.uid);
	identity_drop(&id);
	return say(out, true, "identity", words);
}

static bool check_limits(const struct plan *plan, struct host *host, FILE *out)
{
	struct group group;
	struct fault f;
	char words[160];
	bool is_enforced;

	if (group_open(&group, plan, host, &f) < 0 || group_settle(&group, plan, &f) < 0)
		return say(out, false, "limits", f.text);
	is_enforced = group.mode != GROUP_SAMPLED;
	snprintf(words, sizeof(words), "%s: memory, processes and cpu of the whole tree are %s",
		group_mode_name(group.mode),
		is_enforced ? "enforced by the kernel" : "watched from outside, not enforced");
	if (group_close(&group, &f) < 0)
		return say(out, false, "limits", f.text);
	return say(out, true, "limits", words);
}

static bool check_filter(FILE *out)
{
	char words[80];

	snprintf(words, sizeof(words), "an allow-list of %u instructions", policy_filter.count);
	return say(out, policy_filter.count > 0, "seccomp", words);
}

static void check_landlock(FILE *out)
{
	int abi = landlock_abi();

	if (abi < 0)
		fprintf(out, "no    landlock     something forbids to ask for it\n");
	else if (abi)
		fprintf(out, "ok    landlock     ABI %d%s\n", abi,
			abi >= 6 ? ", with scopes for signals and abstract sockets" : "");
	else
		fprintf(out,
			"note  landlock     this kernel has none; the other layers hold without "
			"it\n");
}

static bool check_box(const struct plan *plan, struct host *host, FILE *out)
{
	static char program[] = "/bin/true";
	char *argv[] = { program, NULL };
	struct plan trial = *plan;
	struct report report;
	struct fault f;

	trial.argv = argv;
	trial.allow_sampled = true;
	trial.in.file = trial.out.file = trial.err.file = "/dev/null";
	if (supervise(&report, &trial, host, &f) < 0)
		return say(out, false, "box", f.text);
	return say(out, report_exit_status(&report) == 0, "box",
		report_exit_status(&report) == 0
			? "a program ran in a whole box and nothing is left of it"
			: verdict_name(report.verdict));
}

bool check_host(const struct plan *plan, FILE *out)
{
	static struct host host;
	bool good = check_identity(plan, &host, out);

	good &= check_limits(plan, &host, out);
	good &= check_filter(out);
	check_landlock(out);
	good &= check_box(plan, &host, out);
	return good;
}
