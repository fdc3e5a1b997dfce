// SPDX-License-Identifier: MIT
/*
 * Looking, and what a look leaves.
 */
#include "assess/session_watch.h"

#include "assess/kit.h"
#include "assess/kit_log.h"
#include "assess/kit_take.h"
#include "assess/session_access.h"
#include "assess/session_inside.h"
#include "assess/workspace_inside.h"
#include "base/clock.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "repo/diff.h"
#include "repo/snapshot.h"
#include "store/store_clock.h"
#include "submission/intake.h"
#include "submission/scratch.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DOWN_MS = 30000, MAX_MOMENTS = 5000 };

static const int warnings[] = { 10, 5, 1 };

/* --- beginning and end ------------------------------------------------------------------------------------------ */

/* What a watch that was killed left: the time since then belongs to the candidate. */
static int give_back(struct session_watch *watch, struct err *e)
{
	AUTO_CHANGE struct store_change change = { 0 };
	AUTO_STORE_PARTS struct store_parts parts = { 0 };
	int64_t beat_ms = 0, now = clock_now_ms(), number;

	if (store_change_begin(&change, watch->workspace->store, e) < 0 ||
		store_heartbeat_get(&beat_ms, watch->workspace->store, watch->id, e) < 0 ||
		store_part_list(&parts, watch->workspace->store, watch->id, e) < 0)
		return -1;
	for (size_t i = 0; beat_ms && now - beat_ms > DOWN_MS && i < parts.count; i++) {
		const struct store_part *part = &parts.item[i];
		const struct store_pause pause = {
			.session = watch->id,
			.part = part->number,
			.from_ms = beat_ms > part->started_ms ? beat_ms : part->started_ms,
			.to_ms = now,
			.reason = _("assay was down"),
			.actor = watch->actor,
		};

		if (!part->started_ms || part->ended_ms)
			continue;
		if (store_pause_add(&number, watch->workspace->store, &pause, e) < 0 ||
			workspace_log(watch->workspace, watch->actor, "session.pause", watch->id, pause.reason, e) < 0)
			return -1;
		watch->given_back_ms = now - pause.from_ms;
	}
	if (store_heartbeat_set(watch->workspace->store, watch->id, now, e) < 0)
		return -1;
	return store_change_commit(&change, e);
}

int session_watch_begin(struct session_watch *watch, struct workspace *workspace, const char *actor, const char *id,
	int64_t every_ms, struct err *e)
{
	AUTO_STORE_SESSION struct store_session session = { 0 };
	AUTO_FREE char *name = mem_format(e, "watch-%s", id);
	bool sits;

	*watch = (struct session_watch){
		.workspace = workspace, .actor = actor, .id = id, .lock = -1, .every_ms = every_ms
	};
	if (!name || store_session_get(&session, workspace->store, id, e) < 0 ||
		session_seat_of(&sits, NULL, workspace, id, actor, e) < 0)
		return -1;
	if (!sits)
		return err_set(e, ERR_DENIED, _("%s doesn't interview in session %s: --as PERSON says who you are"), actor, id);
	if (session.state != SESSION_RUNNING)
		return session_refuse(&session, e);
	if (workspace_lock(&watch->lock, workspace, name, _("watches the session"), e) < 0)
		return -1;
	return give_back(watch, e);
}

void session_watch_end(struct session_watch *watch)
{
	struct err ignored = { 0 };

	if (watch->lock < 0)
		return;
	store_heartbeat_set(watch->workspace->store, watch->id, 0, &ignored);
	close(watch->lock);
	watch->lock = -1;
}

/* --- the kit ---------------------------------------------------------------------------------------------------- */

static void mix(uint64_t *hash, const void *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		*hash = (*hash ^ ((const unsigned char *)bytes)[i]) * 1099511628211ULL;
}

static int mix_entry(const struct fs_entry *entry, void *context, struct err *e)
{
	(void)e;
	mix(context, entry->path, strlen(entry->path) + 1);
	mix(context, &entry->st->st_size, sizeof(entry->st->st_size));
	mix(context, &entry->st->st_mtim, sizeof(entry->st->st_mtim));
	mix(context, &entry->st->st_mode, sizeof(entry->st->st_mode));
	return FS_GO_ON;
}

/* Differs when something changed, also for a kit that is too large to be walked. Never 0. */
static uint64_t fingerprint(int kit_fd)
{
	uint64_t hash = 14695981039346656037ULL;
	struct err ignored = { 0 };

	if (fs_walk(kit_fd, ".", INTAKE_MAX_ENTRIES, mix_entry, &hash, &ignored) < 0) {
		int64_t now = clock_monotonic_ms();

		mix(&hash, &now, sizeof(now));
	}
	return hash ? hash : 1;
}

static char *branch_of(const char *id, int64_t number, const char *kind, struct err *e)
{
	return mem_format(e, "watch-%s-%lld-%s", id, (long long)number, kind);
}

/* Beside what would be handed in; one that can't be read is none. */
static int take_log(const char *tree, int kit_fd, struct err *e)
{
	AUTO_FREE char *bytes = NULL;
	AUTO_FREE char *path = fs_join(tree, KIT_LOG, e);
	size_t size;

	if (!path)
		return -1;
	if (fs_read(&bytes, &size, kit_fd, KIT_LOG, KIT_LOG_MAX_BYTES, NULL) < 0)
		return 0;
	return fs_write(AT_FDCWD, path, bytes, size, 0644, e);
}

/* Of a review nothing changes but the comments. */
static int take_tree(const char *tree, const struct task *task, int kit_fd, struct err *e)
{
	AUTO_STRINGS struct strings dropped = { 0 };
	AUTO_FREE char *path = fs_join(tree, "comments.json", e);
	AUTO_FREE char *bytes = NULL;
	size_t size;

	if (!path)
		return -1;
	if (task->kind != TASK_REVIEW)
		return kit_take(&dropped, tree, task, kit_fd, e) < 0 ? -1 : take_log(tree, kit_fd, e);
	return fs_read(&bytes, &size, kit_fd, "comments.json", KIT_MAX_COMMENTS, e) < 0 ||
			fs_make_dirs(AT_FDCWD, tree, e) < 0
		? -1
		: fs_write(AT_FDCWD, path, bytes, size, 0644, e);
}

static int snapshot(struct session_watch *watch, const struct store_session *session, const struct store_part *part,
	int kit_fd, struct err *e)
{
	AUTO_SCRATCH struct scratch scratch = SCRATCH_NONE;
	AUTO_TASK struct task *task = NULL;
	AUTO_FREE char *tree = NULL;
	AUTO_FREE char *git = workspace_path(watch->workspace, e, "work/candidates/%s.git", session->candidate);
	AUTO_FREE char *branch = branch_of(watch->id, part->number, part->kind, e);
	char commit[REPO_COMMIT];

	if (!git || !branch || session_load_task(&task, watch->workspace, session, part->task, e) < 0 ||
		scratch_make(&scratch, e) < 0 || !(tree = fs_join(scratch.path, "tree", e)) ||
		take_tree(tree, task, kit_fd, e) < 0)
		return -1;
	return repo_snapshot(git, tree, branch, part->kind, clock_now_ms(), commit, e);
}

static int look_at_kit(struct session_tick *out, struct session_watch *watch, const struct store_session *session,
	const struct store_part *part, struct err *e)
{
	AUTO_CLOSE int kit_fd = -1;
	AUTO_FREE char *doubt = NULL;
	struct err said = { 0 };
	uint64_t now;

	if (kit_open_again(&kit_fd, &doubt, part->kit, watch->id, part->kind, &said) < 0) {
		out->problem = mem_copy(said.text, e);
		return out->problem ? 0 : -1;
	}
	now = fingerprint(kit_fd);
	if (now == watch->seen)
		return 0;
	if (snapshot(watch, session, part, kit_fd, &said) < 0) {
		out->problem = mem_copy(said.text, e);
		return out->problem ? 0 : -1;
	}
	watch->seen = now;
	watch->snapshots++;
	out->snapshot = true;
	return 0;
}

/* --- a look ----------------------------------------------------------------------------------------------------- */

/* The smallest warning that is due and wasn't given: who begins to watch late hears one, not three. */
static int warning_due(struct session_watch *watch, const struct session_clock *clock)
{
	int due = 0;

	for (size_t i = 0; i < sizeof(warnings) / sizeof(*warnings); i++) {
		if (clock->left_ms > warnings[i] * 60000LL || clock->minutes <= warnings[i] || (watch->warned & 1U << i))
			continue;
		watch->warned |= 1U << i;
		due = clock->left_ms > 0 ? warnings[i] : due;
	}
	return due;
}

static int look(struct session_tick *out, struct session_watch *watch, struct err *e)
{
	AUTO_STORE_SESSION struct store_session session = { 0 };
	AUTO_STORE_PARTS struct store_parts parts = { 0 };
	const struct store_part *part = NULL;
	int64_t now = clock_monotonic_ms();

	if (store_session_get(&session, watch->workspace->store, watch->id, e) < 0 ||
		store_part_list(&parts, watch->workspace->store, watch->id, e) < 0 ||
		session_clock(&out->clock, watch->workspace, watch->id, e) < 0)
		return -1;
	out->over = session.state == SESSION_ENDED;
	for (size_t i = 0; i < parts.count; i++)
		if (parts.item[i].number == out->clock.part)
			part = &parts.item[i];
	if (watch->part != out->clock.part) {
		watch->part = out->clock.part;
		watch->warned = 0;
		watch->seen = 0;
		watch->looked_ms = 0;
	}
	if (!part)
		return 0;
	if (!(out->part = mem_copy(part->kind, e)))
		return -1;
	out->warning = out->clock.paused ? 0 : warning_due(watch, &out->clock);
	if (watch->looked_ms && now - watch->looked_ms < watch->every_ms)
		return 0;
	watch->looked_ms = now;
	if (store_heartbeat_set(watch->workspace->store, watch->id, clock_now_ms(), e) < 0)
		return -1;
	return part->kit ? look_at_kit(out, watch, &session, part, e) : 0;
}

int session_watch_look(struct session_tick *out, struct session_watch *watch, struct err *e)
{
	AUTO_SESSION_TICK struct session_tick tick = { 0 };

	if (look(&tick, watch, e) < 0)
		return -1;
	*out = tick;
	tick = (struct session_tick){ 0 };
	return 0;
}

void session_tick_done(struct session_tick *tick)
{
	free(tick->part);
	free(tick->problem);
	*tick = (struct session_tick){ 0 };
}

/* --- playing ---------------------------------------------------------------------------------------------------- */

int session_moments(struct repo_moments *out, struct workspace *workspace, const char *actor, const char *id,
	int64_t part, struct err *e)
{
	AUTO_SESSION_VIEW struct session_view view = { 0 };
	AUTO_FREE char *git = NULL;
	AUTO_FREE char *branch = NULL;
	struct access access;

	if (session_view(&view, workspace, id, e) < 0 || session_access(&access, workspace, actor, id, e) < 0 ||
		access_check_evidence(&access, actor, id, e) < 0)
		return -1;
	for (size_t i = 0; i < view.parts.count; i++)
		if (view.parts.item[i].number == part)
			branch = branch_of(id, part, view.parts.item[i].kind, e);
	git = workspace_path(workspace, e, "work/candidates/%s.git", view.session.candidate);
	return branch && git ? repo_moments(out, git, branch, MAX_MOMENTS, e) : -1;
}

int session_runs(struct kit_log *out, struct workspace *workspace, const char *id, const char *commit, struct err *e)
{
	AUTO_SCRATCH struct scratch scratch = SCRATCH_NONE;
	AUTO_STORE_SESSION struct store_session session = { 0 };
	AUTO_FREE char *git = NULL;
	AUTO_FREE char *tree = NULL;
	AUTO_CLOSE int fd = -1;

	if (store_session_get(&session, workspace->store, id, e) < 0 ||
		!(git = workspace_path(workspace, e, "work/candidates/%s.git", session.candidate)) ||
		scratch_make(&scratch, e) < 0 || !(tree = fs_join(scratch.path, "tree", e)) ||
		repo_checkout(git, commit, "", tree, NULL, e) < 0 || fs_open_dir(&fd, AT_FDCWD, tree, e) < 0)
		return -1;
	kit_log_load(out, fd, NULL);
	return 0;
}

/* It is no part of what somebody wrote. */
static int forget_log(const char *tree, struct err *e)
{
	AUTO_FREE char *path = fs_join(tree, KIT_LOG, e);

	return path ? fs_remove_tree(AT_FDCWD, path, e) : -1;
}

int session_moment_diff(char **out, size_t *added, size_t *removed, struct workspace *workspace, const char *id,
	const char *before, const char *after, struct err *e)
{
	AUTO_SCRATCH struct scratch scratch = SCRATCH_NONE;
	AUTO_STORE_SESSION struct store_session session = { 0 };
	AUTO_FREE char *git = NULL;
	AUTO_FREE char *old = NULL;
	AUTO_FREE char *new = NULL;
	AUTO(diff_done) struct diff diff = { 0 };

	if (store_session_get(&session, workspace->store, id, e) < 0 ||
		!(git = workspace_path(workspace, e, "work/candidates/%s.git", session.candidate)) ||
		scratch_make(&scratch, e) < 0 || !(old = fs_join(scratch.path, "old", e)) ||
		!(new = fs_join(scratch.path, "new", e)) ||
		repo_checkout(git, before, "", old, NULL, e) < 0 || repo_checkout(git, after, "", new, NULL, e) < 0 ||
		forget_log(old, e) < 0 || forget_log(new, e) < 0 || diff_dirs(&diff, old, new, e) < 0)
		return -1;
	*added = diff.added;
	*removed = diff.removed;
	return diff_render(&diff, out, e);
}
