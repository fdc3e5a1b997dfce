// SPDX-License-Identifier: MIT
#include "task/template.h"

#include "base/fs.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static const char *const templates = "runner/task/templates";

struct place {
	char *path;
	int fd;
};

static int set_up(void **state)
{
	static struct place place;
	struct err e = { 0 };

	if (fs_temp_dir(&place.path, "assay-test-template", &e) < 0 || fs_open_dir(&place.fd, AT_FDCWD, place.path, &e) < 0)
		return -1;
	*state = &place;
	return 0;
}

static int tear_down(void **state)
{
	struct place *place = *state;
	struct err e = { 0 };

	close(place->fd);
	if (fs_remove_tree(AT_FDCWD, place->path, &e) < 0)
		return -1;
	free(place->path);
	return 0;
}

static int make(const struct place *place, struct template_order order, const char *name, struct template_made *made,
	struct err *e)
{
	AUTO_FREE char *dir = fs_join(place->path, name, e);

	order.templates = order.templates ? order.templates : templates;
	order.dir = dir;
	return template_write(made, &order, e);
}

static void refuse(const struct place *place, struct template_order order, const char *name, enum err_kind kind,
	const char *sentence)
{
	struct template_made made = { 0 };
	struct err e = { 0 };

	assert_int_equal(make(place, order, name, &made, &e), -1);
	assert_int_equal(e.kind, kind);
	if (!strstr(e.text, sentence))
		fail_msg("%s", e.text);
}

static void a_directory_gives_the_task_its_id(void **state)
{
	struct place *place = *state;
	AUTO(template_made_done) struct template_made made = { 0 };
	struct err e = { 0 };

	if (make(place, (struct template_order){ .language = "c" }, "-My 2nd Task--", &made, &e) < 0)
		fail_msg("%s", e.text);

	assert_string_equal(made.id, "my-2nd-task");
	assert_string_equal(made.against, "program");
	assert_true(strings_find(&made.files, "task.json") >= 0);
	assert_true(fs_is_file(place->fd, "-My 2nd Task--/solutions/forged/looks-for-answers/solution.c"));
}

static void a_name_without_a_letter_or_digit_gives_none(void **state)
{
	refuse(*state, (struct template_order){ .language = "c" }, "---", ERR_USAGE, "choose another");
}

/* Every combination that the directories' names promise. */
static void every_template_is_a_well_formed_package(void **state)
{
	struct place *place = *state;
	AUTO_STRINGS struct strings names = { 0 };
	struct err e = { 0 };
	size_t made_count = 0;
	assert_int_equal(fs_list(&names, AT_FDCWD, templates, 1000, &e), 0);

	for (size_t i = 0; i < names.count; i++) {
		AUTO(template_made_done) struct template_made made = { 0 };
		AUTO_FREE char *name = mem_copy(names.item[i], &e);
		char *against = strchr(name, '-'), *language = against ? strchr(against + 1, '-') : NULL;
		struct template_order order = { .kind = strcmp(name, "design") == 0  ? TASK_DESIGN :
							strcmp(name, "review") == 0  ? TASK_REVIEW :
							strcmp(name, "conversation") == 0 ? TASK_CONVERSATION : TASK_CODING };

		if (order.kind == TASK_CODING && !language)
			continue;
		if (language) {
			*language = '\0';
			order.against = against + 1;
			order.language = language + 1;
		}
		if (make(place, order, names.item[i], &made, &e) < 0)
			fail_msg("%s: %s", names.item[i], e.text);
		made_count++;
	}
	assert_true(made_count >= 15);
}

static void an_unknown_language_names_those_there_are(void **state)
{
	refuse(*state, (struct template_order){ .language = "cobol" }, "t", ERR_USAGE, "there are: bash, c, cpp, go, java");
}

static void a_language_is_no_path(void **state)
{
	refuse(*state, (struct template_order){ .language = "../../base" }, "t", ERR_USAGE, "a word in small letters");
}

static void a_language_without_that_against_names_what_it_has(void **state)
{
	refuse(*state, (struct template_order){ .language = "bash", .against = "service" }, "t", ERR_USAGE,
		"there are: program");
}

static void a_coding_task_wants_a_language(void **state)
{
	refuse(*state, (struct template_order){ 0 }, "t", ERR_USAGE, "wants --language: bash, c");
}

static void only_a_coding_task_takes_one(void **state)
{
	refuse(*state, (struct template_order){ .kind = TASK_DESIGN, .language = "c" }, "t", ERR_USAGE, "for coding tasks");
}

static void a_directory_that_holds_something_is_left_alone(void **state)
{
	struct place *place = *state;
	struct err e = { 0 };
	assert_int_equal(fs_make_dirs(place->fd, "mine", &e), 0);
	assert_int_equal(fs_write(place->fd, "mine/notes", "x", 1, 0644, &e), 0);

	refuse(place, (struct template_order){ .language = "c" }, "mine", ERR_CONFLICT, "is not empty");

	assert_false(fs_exists(place->fd, "mine/task.json"));
}

static void a_repository_of_its_own_is_as_good_as_empty(void **state)
{
	struct place *place = *state;
	AUTO(template_made_done) struct template_made made = { 0 };
	struct err e = { 0 };
	assert_int_equal(fs_make_dirs(place->fd, "repository/.git", &e), 0);

	assert_int_equal(make(place, (struct template_order){ .kind = TASK_REVIEW }, "repository", &made, &e), 0);

	assert_true(fs_is_dir(place->fd, "repository/.git"));
}

static void what_fails_leaves_nothing_behind(void **state)
{
	struct place *place = *state;
	AUTO_FREE char *broken = fs_join(place->path, "broken", NULL);
	struct template_order order = { .templates = broken, .kind = TASK_DESIGN };
	struct err e = { 0 };
	assert_int_equal(fs_make_dirs(place->fd, "broken/design/starter", &e), 0);
	assert_int_equal(fs_write(place->fd, "broken/design/task.json.in", "{\"id\": \"@ID@\"}", 14, 0644, &e), 0);
	assert_int_equal(fs_make_dirs(place->fd, "kept/.git", &e), 0);

	refuse(place, order, "new", ERR_INVALID, "the template is broken: task.json:1");
	refuse(place, order, "kept", ERR_INVALID, "the template is broken");

	assert_false(fs_exists(place->fd, "new"));
	assert_true(fs_is_dir(place->fd, "kept/.git"));
	assert_false(fs_exists(place->fd, "kept/task.json"));
	assert_false(fs_exists(place->fd, "kept/starter"));
}

#define CLAIM(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_directory_gives_the_task_its_id),
		CLAIM(a_name_without_a_letter_or_digit_gives_none),
		CLAIM(every_template_is_a_well_formed_package),
		CLAIM(an_unknown_language_names_those_there_are),
		CLAIM(a_language_is_no_path),
		CLAIM(a_language_without_that_against_names_what_it_has),
		CLAIM(a_coding_task_wants_a_language),
		CLAIM(only_a_coding_task_takes_one),
		CLAIM(a_directory_that_holds_something_is_left_alone),
		CLAIM(a_repository_of_its_own_is_as_good_as_empty),
		CLAIM(what_fails_leaves_nothing_behind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
