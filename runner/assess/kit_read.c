// SPDX-License-Identifier: MIT
/*
 * kit.json says whose kit it is; the task itself is the package beside it (assess/kit_package.h), which is loaded and
 * checked like every other.
 */
#include "assess/kit_read.h"

#include "assess/kit_package.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "base/text.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

enum { LABEL_MAX_BYTES = 1 << 20, MAX_MINUTES = 1440, MAX_LEVELS = 64 };

/* --- kit.json --------------------------------------------------------------------------------------------------- */

static const struct json_key label_keys[] = {
	{ .name = "format", .kind = JSON_INTEGER_KIND, .required = true, .min = 1, .max = 1 },
	{ .name = "session", .kind = JSON_STRING_KIND, .required = true, .min = 1, .max = 64 },
	{ .name = "part", .kind = JSON_ID_KIND, .required = true },
	{ .name = "number", .kind = JSON_INTEGER_KIND, .min = 0, .max = 1000 },
	{ .name = "minutes", .kind = JSON_INTEGER_KIND, .required = true, .min = 1, .max = MAX_MINUTES },
	{ .name = "commit", .kind = JSON_STRING_KIND, .max = 64 },
	{ .name = "allow_sampled", .kind = JSON_BOOL_KIND },
	{ .name = "seed", .kind = JSON_STRING_KIND, .max = 64 },
	{ .name = "task", .kind = JSON_OBJECT_KIND, .required = true },
	{ .name = "tests", .kind = JSON_ARRAY_KIND },
};

static int parse_seed(struct kit_label *label, const struct json_at *root, struct err *e)
{
	struct json_at at = json_member(root, "seed");
	const char *seed = json_as_string(&at);

	if (*seed && (strlen(seed) != DIGEST_HEX - 1 || strspn(seed, "0123456789abcdef") != DIGEST_HEX - 1))
		return json_fail(&at, e, "must be %d hexadecimal digits", DIGEST_HEX - 1);
	snprintf(label->seed, sizeof(label->seed), "%s", seed);
	return 0;
}

/* Of the task only what it is; the rest is there for people. */
static int parse_task(struct kit_label *label, const struct json_at *root, struct err *e)
{
	static const char *const kinds[] = { "coding", "design", "review", "conversation", NULL };
	struct json_at task = json_member(root, "task"), id = json_member(&task, "id"), kind = json_member(&task, "kind");
	int word;

	if (!json_is(&id, JSON_STRING_KIND) || !text_is_id(json_as_string(&id)))
		return json_fail(&task, e, "lacks the \"id\" of a task");
	if (!json_is(&kind, JSON_STRING_KIND))
		return json_fail(&task, e, "lacks the \"kind\" of a task");
	if (json_word(&kind, kinds, &word, e) < 0)
		return -1;
	label->kind = (enum task_kind)word;
	return json_copy_string(&task, "id", &label->task, e);
}

int kit_label_parse(struct kit_label *out, const struct json_doc *doc, struct err *e)
{
	AUTO(kit_label_done) struct kit_label label = { 0 };
	struct json_at root = json_root(doc);

	if (json_check(&root, label_keys, sizeof(label_keys) / sizeof(*label_keys), e) < 0 ||
		parse_seed(&label, &root, e) < 0 || parse_task(&label, &root, e) < 0 ||
		json_copy_string(&root, "session", &label.session, e) < 0 ||
		json_copy_string(&root, "part", &label.part, e) < 0)
		return -1;
	label.minutes = json_get_integer(&root, "minutes", 0);
	label.allow_sampled = json_get_bool(&root, "allow_sampled", false);
	*out = label;
	label = (struct kit_label){ 0 };
	return 0;
}

void kit_label_done(struct kit_label *label)
{
	free(label->session);
	free(label->part);
	free(label->task);
	*label = (struct kit_label){ 0 };
}

/* --- finding it ------------------------------------------------------------------------------------------------- */

static bool is_same(int a, int b)
{
	struct stat one, other;

	return fstat(a, &one) == 0 && fstat(b, &other) == 0 && one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

static int find(struct kit *kit, struct err *e)
{
	AUTO_FREE char *path = mem_copy(".", e);

	for (int level = 0; path && level < MAX_LEVELS; level++) {
		AUTO_CLOSE int fd = -1;
		AUTO_CLOSE int above = -1;
		char *up;

		if (fs_open_dir(&fd, AT_FDCWD, path, e) < 0)
			return -1;
		if (fs_exists(fd, "kit.json")) {
			kit->fd = take_fd(&fd);
			kit->path = take_ptr(&path);
			return 0;
		}
		up = level ? mem_format(e, "../%s", path) : mem_copy("..", e);
		free(path);
		path = up;
		if (!path || fs_open_dir(&above, AT_FDCWD, path, NULL) < 0 || is_same(fd, above))
			break;
	}
	return path ? err_set(e, ERR_NOT_FOUND,
			      _("there is no kit here: neither this directory nor one above it holds a kit.json. Go to the "
				"directory that was laid for you, or name it with 'assay -C DIR'"))
		    : -1;
}

static int read_label(struct kit *kit, struct err *e)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	AUTO_FREE char *bytes = NULL;
	size_t size;

	if (fs_read(&bytes, &size, kit->fd, "kit.json", LABEL_MAX_BYTES, e) < 0 ||
		json_doc_parse(&doc, "kit.json", bytes, size, e) < 0)
		return -1;
	return kit_label_parse(&kit->label, doc, e);
}

static int load_task(struct kit *kit, struct err *e)
{
	AUTO_CLOSE int fd = -1;
	char path[64];

	if (!fs_is_dir(kit->fd, KIT_PACKAGE))
		return err_set(e, ERR_INVALID, _("%s is missing, from which tests are run"), KIT_PACKAGE);
	if (fs_open_dir(&fd, kit->fd, KIT_PACKAGE, e) < 0)
		return -1;
	/* The directory that was opened without following a link, whatever its name means by now. */
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return task_load_kit(&kit->task, path, e) < 0 ? err_wrap(e, "%s", KIT_PACKAGE) : 0;
}

int kit_read(struct kit *out, struct err *e)
{
	AUTO_KIT struct kit kit = KIT_NONE;
	struct err said = { 0 };

	if (find(&kit, e) < 0)
		return -1;
	if (read_label(&kit, &said) < 0 || (kit.label.kind == TASK_CODING && load_task(&kit, &said) < 0))
		return said.kind == ERR_SYSTEM
			? err_set(e, said.kind, "%s", said.text)
			: err_set(e, ERR_INVALID,
				  _("the kit in %s was damaged: %s. Your own files are untouched: tell your interviewer"),
				  kit.path, said.text);
	if (kit.task && kit.task->kind != TASK_CODING)
		return err_set(e, ERR_INVALID, _("the kit in %s was damaged: its task is no coding task"), kit.path);
	*out = kit;
	kit = (struct kit)KIT_NONE;
	return 0;
}

void kit_done(struct kit *kit)
{
	kit_label_done(&kit->label);
	task_free(kit->task);
	free(kit->path);
	if (kit->fd >= 0)
		close(kit->fd);
	*kit = (struct kit)KIT_NONE;
}

int kit_check_runs(const struct kit *kit, struct err *e)
{
	switch (kit->label.kind) {
	case TASK_CODING:
		return 0;
	case TASK_REVIEW:
		return err_set(e, ERR_CONFLICT,
			_("nothing is run in a review: write your remarks behind the lines of change.diff or into comments.json; "
			  "they are collected when the part is over"));
	case TASK_DESIGN:
		return err_set(e, ERR_CONFLICT,
			_("nothing is run in a design: write your design into the document of the kit; it is collected when the "
			  "part is over"));
	case TASK_CONVERSATION:
		break;
	}
	return err_set(e, ERR_CONFLICT, _("nothing is run in this part"));
}
