// SPDX-License-Identifier: MIT
/*
 * One walk through the tests' scripts finds what they name; then it is known whether any link may lie. A script is looked
 * at as bytes: a path in a comment lays a link that nobody follows, and one that is put together isn't found, which costs
 * time and nothing else.
 */
#include "submission/module_links.h"

#include "base/fs.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* More entries than may be copied (base/fs.c), for links lie there, too. More places, or longer ones, are left to the
 * bridge: each is compared with all others as often as a script names it. */
enum { MOST_ENTRIES = 200000, MOST_BYTES = 1 << 20, MOST_PLACES = 20, MOST_LENGTH = 512 };

struct search {
	char *stem;            /* "clock" of "lib/clock.mjs" */
	struct strings places; /* paths below the tests, each once */
	bool is_off;           /* something may list a folder, or can't be told */
};

static void search_done(struct search *search)
{
	free(search->stem);
	strings_done(&search->places);
}

/* --- what the scripts say --------------------------------------------------------------------------------------- */

/* One with an ending of JavaScript, or with none. */
static bool is_script(const char *name)
{
	static const char *const endings[] = { ".js", ".cjs", ".mjs", ".jsx", ".ts", ".cts", ".mts", ".tsx" };
	const char *ending = strrchr(name, '.');

	for (size_t i = 0; ending && i < sizeof(endings) / sizeof(endings[0]); i++)
		if (strcmp(ending, endings[i]) == 0)
			return true;
	return !ending;
}

/* "glob" is no part of a longer word: there is globalThis. */
static bool may_list(const char *text)
{
	static const char *const words[] = { "readdir", "opendir", "recursive", "child_process", "globby" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strstr(text, words[i]))
			return true;
	for (const char *at = text; (at = strstr(at, "glob")); at++)
		if (at[4] < 'a' || at[4] > 'z')
			return true;
	return false;
}

/* How long the path between quotes is whose last part is NAME; 0 if it is none from the script's own folder. */
static size_t path_length(const char *opening, const char *name, size_t stem)
{
	static const char *const endings[] = { "", ".js", ".cjs", ".mjs" };
	const char *path = opening + 1;

	if (strncmp(path, "./", 2) != 0 && strncmp(path, "../", 3) != 0)
		return 0;
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		size_t length = strlen(endings[i]);

		if (strncmp(name + stem, endings[i], length) == 0 && name[stem + length] == *opening)
			return (size_t)(name - path) + stem + length;
	}
	return 0;
}

static int add_place(struct strings *places, const char *script, const char *path, size_t length, struct err *e)
{
	const char *slash = strrchr(script, '/');
	size_t folder = slash ? (size_t)(slash + 1 - script) : 0;
	AUTO_FREE char *place = NULL;

	if (places->count >= MOST_PLACES || folder + length > MOST_LENGTH)
		return 0;
	place = mem_format(e, "%.*s%.*s", (int)folder, script, (int)length, path);
	if (!place)
		return -1;
	if (strings_find(places, place) >= 0)
		return 0;
	return strings_take(places, take_ptr(&place), e);
}

/* The last quote on the line before a name opens it. */
int module_links_find(struct strings *places, const char *script, const char *text, const char *stem, struct err *e)
{
	const char *opening = NULL, *seen = text;
	size_t length;

	for (const char *at = text; (at = strstr(at, stem)); at++) {
		for (; seen < at; seen++)
			if (strchr("\"'`\n", *seen))
				opening = *seen == '\n' ? NULL : seen;
		if (opening && at[-1] == '/' && (length = path_length(opening, at, strlen(stem))) > 0 &&
			add_place(places, script, opening + 1, length, e) < 0)
			return -1;
	}
	return 0;
}

/* The text of a script; NULL with success if it is none, or none that can be told about. */
static int read_script(char **text, const struct fs_entry *entry, struct search *search, struct err *e)
{
	size_t size;

	if (!S_ISREG(entry->st->st_mode) || !is_script(entry->name))
		return 0;
	if (entry->st->st_size > MOST_BYTES) {
		search->is_off = true;
		return 0;
	}
	if (fs_read(text, &size, entry->dir_fd, entry->name, MOST_BYTES, e) < 0)
		return -1;
	search->is_off |= strlen(*text) != size || may_list(*text);
	return 0;
}

static int look_at_helper(const struct fs_entry *entry, void *context, struct err *e)
{
	struct search *search = context;
	AUTO_FREE char *text = NULL;

	if (S_ISDIR(entry->st->st_mode))
		search->is_off |= strcmp(entry->name, "node_modules") == 0;
	if (search->is_off)
		return S_ISDIR(entry->st->st_mode) ? FS_SKIP : FS_GO_ON;
	return read_script(&text, entry, search, e);
}

static int look_at_test(const struct fs_entry *entry, void *context, struct err *e)
{
	struct search *search = context;
	AUTO_FREE char *text = NULL;

	if (S_ISDIR(entry->st->st_mode))
		return look_at_helper(entry, context, e);
	if (search->is_off)
		return FS_GO_ON;
	if (read_script(&text, entry, search, e) < 0)
		return -1;
	return text ? module_links_find(&search->places, entry->path, text, search->stem, e) : 0;
}

/* A shell lists folders for a mere star; Node itself doesn't. */
static void look_at_argv(struct search *search, const struct strings *argv)
{
	const char *program = argv->count > 0 ? argv->item[0] : "", *slash = strrchr(program, '/');

	search->is_off |= strcmp(slash ? slash + 1 : program, "node") != 0;
	for (size_t i = 1; i < argv->count; i++)
		search->is_off |= may_list(argv->item[i]) || strstr(argv->item[i], "--preserve-symlinks") ||
				  strstr(argv->item[i], "--preserve_symlinks");
}

/* --- links ------------------------------------------------------------------------------------------------------ */

/* A link is ours: the tests were copied, and no link with them. */
static int is_taken(bool *taken, int dir_fd, const char *stem, struct err *e)
{
	AUTO_STRINGS struct strings names = { 0 };
	size_t length = strlen(stem);
	struct stat st;

	*taken = false;
	if (fs_list(&names, dir_fd, ".", MOST_ENTRIES, e) < 0)
		return -1;
	for (size_t i = 0; i < names.count && !*taken; i++) {
		const char *name = names.item[i];

		*taken = strncmp(name, stem, length) == 0 &&
			 (!name[length] || (name[length] == '.' && !strchr(name + length + 1, '.'))) &&
			 (fstatat(dir_fd, name, &st, AT_SYMLINK_NOFOLLOW) < 0 || !S_ISLNK(st.st_mode));
	}
	return 0;
}

/* A folder that isn't there, or not below the tests, has no link; the bridge sees to that name. */
static int lay(int tests_fd, const char *place, const struct search *search, const char *target, struct err *e)
{
	const char *name = strrchr(place, '/') + 1;
	AUTO_FREE char *dir = mem_format(e, "%.*s", (int)(name - place), place);
	AUTO_CLOSE int fd = -1;
	bool taken;

	if (!dir)
		return -1;
	if (fs_open_dir(&fd, tests_fd, dir, NULL) < 0)
		return 0;
	if (is_taken(&taken, fd, search->stem, e) < 0)
		return -1;
	if (taken)
		return 0;
	if (symlinkat(target, fd, name) < 0 && errno != EEXIST && errno != ENAMETOOLONG)
		return err_errno(e, "cannot lay the module beside the tests");
	return 0;
}

int module_links_lay(const char *tests, const char *helpers, const struct strings *argv, const char *module,
	const char *target, struct err *e)
{
	const char *slash = strrchr(module, '/'), *name = slash ? slash + 1 : module, *ending = strrchr(name, '.');
	AUTO(search_done) struct search search = { 0 };
	AUTO_CLOSE int fd = -1;

	if (!ending || ending == name)
		return 0;
	search.stem = mem_format(e, "%.*s", (int)(ending - name), name);
	if (!search.stem || fs_open_dir(&fd, AT_FDCWD, tests, e) < 0)
		return -1;
	look_at_argv(&search, argv);
	if (fs_walk(AT_FDCWD, helpers, MOST_ENTRIES, look_at_helper, &search, e) < 0 ||
		fs_walk(AT_FDCWD, tests, MOST_ENTRIES, look_at_test, &search, e) < 0)
		return -1;
	for (size_t i = 0; i < search.places.count && !search.is_off; i++)
		if (lay(fd, search.places.item[i], &search, target, e) < 0)
			return -1;
	return 0;
}
