// SPDX-License-Identifier: MIT
/*
 * The last check runs a program in a whole box, which is the only proof that counts; those before it try one thing
 * each, to name what stands in its way.
 */
#include "check.h"

#include <linux/seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "group.h"
#include "identity.h"
#include "json_text.h"
#include "landlock.h"
#include "policy.h"
#include "report.h"
#include "spare.h"
#include "supervise.h"
#include "unseen.h"

static void say_so(FILE *out, const char *state, const char *layer, const char *words)
{
	fprintf(out, "%-5s %-12s ", state, layer);
	json_text_line(out, words);
}

static bool say(FILE *out, bool good, const char *layer, const char *words)
{
	say_so(out, good ? "ok" : "no", layer, words);
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

/* In plain words what is missing where limits are sampled, with the defaults. */
static void note_unseen(const struct plan *plan, FILE *out)
{
	struct unseen list[UNSEEN_COUNT];
	struct unseen_host kernel;
	char words[UNSEEN_TEXT];
	struct spare spare;
	struct fault f;

	if (spare_open(&spare, plan, &f) < 0) {
		say_so(out, "note", "limits", f.text);
		spare_close(&spare);
		return;
	}
	unseen_read_host(&kernel, &spare);
	unseen_bound(list, plan, &kernel);
	unseen_say(list, &kernel, words);
	spare_close(&spare);
	say_so(out, "note", "limits", words);
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
	say(out, true, "limits", words);
	if (!is_enforced)
		note_unseen(plan, out);
	return true;
}

/* That the kernel takes filters, and knows whatever ours may answer. That it takes this one the whole box proves. */
static bool check_filter(FILE *out)
{
	static const uint32_t answers[] = { SECCOMP_RET_KILL_PROCESS, SECCOMP_RET_USER_NOTIF, SECCOMP_RET_ERRNO };
	char words[80];

	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++)
		if (syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &answers[i]) < 0)
			return say(out, false, "seccomp", "this kernel has no seccomp filters, or too old ones");
	snprintf(words, sizeof(words), "an allow-list of %u instructions", policy_filter.count);
	return say(out, true, "seccomp", words);
}

static void check_landlock(FILE *out)
{
	int abi = landlock_abi();
	char words[80];

	if (abi < 0) {
		say(out, false, "landlock", "something forbids to ask for it");
	} else if (abi) {
		snprintf(words, sizeof(words), "ABI %d%s", abi,
			abi >= 6 ? ", with scopes for signals and abstract sockets" : "");
		say(out, true, "landlock", words);
	} else {
		say_so(out, "note", "landlock", "this kernel has none; the other layers hold without it");
	}
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
