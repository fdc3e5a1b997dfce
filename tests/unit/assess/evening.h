// SPDX-License-Identifier: MIT
/*
 * A workspace in a temporary directory with everything an interview needs, from a small repository of tasks of its
 * own: a coding task (a sum, in shell), a design task, a review with one flaw and one decoy.
 */
#ifndef ASSESS_EVENING_H
#define ASSESS_EVENING_H

#include "assess/marking.h"
#include "assess/panel.h"
#include "assess/review_round.h"
#include "assess/session.h"
#include "assess/workspace.h"
#include "base/fs.h"
#include "repo/clone.h"
#include "repo/snapshot.h"
#include "support/git_fixture.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct evening {
	char *dir;
	char *source; /* the tasks' files */
	char *git;    /* the repository made of them */
	char *place;  /* the workspace's directory */
	char *kit;    /* where kits are laid */
	struct workspace *workspace;
	char candidate[ID_PSEUDONYM];
	char session[ID_PSEUDONYM]; /* planned, with anna and ben */
};

struct evening_file {
	const char *path, *text;
};

static const struct evening_file evening_files[] = {
	{ "tasks/sum/task.json",
		"{\"format\": 1, \"id\": \"sum\", \"kind\": \"coding\", \"title\": {\"en\": "
		"\"Sum\"}, \"minutes\": 10,\n"
		" \"files\": {\"editable\": [\"*.sh\"]}, \"program\": {\"argv\": [\"sh\", "
		"\"solution.sh\"]},\n"
		" \"suites\": [{\"id\": \"shown\", \"against\": \"program\", \"visibility\": "
		"\"visible\", \"compare\": \"tokens\"},\n"
		"  {\"id\": \"secret\", \"against\": \"program\", \"visibility\": \"hidden\", "
		"\"compare\": \"tokens\"}],\n"
		" \"limits\": {\"wall_ms\": 5000, \"memory_mib\": 128}}\n" },
	{ "tasks/sum/statement.md", "Read two numbers, print their sum. Edit `solution.sh`.\n" },
	{ "tasks/sum/interviewer.md", "SECRET hint\n" },
	{ "tasks/sum/starter/solution.sh", "# print the sum\n" },
	{ "tasks/sum/tests/shown/01.in", "1 2\n" },
	{ "tasks/sum/tests/shown/01.ans", "3\n" },
	{ "tasks/sum/tests/secret/02.in", "20 22 SECRET\n" },
	{ "tasks/sum/tests/secret/02.ans", "42\n" },
	{ "tasks/sum/tests/manifest.json",
		"{\"format\": 1, \"tests\": [\n"
		" {\"name\": \"01\", \"suite\": \"shown\", \"points\": 1, \"visibility\": "
		"\"visible\"},\n"
		" {\"name\": \"02\", \"suite\": \"secret\", \"points\": 2, \"visibility\": "
		"\"hidden\"}]}\n" },
	{ "tasks/sum/solutions/accepted/plain/solution.sh",
		"read a b c; echo $((a + b)) # SECRET\n" },
	{ "tasks/sum/solutions/stub/bare/solution.sh", "# print the sum\n" },
	{ "tasks/sketch/task.json",
		"{\"format\": 1, \"id\": \"sketch\", \"kind\": \"design\", \"title\": {\"en\": "
		"\"Sketch\"}, \"minutes\": 10,\n"
		" \"files\": {\"editable\": [\"**/*.md\"]}}\n" },
	{ "tasks/sketch/statement.md", "Sketch a system.\n" },
	{ "tasks/sketch/starter/design.md", "# Design\n" },
	{ "tasks/sketch/probes.json",
		"{\"format\": 1, \"probes\": [{\"id\": \"load\", \"criterion\": \"scale\", "
		"\"ask\": {\"en\": \"SECRET: and at ten times the load?\"},\n"
		" \"answers\": [{\"en\": \"a\"}, {\"en\": \"b\"}, {\"en\": \"c\"}, {\"en\": "
		"\"d\"}], \"follow_ups\": []}]}\n" },
	{ "tasks/look/task.json",
		"{\"format\": 1, \"id\": \"look\", \"kind\": \"review\", \"title\": {\"en\": "
		"\"Look\"}, \"minutes\": 10}\n" },
	{ "tasks/look/statement.md", "Review the change.\n" },
	{ "tasks/look/review/base/app.py", "def find(name):\n    return None\n" },
	{ "tasks/look/review/head/app.py",
		"import db\n\n\ndef find(name):\n    return db.run(\"select * from t where n = '\" "
		"+ name + \"'\")\n" },
	{ "tasks/look/review/flaws.json",
		"{\"format\": 1, \"flaws\": [{\"id\": \"sql-concat\", \"kind\": \"wrong\", "
		"\"category\": \"security\", \"severity\": \"critical\",\n"
		"  \"places\": [{\"file\": \"app.py\", \"start\": 5, \"end\": 5}], \"words\": "
		"[[\"sql\", \"query\"], [\"inject\"]],\n"
		"  \"answer\": {\"en\": \"SECRET\"}, \"ask\": {\"en\": \"SECRET\"}}], \"decoys\": "
		"[]}\n" },
	{ "tasks/look/review/answers/perfect/comments.json",
		"{\"format\": 1, \"comments\": [{\"id\": \"c1\", \"file\": \"app.py\", \"line\": "
		"5, \"category\": \"security\", \"text\": \"SQL injection\"}]}\n" },
	{ "tasks/look/review/answers/perfect/expect.json",
		"{\"format\": 1, \"proposed\": [\"sql-concat\"], \"please_check\": []}\n" },
	{ "tasks/look/review/answers/empty/comments.json", "{\"format\": 1, \"comments\": []}\n" },
	{ "tasks/look/review/answers/empty/expect.json",
		"{\"format\": 1, \"proposed\": [], \"please_check\": []}\n" },
	{ "rubrics/small.json",
		"{\"format\": 1, \"id\": \"small\", \"version\": 1, \"languages\": [\"en\"], "
		"\"agreed_with_works_council\": null, \"criteria\": [\n"
		" {\"id\": \"code\", \"part\": \"coding\", \"title\": {\"en\": \"Code\"}, "
		"\"evidence\": [{\"suite\": \"secret\"}],\n"
		"  \"anchors\": [{\"en\": \"a\"}, {\"en\": \"b\"}, {\"en\": \"c\"}, {\"en\": "
		"\"d\"}]},\n"
		" {\"id\": \"scale\", \"part\": \"design\", \"title\": {\"en\": \"Scale\"}, "
		"\"evidence\": [{\"notes\": true}],\n"
		"  \"anchors\": [{\"en\": \"a\"}, {\"en\": \"b\"}, {\"en\": \"c\"}, {\"en\": "
		"\"d\"}]},\n"
		" {\"id\": \"findings\", \"part\": \"review\", \"title\": {\"en\": \"Findings\"}, "
		"\"evidence\": [{\"findings\": \"all\"}],\n"
		"  \"anchors\": [{\"en\": \"a\"}, {\"en\": \"b\"}, {\"en\": \"c\"}, {\"en\": "
		"\"d\"}]}]}\n" },
	{ "rubrics/plans/small.json",
		"{\"format\": 1, \"id\": \"small\", \"rubric\": \"small\", \"slot_minutes\": 60, "
		"\"parts\": [\n"
		" {\"part\": \"welcome\", \"minutes\": 5}, {\"part\": \"coding\", \"minutes\": 10, "
		"\"task\": \"sum\"},\n"
		" {\"part\": \"design\", \"minutes\": 10, \"task\": \"sketch\"}, {\"part\": "
		"\"review\", \"minutes\": 10, \"task\": \"look\"},\n"
		" {\"part\": \"questions\", \"minutes\": 5}]}\n" },
	{ "rubrics/positions/engineer.json",
		"{\"format\": 1, \"id\": \"engineer\", \"title\": {\"en\": \"Engineer\"}, "
		"\"stages\": [\n"
		" {\"id\": \"screening\", \"title\": {\"en\": \"Screening\"}},\n"
		" {\"id\": \"technical\", \"title\": {\"en\": \"Technical\"}, \"plan\": \"small\", "
		"\"due\": 2}],\n"
		" \"requirements\": [{\"id\": \"code\", \"need\": \"must\", \"title\": {\"en\": "
		"\"Code\"},\n"
		"  \"checked\": {\"stage\": \"technical\", \"criteria\": [\"code\"]}}]}\n" },
};

static inline void evening_must(int said, const struct err *e)
{
	if (said < 0)
		fail_msg("%s", e->text);
}

/* What lies in source/ becomes the tip of main. */
static inline void evening_commit(struct evening *v)
{
	struct err e = { 0 };
	char commit[REPO_COMMIT];

	evening_must(
		repo_snapshot(v->git, v->source, "main", "tasks", 1700000000000, commit, &e), &e);
}

static inline void evening_add_person(
	struct evening *v, const char *id, const char *name, const char *role)
{
	struct err e = { 0 };
	AUTO_STRINGS struct strings roles = { 0 };

	evening_must(strings_add(&roles, role, &e), &e);
	evening_must(workspace_person_add(v->workspace, "account:test", id, name, &roles, NULL, &e), &e);
}

/* A session of the candidate with anna and ben; its id. */
static inline void evening_plan(struct evening *v, const char *candidate, char id[ID_PSEUDONYM])
{
	struct err e = { 0 };
	AUTO_STRINGS struct strings both = { 0 };
	const struct session_order order = { .candidate = candidate, .interviewers = &both };

	evening_must(strings_add(&both, "anna", &e), &e);
	evening_must(strings_add(&both, "ben", &e), &e);
	evening_must(session_plan(id, v->workspace, "anna", &order, &e), &e);
}

/* In memory where there is some: an evening syncs two hundred files, which a busy disk makes a second of. */
static inline void evening_prefer_memory(void)
{
	if (!getenv("TMPDIR") && access("/dev/shm", W_OK) == 0)
		setenv("TMPDIR", "/dev/shm", 1);
}

static inline int evening_set_up_empty(void **state)
{
	static struct evening evening;
	struct evening *v = &evening;
	struct err e = { 0 };

	*v = (struct evening){ 0 };
	evening_prefer_memory();
	evening_must(repo_start(&e), &e);
	evening_must(fs_temp_dir(&v->dir, "assay-test-evening", &e), &e);
	v->source = mem_format(&e, "%s/source", v->dir);
	v->git = mem_format(&e, "%s/tasks.git", v->dir);
	v->place = mem_format(&e, "%s/place", v->dir);
	v->kit = mem_format(&e, "%s/kit", v->dir);
	for (size_t i = 0; i < sizeof(evening_files) / sizeof(*evening_files); i++)
		fixture_file(v->source, evening_files[i].path, evening_files[i].text);
	evening_commit(v);
	evening_must(workspace_init(v->place, true, &e), &e);
	evening_must(workspace_open(&v->workspace, v->place, &e), &e);
	*state = v;
	return 0;
}

static inline int evening_set_up(void **state)
{
	struct evening *v;
	struct err e = { 0 };
	AUTO_STORE_REPO struct store_repo repo = { 0 };
	AUTO_FREE char *position = NULL;

	evening_set_up_empty(state);
	v = *state;
	evening_add_person(v, "anna", "Anna Abend", "interviewer");
	evening_add_person(v, "ben", "Ben Berg", "interviewer");
	evening_add_person(v, "lea", "Lea Lead", "lead");
	evening_add_person(v, "pia", "Pia Panel", "panel");
	evening_must(workspace_repo_add(&repo, v->workspace, "lea", v->git, NULL, "main", &e), &e);
	evening_must(workspace_position_add(&position, v->workspace, "lea", "engineer", &e), &e);
	evening_must(workspace_candidate_add(v->candidate, v->workspace, "lea", "Kim Kandidat",
			     NULL, "technical", &e),
		&e);
	evening_plan(v, v->candidate, v->session);
	return 0;
}

static inline int evening_tear_down(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };

	workspace_close(v->workspace);
	evening_must(fs_remove_tree(AT_FDCWD, v->dir, &e), &e);
	free(v->dir);
	free(v->source);
	free(v->git);
	free(v->place);
	free(v->kit);
	repo_stop();
	return 0;
}

/* Writes into the kit. */
static inline void evening_write(struct evening *v, const char *path, const char *text)
{
	fixture_file(v->kit, path, text);
}

static inline bool evening_kit_has(struct evening *v, const char *path)
{
	AUTO_FREE char *full = mem_format(NULL, "%s/%s", v->kit, path);

	return fs_exists(AT_FDCWD, full);
}

/* A file outside of everything, with that text: its path, to be freed. */
static inline char *evening_file(struct evening *v, const char *name, const char *text)
{
	fixture_file(v->dir, name, text);
	return mem_format(NULL, "%s/%s", v->dir, name);
}

static inline void evening_start(struct evening *v)
{
	struct err e = { 0 };

	evening_must(session_start(v->workspace, "anna", v->session, NULL, &e), &e);
}

static inline void evening_next(struct evening *v)
{
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };

	evening_must(session_next(&step, v->workspace, "anna", v->session, v->kit, &e), &e);
}

static const char evening_comment[] =
	"{\"format\": 1, \"comments\": [{\"id\": \"c1\", \"file\": \"app.py\", \"line\": 5,"
	" \"category\": \"security\", \"text\": \"SQL injection\"}]}";

static const char evening_decision[] =
	"{\"format\": 1, \"by\": \"anna\", \"decisions\": [{\"comment\": \"c1\","
	" \"flaw\": \"sql-concat\", \"as\": \"planted\", \"credit\": 1, \"reason\": \"right\"}]}";

static const char evening_card[] =
	"{\"format\": 1, \"marks\": [{\"criterion\": \"code\", \"mark\": 3, \"evidence\": \"\"},"
	" {\"criterion\": \"scale\", \"mark\": null, \"evidence\": \"\"},"
	" {\"criterion\": \"findings\", \"mark\": 4, \"evidence\": \"saw it at once\"}],"
	" \"strengths\": \"calm\", \"recommendation\": \"yes\", \"language\": \"en\", "
	"\"minutes_present\": 40}";

/* The whole sitting, without a grade: nothing is laid out for coding but the starter. */
static inline void evening_sit(struct evening *v)
{
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };
	AUTO_FREE char *comments = evening_file(v, "comments.json", evening_comment);

	evening_start(v);
	evening_next(v);
	evening_next(v);
	evening_next(v);
	evening_must(review_answer(v->workspace, "anna", v->session, comments, &e), &e);
	evening_must(session_end(&step, v->workspace, "anna", v->session, &e), &e);
}

static inline void evening_confirm(struct evening *v)
{
	struct err e = { 0 };
	AUTO_FREE char *decisions = evening_file(v, "decisions.json", evening_decision);

	evening_must(review_confirm(v->workspace, "anna", v->session, decisions, &e), &e);
}

static inline void evening_mark(struct evening *v, const char *person)
{
	struct err e = { 0 };
	AUTO_FREE char *card = evening_file(v, "card.json", evening_card);

	evening_must(marking_take_file(v->workspace, person, v->session, card, &e), &e);
}

static inline void evening_seal(struct evening *v, const char *person)
{
	struct err e = { 0 };

	evening_mark(v, person);
	evening_must(marking_seal(v->workspace, person, v->session, &e), &e);
}

#define EVENING(name) cmocka_unit_test_setup_teardown(name, evening_set_up, evening_tear_down)
#define EMPTY_EVENING(name)                                                                        \
	cmocka_unit_test_setup_teardown(name, evening_set_up_empty, evening_tear_down)

#endif
