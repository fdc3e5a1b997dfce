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
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* More than may be copied (base/fs.c), for links lie there, too. What is larger, longer or more is left to the
 * bridge. */
enum { MOST_FILES = 200000, MOST_BYTES = 1 << 20, MOST_PLACES = 1000, MOST_PATH = 256 };

struct search {
	char *stem;            /* "clock" of "lib/clock.mjs" */
	struct strings places; /* paths below the tests */
	bool is_off;           /* some script may list a folder */
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

static bool may_list(const char *text)
{
	static const char *const words[] = { "readdir", "opendir", "glob", "child_process" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strstr(text, words[i]))
			return true;
	return false;
}

/* How long the path is that begins at a quote and has its last part at NAME; 0 if it is none from the script's own folder. */
static size_t path_in_quotes(const char *text, const char *name, size_t stem, const char **begin)
{
	static const char *const endings[] = { "", ".js", ".cjs", ".mjs" };
	const char *from = name;

	while (from > text && name - from < MOST_PATH && !strchr("\"'`\n", from[-1]))
		from--;
	if (from == text || !strchr("\"'`", from[-1]) || (strncmp(from, "./", 2) != 0 && strncmp(from, "../", 3) != 0))
		return 0;
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		size_t length = strlen(endings[i]);

		if (strncmp(name + stem, endings[i], length) == 0 && name[stem + length] == from[-1]) {
			*begin = from;
			return (size_t)(name - from) + stem + length;
		}
	}
	return 0;
}

static int add_place(struct search *search, const char *script, const char *path, size_t length, struct err *e)
{
	const char *slash = strrchr(script, '/');

	if (search->places.count == MOST_PLACES)
		return 0;
	return strings_take(&search->places,
		mem_format(e, "%.*s%.*s", slash ? (int)(slash + 1 - script) : 0, script, (int)length, path), e);
}

static int look_for_names(struct search *search, const char *script, const char *text, struct err *e)
{
	size_t stem = strlen(search->stem), length;
	const char *begin;

	for (const char *at = text; (at = strstr(at, search->stem)); at++)
		if (at > text && at[-1] == '/' && (length = path_in_quotes(text, at, stem, &begin)) > 0 &&
			add_place(search, script, begin, length, e) < 0)
			return -1;
	return 0;
}

static int look_at(const struct fs_entry *entry, void *context, struct err *e)
{
	struct search *search = context;
	AUTO_FREE char *text = NULL;
	size_t size;

	if (S_ISDIR(entry->st->st_mode)) {
		search->is_off |= strcmp(entry->name, "node_modules") == 0;
		return search->is_off ? FS_SKIP : FS_GO_ON;
	}
	if (search->is_off || !S_ISREG(entry->st->st_mode) || !is_script(entry->name))
		return FS_GO_ON;
	if (entry->st->st_size > MOST_BYTES) {
		search->is_off = true;
		return FS_GO_ON;
	}
	if (fs_read(&text, &size, entry->dir_fd, entry->name, MOST_BYTES, e) < 0)
		return -1;
	search->is_off |= may_list(text);
	return look_for_names(search, entry->path, text, e);
}

/* --- links ------------------------------------------------------------------------------------------------------ */

/* A link is ours: the tests were copied, and no link with them. */
static bool is_taken(int dir_fd, const char *stem)
{
	static const char *const endings[] = { "", ".js", ".cjs", ".mjs", ".json", ".node", ".jsx", ".ts", ".cts", ".mts", ".tsx", ".wasm" };
	char name[NAME_MAX + 1];
	struct stat st;

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		snprintf(name, sizeof(name), "%s%s", stem, endings[i]);
		if (fstatat(dir_fd, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && !S_ISLNK(st.st_mode))
			return true;
	}
	return false;
}

/* A folder that isn't there, or not below the tests, has no link; the bridge sees to that name. */
static int lay(int tests_fd, const char *place, const struct search *search, const char *target, struct err *e)
{
	const char *name = strrchr(place, '/') + 1;
	AUTO_FREE char *dir = mem_format(e, "%.*s", (int)(name - place), place);
	AUTO_CLOSE int fd = -1;

	if (!dir)
		return -1;
	if (fs_open_dir(&fd, tests_fd, dir, NULL) < 0 || is_taken(fd, search->stem))
		return 0;
	if (symlinkat(target, fd, name) < 0 && errno != EEXIST && errno != ENAMETOOLONG)
		return err_errno(e, "cannot lay the module beside the tests");
	return 0;
}

int module_links_lay(const char *tests, const char *module, const char *target, struct err *e)
{
	const char *slash = strrchr(module, '/'), *name = slash ? slash + 1 : module, *ending = strrchr(name, '.');
	AUTO(search_done) struct search search = { 0 };
	AUTO_CLOSE int fd = -1;

	if (!ending || ending == name)
		return 0;
	search.stem = mem_format(e, "%.*s", (int)(ending - name), name);
	if (!search.stem || fs_open_dir(&fd, AT_FDCWD, tests, e) < 0 ||
		fs_walk(AT_FDCWD, tests, MOST_FILES, look_at, &search, e) < 0)
		return -1;
	for (size_t i = 0; i < search.places.count && !search.is_off; i++)
		if (lay(fd, search.places.item[i], &search, target, e) < 0)
			return -1;
	return 0;
}
