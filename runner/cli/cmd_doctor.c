// SPDX-License-Identifier: MIT
/*
 * `assay doctor`: what this machine can do, in plain words, with the mend for what it can't.
 *
 * What boxes can do is asked of assay-box itself (`--check`), which builds one; this file knows only what assay
 * needs besides: the language runtimes of the bundled tasks, and the workspace one stands in.
 */
#include "assess/workspace.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "base/places.h"
#include "base/spawn.h"
#include "cli/commands.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>

struct finding {
	const char *name;
	bool good;
	char *text; /* what was found, or the mend */
};

enum { FINDINGS_MAX = 8, BOX_CHECK_MS = 20000, BOX_SAYS_MAX = 64 << 10 };

struct doctor {
	struct finding item[FINDINGS_MAX];
	size_t count;
};

static void doctor_done(struct doctor *doctor)
{
	for (size_t i = 0; i < doctor->count; i++)
		free(doctor->item[i].text);
}

static void add_take(struct doctor *doctor, const char *name, bool good, char *text)
{
	if (doctor->count < FINDINGS_MAX)
		doctor->item[doctor->count++] = (struct finding){ name, good, text };
	else
		free(text);
}

/* What assay-box says about itself; *good is whether it can build a box here. */
static int ask_box(char **said, bool *good, struct err *e)
{
	AUTO_FREE char *path = NULL;
	AUTO_CLOSE int paper = -1; /* a file and no pipe: a box that hangs must not make us wait for its end */
	const char *argv[] = { NULL, "--check", NULL };
	const char *env[] = { "PATH=/usr/bin:/bin", "LANG=C.UTF-8", NULL };
	struct spawn what = { .argv = argv, .env = env, .in = -1 };
	int status = 0, waited;
	size_t size;
	pid_t pid;

	if (places_box(&path, e) < 0)
		return -1;
	paper = memfd_create("assay-box-check", MFD_CLOEXEC);
	if (paper < 0)
		return err_errno(e, "cannot ask assay-box");
	argv[0] = path;
	what.out = what.err = paper;
	if (spawn_start(&what, &pid, e) < 0)
		return -1;
	waited = spawn_wait(pid, BOX_CHECK_MS, &status, e);
	if (waited != 0) {
		spawn_end(pid);
		return waited < 0 ? -1 : err_set(e, ERR_SYSTEM, _("assay-box --check did not end within %d s"),
						 BOX_CHECK_MS / 1000);
	}
	*good = WIFEXITED(status) && WEXITSTATUS(status) == 0;
	if (lseek(paper, 0, SEEK_SET) < 0)
		return err_errno(e, "cannot read what assay-box says");
	return fs_read_fd(said, &size, paper, "what assay-box says", BOX_SAYS_MAX, e);
}

static void check_box(struct doctor *doctor)
{
	struct err e = { 0 };
	char *said = NULL;
	bool good = false;

	if (ask_box(&said, &good, &e) < 0)
		said = mem_copy(e.text, NULL);
	add_take(doctor, "box", good, said);
}

/* What the bundled coding task runs with. */
static void check_python(struct doctor *doctor)
{
	bool python = access("/usr/bin/python3", X_OK) == 0;
	bool fastapi = fs_exists(AT_FDCWD, "/usr/lib/python3/dist-packages/fastapi");

	add_take(doctor, "python", python && fastapi,
		mem_copy(python && fastapi
				 ? _("Debian's python3 with FastAPI is there")
				 : _("the bundled coding task needs: apt-get install python3-fastapi python3-uvicorn "
				     "python3-httpx python3-pytest"), NULL));
}

static void check_workspace(struct doctor *doctor)
{
	AUTO_WORKSPACE struct workspace *workspace = NULL;
	struct err e = { 0 };
	char *text;

	if (workspace_open(&workspace, ".", &e) == 0)
		text = mem_format(NULL,
			workspace->allow_sampled
				? _("%s opens; its sessions may run where limits are only sampled")
				: _("%s opens; its sessions run only where limits are enforced: 'assay init %s --allow-sampled' "
				    "changes that for those planned afterwards"),
			workspace->path, workspace->path);
	else
		text = mem_copy(e.text, NULL);
	add_take(doctor, "workspace", workspace || e.kind == ERR_NOT_FOUND, text);
}

static int print_findings(const struct doctor *doctor, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };

	for (size_t i = 0; i < doctor->count; i++) {
		const struct finding *f = &doctor->item[i];

		text_addf(&t, "%s %s\n", f->good ? _("good   ") : _("MISSING"), f->name);
		for (const char *line = f->text ? f->text : ""; *line;) {
			size_t length = strcspn(line, "\n");
			AUTO_FREE char *copy = strndup(line, length);

			text_add(&t, "        ");
			if (copy)
				text_add_visible(&t, copy, true);
			text_add(&t, "\n");
			line += length + (line[length] == '\n');
		}
	}
	return t.failed ? err_memory(e) : cli_print(text_bytes(&t), e);
}

static int run_doctor(struct cli *cli, struct err *e)
{
	AUTO(doctor_done) struct doctor doctor = { 0 };
	AUTO_JSON struct json *list = json_new_array();
	bool all = true;

	check_box(&doctor);
	check_python(&doctor);
	check_workspace(&doctor);
	for (size_t i = 0; i < doctor.count; i++) {
		const struct finding *f = &doctor.item[i];

		all = all && f->good;
		json_append_take(&list, json_pack_new("{s:s, s:b, s:o}", "name", f->name, "good", f->good, "text",
			json_clean(f->text ? f->text : "", f->text ? strlen(f->text) : 0)));
	}
	cli->exit_status = all ? 0 : 1;
	return cli->json ? cli_print_json_take(take_ptr(&list), e) : print_findings(&doctor, e);
}

const struct command commands_doctor[] = {
	{
		.noun = "doctor",
		.words = "",
		.summary = N_("say what this machine can do, and the mend for what it can't"),
		.about = N_("Builds a box to find out. The exit status is 1 when something is missing."),
		.example = "assay doctor",
		.run = run_doctor,
	},
	{ 0 },
};
