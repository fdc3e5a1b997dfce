// SPDX-License-Identifier: MIT
/*
 * First everything is looked at that could go wrong (the layers, the directory, its name), then the layers are written
 * and the package is loaded like any other. A failure takes away what was written, which is all there is in the
 * directory but for a repository's .git.
 */
#include "task/template.h"

#include "base/fs.h"
#include "base/i18n.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>

enum { MOST_TEMPLATES = 1000, FILE_MAX = 1 << 20 };

#define ID_PLACE "@ID@"

/* --- which layers ----------------------------------------------------------------------------------------------- */

static const char *const against_order[] = { "program", "service", "module", "shared", NULL };

static bool has_template(const struct template_order *order, const char *against)
{
	AUTO_FREE char *path = mem_format(NULL, "%s/coding-%s-%s", order->templates, against, order->language);

	return path && fs_is_dir(AT_FDCWD, path);
}

/* The languages with a template against `against` (NULL: any), sorted, for a sentence. */
static int languages(struct text *t, const struct template_order *order, const char *against, struct err *e)
{
	AUTO_STRINGS struct strings names = { 0 }, found = { 0 };

	if (fs_list(&names, AT_FDCWD, order->templates, MOST_TEMPLATES, e) < 0)
		return -1;
	for (size_t i = 0; i < names.count; i++) {
		const char *rest = text_starts_with(names.item[i], "coding-") ? names.item[i] + strlen("coding-") : "";
		const char *language = strchr(rest, '-');

		if (!language || strings_find(&found, language + 1) >= 0 ||
			(against && (strncmp(rest, against, (size_t)(language - rest)) != 0 ||
					    against[language - rest] != '\0')))
			continue;
		if (strings_add(&found, language + 1, e) < 0)
			return -1;
	}
	strings_sort(&found);
	for (size_t i = 0; i < found.count; i++)
		text_addf(t, "%s%s", i ? ", " : "", found.item[i]);
	return 0;
}

static bool is_against(const char *word)
{
	for (size_t i = 0; against_order[i]; i++)
		if (strcmp(against_order[i], word) == 0)
			return true;
	return false;
}

/* The language is there against something else only. */
static int fail_against(const struct template_order *order, struct err *e)
{
	AUTO_TEXT struct text others = { 0 };

	for (size_t i = 0; against_order[i]; i++)
		if (has_template(order, against_order[i]))
			text_addf(&others, "%s%s", others.length ? ", " : "", against_order[i]);
	return err_set(e, ERR_USAGE, _("there is no template in %s against \"%s\"; there are: %s"), order->language,
		order->against, text_bytes(&others));
}

static int choose_against(const char **out, const struct template_order *order, struct err *e)
{
	AUTO_TEXT struct text known = { 0 };
	AUTO_FREE char *visible = NULL;

	if (order->against && !is_against(order->against))
		return err_set(e, ERR_USAGE, _("--against is program, service, module or shared"));
	if (!order->language) {
		if (languages(&known, order, order->against, e) < 0)
			return -1;
		return err_set(e, ERR_USAGE, _("a coding task wants --language: %s"), text_bytes(&known));
	}
	for (size_t i = 0; against_order[i]; i++)
		if (has_template(order, against_order[i]) &&
			(!order->against || strcmp(order->against, against_order[i]) == 0)) {
			*out = against_order[i];
			return 0;
		}
	for (size_t i = 0; against_order[i]; i++)
		if (has_template(order, against_order[i]))
			return fail_against(order, e);
	visible = text_visible_line(order->language, e);
	if (!visible || languages(&known, order, NULL, e) < 0)
		return -1;
	return err_set(e, ERR_USAGE, _("there is no template in the language %s; there are: %s"), visible,
		text_bytes(&known));
}

static int choose_layers(struct strings *out, const char **against, const struct template_order *order, struct err *e)
{
	if (order->kind != TASK_CODING) {
		if (order->language || order->against)
			return err_set(e, ERR_USAGE, _("--language and --against are for coding tasks"));
		return strings_take(out, mem_format(e, "%s/%s", order->templates, task_kind_name(order->kind)), e);
	}
	/* A language is a part of a directory's name. */
	if (order->language && !text_is_id(order->language))
		return err_set(e, ERR_USAGE, _("--language is a word in small letters, such as python"));
	if (choose_against(against, order, e) < 0 ||
		strings_take(out, mem_format(e, "%s/coding", order->templates), e) < 0 ||
		strings_take(out, mem_format(e, "%s/coding-%s", order->templates, *against), e) < 0)
		return -1;
	return strings_take(out, mem_format(e, "%s/coding-%s-%s", order->templates, *against, order->language), e);
}

/* --- where to --------------------------------------------------------------------------------------------------- */

/* The last part of a path; of one that is there, of where it really is ("." is some directory). */
static char *name_of(const char *dir, struct err *e)
{
	char real[PATH_MAX];
	const char *path = realpath(dir, real) ? real : dir;
	size_t end = strlen(path), start;

	while (end > 0 && path[end - 1] == '/')
		end--;
	for (start = end; start > 0 && path[start - 1] != '/'; start--)
		;
	return mem_format(e, "%.*s", (int)(end - start), path + start);
}

static int id_of(char **out, const char *dir, struct err *e)
{
	AUTO_FREE char *name = name_of(dir, e);
	size_t length = 0;

	if (!name)
		return -1;
	for (const char *s = name; *s && length < 64; s++) {
		char c = *s >= 'A' && *s <= 'Z' ? (char)(*s - 'A' + 'a') : *s;

		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			name[length++] = c;
		else if (length && name[length - 1] != '-')
			name[length++] = '-';
	}
	while (length && name[length - 1] == '-')
		length--;
	name[length] = '\0';
	if (!text_is_id(name))
		return err_set(e, ERR_USAGE,
			_("the name of the directory gives the task its id, and has no letter a–z or digit: choose another"));
	*out = take_ptr(&name);
	return 0;
}

/* Whether the directory is there already, and if so that nothing but a repository's own files is in it. */
static int look_at_dir(bool *is_there, const char *dir, struct err *e)
{
	AUTO_STRINGS struct strings names = { 0 };
	AUTO_FREE char *visible = text_visible_line(dir, e);
	AUTO_CLOSE int fd = -1;

	if (!visible)
		return -1;
	fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	*is_there = fd >= 0;
	if (fd < 0 && errno == ENOENT)
		return 0;
	if (fd < 0 && errno == ENOTDIR)
		return err_set(e, ERR_CONFLICT, _("%s is no directory"), visible);
	if (fd < 0)
		return err_errno(e, "cannot open %s", visible);
	if (fs_list(&names, fd, ".", MOST_TEMPLATES, e) < 0 && e->kind != ERR_LIMIT)
		return -1;
	if (names.count == 0 || (names.count == 1 && strcmp(names.item[0], ".git") == 0))
		return 0;
	return err_set(e, ERR_CONFLICT, _("%s is not empty: a new task wants a directory of its own"), visible);
}

/* --- writing ---------------------------------------------------------------------------------------------------- */

struct writing {
	const struct template_order *order;
	struct template_made *made;
};

/* The bytes with the task's id in the place that is kept for it. */
static void fill_in(struct text *t, const char *bytes, const char *id)
{
	const char *place = strstr(bytes, ID_PLACE);

	text_add_bytes(t, bytes, place ? (size_t)(place - bytes) : strlen(bytes));
	if (!place)
		return;
	text_add(t, id);
	text_add(t, place + strlen(ID_PLACE));
}

static int write_file(struct writing *writing, const char *path, const struct text *t, struct err *e)
{
	AUTO_FREE char *to = fs_join(writing->order->dir, path, e);

	if (!to)
		return -1;
	if (t->failed)
		return err_memory(e);
	if (fs_write(AT_FDCWD, to, text_bytes(t), t->length, 0644, e) < 0)
		return -1;
	return strings_find(&writing->made->files, path) >= 0 ? 0 : strings_add(&writing->made->files, path, e);
}

static int write_entry(const struct fs_entry *entry, void *context, struct err *e)
{
	struct writing *writing = context;
	AUTO_FREE char *bytes = NULL;
	AUTO_TEXT struct text t = { 0 };
	size_t size;

	if (S_ISDIR(entry->st->st_mode)) {
		AUTO_FREE char *to = fs_join(writing->order->dir, entry->path, e);

		return to ? fs_make_dirs(AT_FDCWD, to, e) : -1;
	}
	if (fs_read(&bytes, &size, entry->dir_fd, entry->name, FILE_MAX, e) < 0)
		return -1;
	if (strcmp(entry->path, "task.json.in") == 0) {
		fill_in(&t, bytes, writing->made->id);
		return write_file(writing, "task.json", &t, e);
	}
	text_add_bytes(&t, bytes, size);
	return write_file(writing, entry->path, &t, e);
}

static int write_layers(struct writing *writing, const struct strings *layers, struct err *e)
{
	AUTO_TASK struct task *task = NULL;

	if (fs_make_dirs(AT_FDCWD, writing->order->dir, e) < 0)
		return -1;
	for (size_t i = 0; i < layers->count; i++)
		if ((i != 1 || fs_is_dir(AT_FDCWD, layers->item[i])) &&
			fs_walk(AT_FDCWD, layers->item[i], MOST_TEMPLATES, write_entry, writing, e) < 0)
			return -1;
	strings_sort(&writing->made->files);
	return task_load(&task, writing->order->dir, false, e) < 0 ? err_wrap(e, "the template is broken") : 0;
}

/* Nothing of ours stays behind; a .git that was there does. */
static void take_back(const char *dir, bool was_there)
{
	AUTO_STRINGS struct strings names = { 0 };
	AUTO_CLOSE int fd = -1;

	if (!was_there) {
		fs_remove_tree(AT_FDCWD, dir, NULL);
		return;
	}
	if (fs_open_dir(&fd, AT_FDCWD, dir, NULL) < 0 || fs_list(&names, fd, ".", MOST_TEMPLATES, NULL) < 0)
		return;
	for (size_t i = 0; i < names.count; i++)
		if (strcmp(names.item[i], ".git") != 0)
			fs_remove_tree(fd, names.item[i], NULL);
}

int template_write(struct template_made *out, const struct template_order *order, struct err *e)
{
	AUTO(template_made_done) struct template_made made = { 0 };
	AUTO_STRINGS struct strings layers = { 0 };
	struct writing writing = { order, &made };
	bool was_there = false;

	if (choose_layers(&layers, &made.against, order, e) < 0 || look_at_dir(&was_there, order->dir, e) < 0 ||
		id_of(&made.id, order->dir, e) < 0)
		return -1;
	if (write_layers(&writing, &layers, e) < 0) {
		take_back(order->dir, was_there);
		return -1;
	}
	*out = made;
	made = (struct template_made){ 0 };
	return 0;
}

void template_made_done(struct template_made *made)
{
	free(made->id);
	strings_done(&made->files);
	*made = (struct template_made){ 0 };
}
