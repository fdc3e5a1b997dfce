// SPDX-License-Identifier: MIT
/*
 * What can be practised: parts of bundled plans, so that tasks, questions and criteria are those that a plan's own check
 * (task/resolve.h) has seen to fit together.
 */
#include "assess/practice_inside.h"

#include "base/fs.h"
#include "base/i18n.h"
#include "task/catalog.h"

#include <fcntl.h>
#include <string.h>

static const struct {
	const char *word, *plan;
	enum part_kind part;
} items[] = {
	{ "conversation", "technical-conversation", PART_CONVERSATION },
	{ "team", "team", PART_CONVERSATION },
	{ "coding", "practice", PART_CODING },
	{ "design", "practice", PART_DESIGN },
	{ "review", "practice", PART_REVIEW },
};

enum { ITEMS = sizeof(items) / sizeof(*items) };

static const struct plan_part *find_part(const struct plan *plan, enum part_kind part)
{
	for (size_t i = 0; i < plan->part_count; i++)
		if (plan->parts[i].part == part && plan->parts[i].task)
			return &plan->parts[i];
	return NULL;
}

static int load_plan(struct plan **plan, const struct plan_part **part, int root_fd, size_t index, struct err *e)
{
	if (catalog_plan(plan, root_fd, items[index].plan, e) < 0)
		return -1;
	*part = find_part(*plan, items[index].part);
	return *part ? 0 : err_set(e, ERR_INVALID, "the bundled plan %s has nothing to practise", items[index].plan);
}

/* Only there: a checkout has task repositories and workspaces of the user's beside it, with copies of these tasks. */
static char *tasks_of(const char *root, struct err *e)
{
	return fs_join(root, "tasks", e);
}

static int fill(struct practice_item *item, const char *root, const struct plan_part *part, struct err *e)
{
	AUTO_FREE char *tasks = tasks_of(root, e);

	if (!tasks || resolved_load_from(&item->resolved, item->plan, root, tasks, e) < 0)
		return -1;
	item->rubric = item->resolved.rubric;
	item->part = part->part;
	item->task = item->resolved.tasks[part - item->plan->parts];
	if (item->part == PART_CONVERSATION)
		return questions_load(&item->questions, item->task->dir_fd, "questions.json", e);
	return item->part == PART_DESIGN ? probes_load(&item->probes, item->task->dir_fd, "probes.json", e) : 0;
}

int practice_item_load(struct practice_item *out, const char *root, const char *what, struct err *e)
{
	AUTO_CLOSE int root_fd = -1;
	AUTO(practice_item_done) struct practice_item item = { 0 };

	if (fs_open_dir(&root_fd, AT_FDCWD, root, e) < 0)
		return -1;
	for (size_t i = 0; i < ITEMS; i++) {
		const struct plan_part *part;

		if (load_plan(&item.plan, &part, root_fd, i, e) < 0)
			return -1;
		if (strcmp(items[i].word, what) == 0 || strcmp(part->task, what) == 0) {
			item.word = items[i].word;
			if (fill(&item, root, part, e) < 0)
				return -1;
			*out = item;
			item = (struct practice_item){ 0 };
			return 0;
		}
		plan_free(take_ptr(&item.plan));
	}
	return err_set(e, ERR_NOT_FOUND,
		_("there is nothing to practise that is called '%s': there are conversation, team, coding, design and review"),
		what);
}

void practice_item_done(struct practice_item *item)
{
	questions_done(&item->questions);
	probes_done(&item->probes);
	resolved_done(&item->resolved);
	plan_free(item->plan);
	*item = (struct practice_item){ 0 };
}

/* --- the list --------------------------------------------------------------------------------------------------- */

static const char *state_of(int dir_fd, const char *task)
{
	enum practice_phase phase;

	if (dir_fd < 0 || !practice_state_peek(dir_fd, task, &phase))
		return "new";
	return phase == PHASE_DONE ? "done" : "begun";
}

static int add_row(struct json **list, const char *root, int root_fd, int dir_fd, size_t index, struct err *e)
{
	AUTO_PLAN struct plan *plan = NULL;
	AUTO_TASK struct task *task = NULL;
	AUTO_FREE char *below = NULL;
	AUTO_FREE char *path = NULL;
	AUTO_FREE char *tasks = tasks_of(root, e);
	const struct plan_part *part;

	if (!tasks || load_plan(&plan, &part, root_fd, index, e) < 0 || catalog_find(&below, tasks, part->task, e) < 0 ||
		!(path = fs_join(tasks, below, e)))
		return -1;
	if (task_load(&task, path, false, e) < 0)
		return err_wrap(e, _("cannot load the task %s"), part->task);
	json_append_take(list, json_pack_new("{s:s, s:s, s:s, s:i, s:s}", "what", items[index].word, "task", task->id, "title",
		localised_text(&task->title, i18n_language()), "minutes", task->minutes, "state", state_of(dir_fd, task->id)));
	return *list ? 0 : err_memory(e);
}

int practice_list(struct json **out, const char *root, const char *dir, struct err *e)
{
	AUTO_CLOSE int root_fd = -1;
	AUTO_CLOSE int dir_fd = -1;
	AUTO_JSON struct json *list = json_new_array();

	if (fs_open_dir(&root_fd, AT_FDCWD, root, e) < 0)
		return -1;
	/* Without the directory, or with somebody else's, everything is new. */
	if (fs_open_dir(&dir_fd, AT_FDCWD, dir, NULL) < 0)
		dir_fd = -1;
	for (size_t i = 0; i < ITEMS; i++)
		if (add_row(&list, root, root_fd, dir_fd, i, e) < 0)
			return -1;
	*out = take_ptr(&list);
	return 0;
}
