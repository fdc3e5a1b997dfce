// SPDX-License-Identifier: MIT
/*
 * Laying a kit. What goes in is a list of what a candidate may have, never the package less what is secret: a file
 * that nobody thought of stays out.
 *
 * The kit is put together in a directory of its own inside, the marker, and its entries are renamed to their places
 * at the end; kit.json comes last, the marker goes after it. So whoever finds no marker finds a whole kit.
 */
#include "assess/kit.h"

#include "assess/grade_terms.h"
#include "assess/kit_log.h"
#include "assess/kit_package.h"
#include "assess/kit_shared.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "repo/diff.h"
#include "review/annotation.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char marker[] = ".assay-kit", new_marker[] = ".assay-new";

/* What is moved aside gets a number behind this. */
static const char old[] = ".assay-old-";

enum { MAX_ASIDE = 10000, KIT_MAX_ENTRIES = 100000, KIT_MAX_JSON = 1 << 20 };

/* --- may it be used --------------------------------------------------------------------------------------------- */

/* Reads kit.json, which the candidate may have changed; fails when it doesn't say whose kit this is. */
static int read_label(struct json_doc **doc, struct json_at *label, int fd, struct err *e)
{
	AUTO_FREE char *bytes = NULL;
	size_t size;

	if (fs_read(&bytes, &size, fd, "kit.json", KIT_MAX_JSON, e) < 0 ||
		json_doc_parse(doc, "kit.json", bytes, size, e) < 0)
		return -1;
	*label = json_root(*doc);
	if (!json_is(label, JSON_OBJECT_KIND) || !*json_get_string(label, "session", ""))
		return err_set(e, ERR_INVALID, _("kit.json does not say whose kit this is"));
	return 0;
}

/* Whether kit.json says that this is a kit of the session. */
static bool is_kit_of(int fd, const char *session)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	struct json_at label;

	return read_label(&doc, &label, fd, NULL) == 0 &&
		strcmp(json_get_string(&label, "session", ""), session) == 0;
}

/* Whether nothing is there but what a laying that was killed at once made, by this account. */
static bool is_begun(int fd, const struct strings *names)
{
	struct stat st;

	return names->count == 1 && strcmp(names->item[0], new_marker) == 0 &&
		fstatat(fd, new_marker, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(st.st_mode) && st.st_uid == geteuid();
}

static int check_usable(int fd, const char *dir, const char *session, struct err *e)
{
	AUTO_STRINGS struct strings names = { 0 };

	if (fs_list(&names, fd, ".", KIT_MAX_ENTRIES, e) < 0)
		return -1;
	if (names.count == 0 || fs_is_dir(fd, marker) || is_kit_of(fd, session) || is_begun(fd, &names))
		return 0;
	return err_set(e, ERR_CONFLICT,
		_("%s is not empty and holds no kit of session %s: empty it, or name another directory. Nothing "
		  "was handed in or changed"),
		dir, session);
}

/* By a path from the root. Nothing on it may be a link: who can write to a directory on the way could point us
 * anywhere, for instance to the solutions. */
static int open_from_root(int *fd, const char *path, struct err *e)
{
	AUTO_CLOSE int root_fd = -1;

	if (fs_open_dir(&root_fd, AT_FDCWD, "/", e) < 0)
		return -1;
	return fs_open_dir(fd, root_fd, path[1] ? path + 1 : ".", e);
}

static bool is_same(int a, int b)
{
	struct stat one, other;

	return fstat(a, &one) == 0 && fstat(b, &other) == 0 && one.st_dev == other.st_dev &&
		one.st_ino == other.st_ino;
}

/* The name of the directory that is open, not of what a name means by now. */
static int find_path(char **path, int fd, const char *dir, struct err *e)
{
	AUTO_FREE char *link = mem_format(e, "/proc/self/fd/%d", fd);
	AUTO_FREE char *found = link ? realpath(link, NULL) : NULL;
	AUTO_CLOSE int again = -1;

	if (!link)
		return -1;
	if (!found)
		return err_errno(e, "%s", dir);
	if (open_from_root(&again, found, e) < 0)
		return -1;
	if (!is_same(fd, again))
		return err_set(e, ERR_CONFLICT, _("%s was replaced while it was opened"), dir);
	*path = take_ptr(&found);
	return 0;
}

static bool is_among(const struct strings *known, const char *path)
{
	for (size_t i = 0; known && i < known->count; i++)
		if (strcmp(known->item[i], path) == 0)
			return true;
	return false;
}

/* A candidate may have damaged a kit that we laid; only another session's is not to be emptied then. */
static int check_known(int fd, const char *dir, const char *session, struct err *e)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	struct json_at label;

	if (read_label(&doc, &label, fd, NULL) < 0 ||
		strcmp(json_get_string(&label, "session", ""), session) == 0)
		return 0;
	return err_set(e, ERR_CONFLICT,
		_("%s is not empty and holds no kit of session %s: empty it, or name another directory. Nothing "
		  "was handed in or changed"),
		dir, session);
}

/* Whether something can be made there, tried before anything is collected. */
static int check_writable(int fd, const char *dir, struct err *e)
{
	if (mkdirat(fd, new_marker, 0755) == 0 || errno == EEXIST) {
		unlinkat(fd, new_marker, AT_REMOVEDIR);
		return 0;
	}
	return err_set(e, errno == ENOSPC || errno == EDQUOT ? ERR_SYSTEM : ERR_DENIED,
		_("nothing can be made in %s (%s): name another directory with --kit DIR"), dir,
		strerror(errno));
}

int kit_open(int *fd, char **path, const char *dir, const char *session,
	const struct strings *known, struct err *e)
{
	AUTO_CLOSE int opened = -1;
	AUTO_FREE char *found = NULL;
	bool ours;

	if (!fs_exists(AT_FDCWD, dir) && fs_make_dirs(AT_FDCWD, dir, e) < 0)
		return -1;
	if (fs_open_dir(&opened, AT_FDCWD, dir, e) < 0 || find_path(&found, opened, dir, e) < 0)
		return err_wrap(e, _("cannot use %s for a kit"), dir);
	ours = is_among(known, found);
	if ((ours ? check_known(opened, dir, session, e)
		  : check_usable(opened, dir, session, e)) < 0 ||
		(!ours && kit_check_shared(opened, dir, e) < 0) ||
		check_writable(opened, dir, e) < 0)
		return err_wrap(e, _("cannot use %s for a kit"), dir);
	*path = take_ptr(&found);
	*fd = take_fd(&opened);
	return 0;
}

int kit_open_again(int *fd, char **doubt, const char *path, const char *session, const char *part,
	struct err *e)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	AUTO_CLOSE int opened = -1;
	struct json_at label;
	struct err said = { 0 };
	const char *of_session, *of_part;

	if (open_from_root(&opened, path, &said) < 0)
		return err_set(e, ERR_CONFLICT, _("the kit of part %s is gone from %s: %s. Put it back, or go on with "
			  "--without-kit, which hands in nothing"),
			part, path,
			said.text);
	if (read_label(&doc, &label, opened, &said) < 0) {
		*doubt = mem_copy(said.text, e);
		if (!*doubt)
			return -1;
	} else {
		of_session = json_get_string(&label, "session", "");
		of_part = json_get_string(&label, "part", part);
		if (strcmp(of_session, session) != 0 || strcmp(of_part, part) != 0)
			return err_set(e, ERR_CONFLICT,
				_("what lies in %s is not the kit of part %s of session %s: its "
				  "kit.json names another session or part"),
				path, part, session);
	}
	*fd = take_fd(&opened);
	return 0;
}

/* --- what goes in ----------------------------------------------------------------------------------------------- */

static int lay_statement(int to_fd, const struct task *task, const char *name, struct err *e)
{
	AUTO_FREE char *bytes = NULL;
	size_t size;

	if (!fs_is_file(task->dir_fd, name))
		return 0;
	if (fs_read(&bytes, &size, task->dir_fd, name, 1 << 20, e) < 0)
		return -1;
	return fs_write(to_fd, name, bytes, size, 0644, e);
}

static int lay_suites(int to_fd, const struct task *task, struct err *e)
{
	for (size_t i = 0; i < task->suite_count; i++) {
		AUTO_FREE char *from = fs_join("tests", task->suites[i].id, e);
		AUTO_FREE char *to = fs_join("suites", task->suites[i].id, e);

		if (!from || !to)
			return -1;
		if (kit_shows_suite(task, &task->suites[i]) &&
			fs_copy_tree(task->dir_fd, from, to_fd, to, e) < 0)
			return -1;
	}
	return 0;
}

static int lay_review(int to_fd, const struct kit_order *order, struct err *e)
{
	static const char no_comments[] = "{\"format\": 1, \"comments\": []}\n";
	AUTO(diff_done) struct diff diff = { 0 };
	AUTO_FREE char *text = NULL;

	if (fs_copy_tree(AT_FDCWD, order->base, to_fd, "base", e) < 0 ||
		fs_copy_tree(AT_FDCWD, order->head, to_fd, "head", e) < 0 ||
		diff_dirs(&diff, order->base, order->head, e) < 0 ||
		annotation_render(&text, &diff, e) < 0 ||
		fs_write(to_fd, "change.diff", text, strlen(text), 0644, e) < 0)
		return -1;
	return fs_write(to_fd, "comments.json", no_comments, strlen(no_comments), 0644, e);
}

bool kit_is_ours(const struct task *task, const char *name)
{
	static const char *const always[] = { "kit.json", "statement.md", "statement.de.md",
		marker };
	static const char *const of_coding[] = { "suites", KIT_PACKAGE, KIT_LOG };
	static const char *const of_review[] = { "base", "head", "change.diff" };
	const struct {
		bool holds;
		const char *const *names;
		size_t count;
	} lists[] = {
		{ true, always, sizeof(always) / sizeof(*always) },
		{ task->kind == TASK_CODING, of_coding, sizeof(of_coding) / sizeof(*of_coding) },
		{ task->kind == TASK_REVIEW, of_review, sizeof(of_review) / sizeof(*of_review) },
	};

	if (strncmp(name, old, strlen(old)) == 0 || strcmp(name, new_marker) == 0)
		return true;
	for (size_t l = 0; l < sizeof(lists) / sizeof(*lists); l++)
		for (size_t i = 0; lists[l].holds && i < lists[l].count; i++)
			if (strcmp(lists[l].names[i], name) == 0)
				return true;
	return false;
}

/* --- kit.json --------------------------------------------------------------------------------------------------- */

static struct json *told_tests(const struct task *task)
{
	struct json *list = json_new_array();

	for (size_t i = 0; i < task->manifest.test_count; i++) {
		const struct manifest_test *test = &task->manifest.tests[i];
		const struct suite *suite = task_suite(task, test->suite);

		if (suite && kit_shows_suite(task, suite))
			json_append_take(&list,
				json_pack_new("{s:s, s:s, s:i, s:o}", "name", test->name, "suite",
					test->suite, "points", test->points, "says",
					json_from_localised(&test->says)));
	}
	return list;
}

static int lay_kit_json(int to_fd, const struct kit_order *order, struct err *e)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	AUTO_JSON struct json *kit = NULL;
	AUTO_FREE char *text = NULL;
	char seed[DIGEST_HEX];
	struct json_at root;

	if (grade_seed(seed, order->task, e) < 0 ||
		json_doc_load(&doc, order->task->dir_fd, "task.json", "task.json", e) < 0)
		return -1;
	root = json_root(doc);
	kit = json_pack_new("{s:i, s:s, s:s, s:I, s:I, s:s, s:b, s:s, s:o, s:o}", "format", 1, "session",
		order->session, "part", order->part, "number", (long long)order->number, "minutes",
		(long long)order->minutes, "commit", order->commit, "allow_sampled",
		(int)order->allow_sampled, "seed", seed, "task", kit_task_json(&root, order->task), "tests",
		told_tests(order->task));
	if (json_render(kit, JSON_STYLE_PRETTY, &text, e) < 0)
		return -1;
	return fs_write(to_fd, "kit.json", text, strlen(text), 0644, e);
}

/* --- laying ----------------------------------------------------------------------------------------------------- */

/* In a directory that is shared with a group, all of it is that group's, and the group may do what the owner may,
 * whatever the umask. A directory that was given its mode by us has lost what makes its files the group's. */
static int share_entry(const struct fs_entry *entry, void *context, struct err *e)
{
	const gid_t *group = context;
	AUTO_CLOSE int fd = -1;
	mode_t mode = entry->st->st_mode & 07777;

	if (fs_open(&fd, entry->dir_fd, entry->name, O_RDONLY | O_NONBLOCK, 0, e) < 0)
		return -1;
	mode |= S_IWGRP | (mode & S_IRWXU) >> 3 | (S_ISDIR(entry->st->st_mode) ? S_ISGID : 0);
	if ((entry->st->st_gid != *group && fchown(fd, (uid_t)-1, *group) < 0) || fchmod(fd, mode) < 0)
		return err_errno(e, "cannot share %s", entry->path);
	return FS_GO_ON;
}

static int share_with_group(int kit_fd, int new_fd, struct err *e)
{
	struct stat st;

	if (fstat(kit_fd, &st) < 0)
		return err_errno(e, "cannot look at the kit");
	if (!kit_is_shared(&st))
		return 0;
	return fs_walk(new_fd, ".", KIT_MAX_ENTRIES, share_entry, &st.st_gid, e);
}

static int put_together(int kit_fd, int new_fd, const struct kit_order *order, struct err *e)
{
	const struct task *task = order->task;

	if (fs_is_dir(task->dir_fd, "starter") &&
		fs_copy_tree(task->dir_fd, "starter", new_fd, ".", e) < 0)
		return -1;
	if (lay_statement(new_fd, task, "statement.md", e) < 0 ||
		lay_statement(new_fd, task, "statement.de.md", e) < 0 ||
		lay_suites(new_fd, task, e) < 0 ||
		(task->kind == TASK_CODING && kit_lay_package(new_fd, task, e) < 0) ||
		(order->base && lay_review(new_fd, order, e) < 0) ||
		lay_kit_json(new_fd, order, e) < 0)
		return -1;
	return share_with_group(kit_fd, new_fd, e);
}

/* Out of the way, within the same directory: that takes no right to what is moved. */
static int set_aside(int kit_fd, const char *name, struct err *e)
{
	AUTO_FREE char *shown = NULL;

	for (int n = 1; n < MAX_ASIDE; n++) {
		char aside[32];

		snprintf(aside, sizeof(aside), "%s%d", old, n);
		if (renameat2(kit_fd, name, kit_fd, aside, RENAME_NOREPLACE) == 0)
			return 0;
		if (errno != EEXIST)
			break;
	}
	shown = text_visible_line(name, e);
	return shown ? err_set(e, ERR_DENIED, _("%s can neither be removed nor moved aside"), shown) : -1;
}

static int clear(int kit_fd, const char *name, struct err *e)
{
	struct stat st;

	if (strcmp(name, "comments.json") == 0 &&
		fstatat(kit_fd, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode) &&
		st.st_size > KIT_MAX_COMMENTS)
		return set_aside(kit_fd, name, e);
	return fs_remove_tree(kit_fd, name, NULL) == 0 ? 0 : set_aside(kit_fd, name, e);
}

/* Everything but the marker; kit.json last, so that a half-emptied kit is still known as one. */
static int empty(int kit_fd, struct err *e)
{
	AUTO_STRINGS struct strings names = { 0 };

	if (fs_list(&names, kit_fd, ".", KIT_MAX_ENTRIES, e) < 0)
		return -1;
	for (size_t i = 0; i < names.count; i++)
		if (strcmp(names.item[i], marker) != 0 && strcmp(names.item[i], "kit.json") != 0 &&
			strncmp(names.item[i], old, strlen(old)) != 0 &&
			clear(kit_fd, names.item[i], e) < 0)
			return -1;
	return clear(kit_fd, "kit.json", e);
}

static int move_up(int kit_fd, int new_fd, struct err *e)
{
	AUTO_STRINGS struct strings names = { 0 };

	if (fs_list(&names, new_fd, ".", KIT_MAX_ENTRIES, e) < 0)
		return -1;
	for (size_t i = 0; i < names.count; i++)
		if (strcmp(names.item[i], "kit.json") != 0 &&
			renameat(new_fd, names.item[i], kit_fd, names.item[i]) < 0)
			return err_errno(e, "cannot lay %s", names.item[i]);
	return renameat(new_fd, "kit.json", kit_fd, "kit.json") < 0
		? err_errno(e, "cannot lay kit.json")
		: 0;
}

/* An empty marker. One that an earlier laying left is exchanged for it, so that there is a marker at every moment. */
static int set_marker(int *out, int kit_fd, struct err *e)
{
	AUTO_CLOSE int fd = -1;

	if (clear(kit_fd, new_marker, e) < 0)
		return -1;
	if (mkdirat(kit_fd, new_marker, 0755) < 0)
		return err_errno(e, "cannot make %s", new_marker);
	if (fs_open_dir(&fd, kit_fd, new_marker, e) < 0)
		return -1;
	if (renameat2(kit_fd, new_marker, kit_fd, marker, RENAME_EXCHANGE) == 0) {
		if (clear(kit_fd, new_marker, e) < 0)
			return -1;
	} else if ((errno != ENOENT && clear(kit_fd, marker, e) < 0)) {
		return -1;
	} else if (renameat(kit_fd, new_marker, kit_fd, marker) < 0) {
		return err_errno(e, "cannot make %s", marker);
	}
	*out = take_fd(&fd);
	return 0;
}

int kit_lay(int kit_fd, const struct kit_order *order, struct err *e)
{
	AUTO_CLOSE int new_fd = -1;

	if (set_marker(&new_fd, kit_fd, e) < 0 || put_together(kit_fd, new_fd, order, e) < 0 ||
		empty(kit_fd, e) < 0 || move_up(kit_fd, new_fd, e) < 0 ||
		clear(kit_fd, marker, e) < 0)
		return err_wrap(e, _("cannot lay the kit"));
	return 0;
}
