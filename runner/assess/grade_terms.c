// SPDX-License-Identifier: MIT
/*
 * The pins. Those of the task (its tree, its manifest) are equal on every machine, and ASSAY_SEED hangs on them alone;
 * those of the machine (its box, its versions) say whether two results may be compared.
 */
#include "assess/grade_terms.h"

#include "assess/grade_needs.h"
#include "base/fs.h"
#include "base/places.h"
#include "base/text.h"
#include "submission/box.h"
#include "submission/run.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { CPUINFO_MAX = 16 << 20 };

static int copy_text(char **out, const char *s, struct err *e)
{
	if (!s)
		return 0;
	*out = mem_copy(s, e);
	return *out ? 0 : -1;
}

static void mix_seed(char seed[DIGEST_HEX], const struct task *task, const char *tree)
{
	struct digest d;

	digest_start(&d);
	digest_add_text(&d, task->id);
	digest_add_text(&d, tree);
	digest_add_text(&d, task->manifest.digest);
	digest_end(&d, seed);
}

int grade_seed(char seed[DIGEST_HEX], const struct task *task, struct err *e)
{
	char tree[DIGEST_HEX];

	if (digest_of_tree(task->dir_fd, ".", tree, e) < 0)
		return err_wrap(e, "cannot pin task %s", task->id);
	mix_seed(seed, task, tree);
	return 0;
}

static int pin_task(struct pins *pins, char seed[DIGEST_HEX], const struct grade_order *order, struct err *e)
{
	const struct task *task = order->task;
	char tree[DIGEST_HEX];

	if (digest_of_tree(task->dir_fd, ".", tree, e) < 0)
		return err_wrap(e, "cannot pin task %s", task->id);
	mix_seed(seed, task, tree);
	if (order->seed)
		snprintf(seed, DIGEST_HEX, "%s", order->seed);
	pins->limits = task->limits;
	pins->tester_limits = task->tester_limits;
	if (copy_text(&pins->task_repo, order->task_repo, e) < 0 ||
		copy_text(&pins->task_commit, order->task_commit, e) < 0 || copy_text(&pins->task, task->id, e) < 0 ||
		copy_text(&pins->task_tree, tree, e) < 0 || copy_text(&pins->manifest, task->manifest.digest, e) < 0)
		return -1;
	return copy_text(&pins->assay, ASSAY_VERSION, e);
}

/* "model name	: …" of the first processor; ARM has none, then the machine's architecture must do. */
static int cpu_model(char **out, struct err *e)
{
	AUTO_FREE char *info = NULL;
	const char *at;
	size_t size;

	if (fs_read(&info, &size, AT_FDCWD, "/proc/cpuinfo", CPUINFO_MAX, NULL) < 0)
		return copy_text(out, "", e);
	at = strstr(info, "model name");
	at = at ? strchr(at, ':') : NULL;
	if (!at)
		return copy_text(out, "", e);
	at += strspn(at, ": \t");
	info[(at - info) + (long)strcspn(at, "\n")] = '\0';
	*out = text_visible_line(at, e);
	return *out ? 0 : -1;
}

static int find_bridge(char **out, const struct task *task, struct err *e)
{
	for (size_t i = 0; i < task->suite_count; i++)
		if (task->suites[i].against == AGAINST_MODULE)
			return places_bridge(out, e);
	return 0;
}

static int make_host(struct box_host *host, struct grade_terms *terms, const struct grade_order *order, struct err *e)
{
	if (places_box(&terms->box, e) < 0)
		return -1;
	*host = (struct box_host){
		.program = terms->box, .launcher = order->launcher, .allow_sampled = order->allow_sampled,
		.stop_fd = order->stop_fd,
	};
	return 0;
}

/* What the machine has for the task, and the task's own pins. The machine answers while we read the task. What
 * is wrong with the boxes goes into *broken. */
static int look(struct grade_terms *terms, const struct grade_order *order, struct err *broken, struct err *e)
{
	struct box_host host = { 0 }; /* outlives those who were asked */
	AUTO_ASKED struct asked asked = ASKED_NONE;
	bool has_host = make_host(&host, terms, order, broken) == 0;

	if (has_host && grade_needs_ask(&asked, order->task, &host, e) < 0)
		return -1;
	if (pin_task(&terms->pins, terms->seed, order, e) < 0 || cpu_model(&terms->cpu_model, e) < 0)
		return -1;
	terms->cores = (int)sysconf(_SC_NPROCESSORS_ONLN);
	if (has_host && box_policy(&terms->pins.box_policy, &host, broken) == 0)
		grade_needs(&terms->pins, &terms->missing, &asked, order->task, &host, broken);
	return 0;
}

int grade_terms_make(struct grade_terms *out, const struct grade_order *order, struct err *e)
{
	AUTO_GRADE_TERMS struct grade_terms terms = { 0 };
	struct err broken = { 0 };

	if (run_check(order->task, e) < 0 || places_reporters(&terms.reporters, e) < 0 ||
		find_bridge(&terms.bridge, order->task, e) < 0 || look(&terms, order, &broken, e) < 0)
		return -1;
	if (broken.kind && copy_text(&terms.broken, broken.text, e) < 0)
		return -1;
	*out = terms;
	terms = (struct grade_terms){ 0 };
	return 0;
}

void grade_terms_done(struct grade_terms *terms)
{
	free(terms->box);
	free(terms->reporters);
	free(terms->bridge);
	pins_done(&terms->pins);
	strings_done(&terms->missing);
	free(terms->broken);
	free(terms->cpu_model);
	*terms = (struct grade_terms){ 0 };
}

static int copy_versions(struct pins *to, const struct pins *from, struct err *e)
{
	for (size_t i = 0; i < from->version_count; i++) {
		struct version *v = mem_push(&to->versions, to->version_count, sizeof(*v), e);

		if (!v)
			return -1;
		to->version_count++;
		if (copy_text(&v->name, from->versions[i].name, e) < 0 ||
			copy_text(&v->version, from->versions[i].version, e) < 0)
			return -1;
	}
	return 0;
}

int grade_terms_fill(struct result *result, const struct grade_terms *terms, struct err *e)
{
	const struct pins *from = &terms->pins;
	struct pins *to = &result->pins;

	to->limits = from->limits;
	to->tester_limits = from->tester_limits;
	result->cores = terms->cores;
	if (copy_text(&to->task_repo, from->task_repo, e) < 0 ||
		copy_text(&to->task_commit, from->task_commit, e) < 0 || copy_text(&to->task, from->task, e) < 0 ||
		copy_text(&to->task_tree, from->task_tree, e) < 0 || copy_text(&to->manifest, from->manifest, e) < 0 ||
		copy_text(&to->box_policy, from->box_policy, e) < 0 || copy_text(&to->assay, from->assay, e) < 0 ||
		copy_text(&result->cpu_model, terms->cpu_model, e) < 0)
		return -1;
	return copy_versions(to, from, e);
}
