// SPDX-License-Identifier: MIT
/*
 * Mistakes here lie between two files, so they are told by the ids of both and not by a line.
 */
#include "task/resolve.h"

#include "base/fs.h"
#include "task/catalog.h"
#include "task/probe.h"
#include "task/question.h"

#include <fcntl.h>
#include <string.h>

/* --- tasks of a plan -------------------------------------------------------------------------------------------- */

static int load_task(struct task **out, const struct plan_part *part, const char *dir, struct err *e)
{
	static const enum task_kind kinds[PART_KINDS] = {
		[PART_CODING] = TASK_CODING,
		[PART_DESIGN] = TASK_DESIGN,
		[PART_REVIEW] = TASK_REVIEW,
		[PART_CONVERSATION] = TASK_CONVERSATION,
	};
	AUTO_FREE char *below = NULL;
	AUTO_FREE char *path = NULL;
	AUTO_TASK struct task *task = NULL;

	if (catalog_find(&below, dir, part->task, e) < 0)
		return -1;
	path = fs_join(dir, below, e);
	if (!path || task_load(&task, path, false, e) < 0)
		return path ? err_wrap(e, "cannot load the task %s", part->task) : -1;
	if (task->kind != kinds[part->part])
		return err_set(e, ERR_INVALID, "the task %s is of kind \"%s\" and can't be the part \"%s\"", task->id,
			task_kind_name(task->kind), part_kind_name(part->part));
	*out = take_ptr(&task);
	return 0;
}

static int load(struct resolved *resolved, const struct plan *plan, const char *dir, const char *tasks, struct err *e)
{
	AUTO_CLOSE int dir_fd = -1;

	if (fs_open_dir(&dir_fd, AT_FDCWD, dir, e) < 0 ||
		catalog_rubric(&resolved->rubric, dir_fd, plan->rubric, e) < 0)
		return -1;
	resolved->tasks = mem_new(plan->part_count, sizeof(struct task *), e);
	if (!resolved->tasks)
		return -1;
	resolved->task_count = plan->part_count;
	for (size_t i = 0; i < plan->part_count; i++)
		if (plan->parts[i].task && load_task(&resolved->tasks[i], &plan->parts[i], tasks, e) < 0)
			return -1;
	return 0;
}

void resolved_done(struct resolved *resolved)
{
	rubric_free(resolved->rubric);
	for (size_t i = 0; i < resolved->task_count; i++)
		task_free(resolved->tasks[i]);
	free(resolved->tasks);
	*resolved = (struct resolved){ 0 };
}

/* --- evidence of criteria --------------------------------------------------------------------------------------- */

/* The kind of part that a piece of evidence comes from; notes may come from any. */
static enum part_kind source_of(const struct criterion *criterion, const struct evidence_ref *ref)
{
	return ref->kind == EVIDENCE_FINDINGS ? PART_REVIEW : ref->kind == EVIDENCE_NOTES ? criterion->part : PART_CODING;
}

/* The task that a piece of evidence is about: the one it names, else the only one of its kind. */
static int task_of(const struct task **out, const struct resolved *resolved, const struct plan *plan,
	const struct criterion *criterion, const struct evidence_ref *ref, struct err *e)
{
	enum part_kind kind = source_of(criterion, ref);
	const struct task *found = NULL;
	size_t count = 0;

	for (size_t i = 0; i < plan->part_count; i++) {
		const struct task *task = resolved->tasks[i];

		if (!task || plan->parts[i].part != kind || (ref->task && strcmp(ref->task, task->id) != 0))
			continue;
		found = task;
		count++;
	}
	if (!count && ref->task)
		return err_set(e, ERR_INVALID, "the plan has no part \"%s\" with the task %s", part_kind_name(kind), ref->task);
	if (!count)
		return err_set(e, ERR_INVALID, "the plan has no part \"%s\" with a task", part_kind_name(kind));
	if (count > 1)
		return err_set(e, ERR_INVALID, "the plan has several parts \"%s\": the evidence must name its \"task\"",
			part_kind_name(kind));
	*out = found;
	return 0;
}

static int check_evidence(const struct resolved *resolved, const struct plan *plan, const struct criterion *criterion,
	const struct evidence_ref *ref, struct err *e)
{
	const struct task *task = NULL;

	if (ref->kind == EVIDENCE_NOTES && !ref->task)
		return 0;
	if (task_of(&task, resolved, plan, criterion, ref, e) < 0)
		return -1;
	if (ref->suite && !task_suite(task, ref->suite))
		return err_set(e, ERR_INVALID, "the task %s has no suite %s", task->id, ref->suite);
	if (ref->test && manifest_find(&task->manifest, ref->suite, ref->test) < 0)
		return err_set(e, ERR_INVALID, "the task %s has no test %s in its suite %s", task->id, ref->test, ref->suite);
	return 0;
}

static int check_criterion(const struct resolved *resolved, const struct plan *plan, const struct criterion *criterion,
	struct err *e)
{
	bool in_plan = false;

	for (size_t i = 0; i < plan->part_count; i++)
		in_plan = in_plan || plan->parts[i].part == criterion->part;
	if (!in_plan)
		return err_set(e, ERR_INVALID, "the plan has no part \"%s\"", part_kind_name(criterion->part));
	for (size_t i = 0; i < criterion->evidence_count; i++)
		if (check_evidence(resolved, plan, criterion, &criterion->evidence[i], e) < 0)
			return -1;
	return 0;
}

/* --- questions that feed criteria ------------------------------------------------------------------------------- */

static int check_probes(const struct task *task, const struct rubric *rubric, struct err *e)
{
	struct probes probes = { 0 };
	int said = 0;

	if (probes_load(&probes, task->dir_fd, "probes.json", e) < 0)
		return -1;
	for (size_t i = 0; i < probes.count && said == 0; i++)
		if (!rubric_criterion(rubric, probes.item[i].criterion))
			said = err_set(e, ERR_INVALID, "the probe %s feeds %s, which is no criterion of the rubric %s",
				probes.item[i].id, probes.item[i].criterion, rubric->id);
	probes_done(&probes);
	return said;
}

static int check_questions(const struct task *task, const struct rubric *rubric, struct err *e)
{
	struct questions questions = { 0 };
	int said = 0;

	if (questions_load(&questions, task->dir_fd, "questions.json", e) < 0)
		return -1;
	for (size_t i = 0; i < questions.count; i++) {
		const struct question *question = &questions.item[i];

		for (size_t j = 0; j < question->criteria.count && said == 0; j++)
			if (!rubric_criterion(rubric, question->criteria.item[j]))
				said = err_set(e, ERR_INVALID,
					"the question %s feeds %s, which is no criterion of the rubric %s", question->id,
					question->criteria.item[j], rubric->id);
	}
	questions_done(&questions);
	return said;
}

static int check_feeds(const struct task *task, const struct rubric *rubric, struct err *e)
{
	int said = task->kind == TASK_DESIGN	   ? check_probes(task, rubric, e) :
		   task->kind == TASK_CONVERSATION ? check_questions(task, rubric, e) : 0;

	return said < 0 ? err_wrap(e, "task %s", task->id) : 0;
}

/* --- plans and positions ---------------------------------------------------------------------------------------- */

static int check(const struct resolved *resolved, const struct plan *plan, struct err *e)
{
	const struct rubric *rubric = resolved->rubric;

	for (size_t i = 0; i < rubric->criterion_count; i++)
		if (check_criterion(resolved, plan, &rubric->criteria[i], e) < 0)
			return err_wrap(e, "rubric %s, criterion %s", rubric->id, rubric->criteria[i].id);
	for (size_t i = 0; i < resolved->task_count; i++)
		if (resolved->tasks[i] && check_feeds(resolved->tasks[i], rubric, e) < 0)
			return -1;
	return 0;
}

int resolved_load_from(struct resolved *out, const struct plan *plan, const char *dir, const char *tasks, struct err *e)
{
	AUTO(resolved_done) struct resolved resolved = { 0 };

	if (load(&resolved, plan, dir, tasks, e) < 0 || check(&resolved, plan, e) < 0)
		return err_wrap(e, "plan %s", plan->id);
	*out = resolved;
	resolved = (struct resolved){ 0 };
	return 0;
}

int resolved_load(struct resolved *out, const struct plan *plan, const char *dir, struct err *e)
{
	return resolved_load_from(out, plan, dir, dir, e);
}

int resolve_plan(const struct plan *plan, const char *dir, struct err *e)
{
	AUTO(resolved_done) struct resolved resolved = { 0 };

	return resolved_load(&resolved, plan, dir, e);
}

static int check_requirements(const struct position *position, const struct stage *stage, const struct rubric *rubric,
	struct err *e)
{
	for (size_t i = 0; i < position->requirement_count; i++) {
		const struct requirement *requirement = &position->requirements[i];

		if (!requirement->stage || strcmp(requirement->stage, stage->id) != 0)
			continue;
		for (size_t j = 0; j < requirement->criteria.count; j++)
			if (!rubric_criterion(rubric, requirement->criteria.item[j]))
				return err_set(e, ERR_INVALID,
					"the requirement %s is checked by %s, which is no criterion of the rubric %s",
					requirement->id, requirement->criteria.item[j], rubric->id);
	}
	return 0;
}

int resolve_stage(const struct position *position, const struct stage *stage, const struct plan *plan, const char *dir,
	struct err *e)
{
	AUTO(resolved_done) struct resolved resolved = { 0 };

	return resolved_load(&resolved, plan, dir, e) < 0 ? -1 : check_requirements(position, stage, resolved.rubric, e);
}

static int check_stage(const struct position *position, const struct stage *stage, int dir_fd, const char *dir,
	struct err *e)
{
	AUTO_PLAN struct plan *plan = NULL;

	if (!stage->plan)
		return 0;
	return catalog_plan(&plan, dir_fd, stage->plan, e) < 0 ? -1 : resolve_stage(position, stage, plan, dir, e);
}

int resolve_position(const struct position *position, const char *dir, struct err *e)
{
	AUTO_CLOSE int dir_fd = -1;

	if (fs_open_dir(&dir_fd, AT_FDCWD, dir, e) < 0)
		return -1;
	for (size_t i = 0; i < position->stage_count; i++)
		if (check_stage(position, &position->stages[i], dir_fd, dir, e) < 0)
			return err_wrap(e, "position %s", position->id);
	return 0;
}
