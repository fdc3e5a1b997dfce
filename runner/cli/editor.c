// SPDX-License-Identifier: MIT
/*
 * An editor needs the terminal as it is: our process group, our standard streams. So it isn't started as base/spawn.h
 * starts programs, and while it runs Ctrl-C is its own, as it is with git.
 */
#include "cli/editor.h"

#include "base/i18n.h"
#include "base/mem.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static const char *chosen(void)
{
	const char *visual = getenv("VISUAL"), *editor = getenv("EDITOR");

	return visual && *visual ? visual : editor && *editor ? editor : NULL;
}

/* The words of the variable, and the file behind them. */
static int split(struct strings *out, const char *command, const char *path, struct err *e)
{
	for (const char *at = command; *at; at += strspn(at, " ")) {
		size_t length = strcspn(at, " ");

		if (length && strings_take(out, mem_format(e, "%.*s", (int)length, at), e) < 0)
			return -1;
		at += length;
	}
	return strings_add(out, path, e);
}

static int start(pid_t *pid, char *const *argv, struct err *e)
{
	posix_spawnattr_t attributes;
	sigset_t usual;
	int code;

	sigemptyset(&usual);
	sigaddset(&usual, SIGINT);
	sigaddset(&usual, SIGQUIT);
	sigaddset(&usual, SIGPIPE);
	code = posix_spawnattr_init(&attributes);
	if (code == 0) {
		posix_spawnattr_setsigdefault(&attributes, &usual);
		posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
		code = posix_spawnp(pid, argv[0], NULL, &attributes, argv, environ);
		posix_spawnattr_destroy(&attributes);
	}
	if (code == 0)
		return 0;
	errno = code;
	return code == ENOENT ? err_set(e, ERR_NOT_FOUND, _("there is no editor %s: EDITOR names the one you use"), argv[0])
			      : err_errno(e, _("the editor %s cannot be started"), argv[0]);
}

static int wait_for(pid_t pid, const char *name, struct err *e)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return err_errno(e, "%s", name);
	if (WIFSIGNALED(status))
		return err_set(e, ERR_SYSTEM, _("the editor %s was ended by signal %d"), name, WTERMSIG(status));
	/* 127 is what spawning says of a program that isn't there where it can't say so earlier. */
	if (WEXITSTATUS(status) != 0)
		return err_set(e, ERR_SYSTEM, _("the editor %s ended with status %d"), name, WEXITSTATUS(status));
	return 0;
}

int editor_run(const char *path, struct err *e)
{
	AUTO_STRINGS struct strings words = { 0 };
	const char *command = chosen();
	char *argv[32] = { NULL };
	void (*interrupt)(int), (*quit)(int);
	pid_t pid = -1;
	int said;

	if (!command && !isatty(STDIN_FILENO))
		return err_set(e, ERR_USAGE,
			_("there is no terminal to edit at, and EDITOR is not set: set it to a program that changes the file it is given"));
	if (split(&words, command ? command : "editor", path, e) < 0)
		return -1;
	if (words.count < 2 || words.count >= sizeof(argv) / sizeof(*argv))
		return err_set(e, ERR_USAGE, _("EDITOR has %zu words: it names a program and its options"), words.count - 1);
	for (size_t i = 0; i < words.count; i++)
		argv[i] = words.item[i];
	interrupt = signal(SIGINT, SIG_IGN);
	quit = signal(SIGQUIT, SIG_IGN);
	said = start(&pid, argv, e);
	if (said == 0)
		said = wait_for(pid, argv[0], e);
	signal(SIGINT, interrupt);
	signal(SIGQUIT, quit);
	return said;
}
