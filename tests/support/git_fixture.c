// SPDX-License-Identifier: MIT
#include "support/git_fixture.h"

#include "base/fs.h"
#include "repo/clone.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

static void must(int code)
{
	const git_error *last = git_error_last();

	if (code >= 0)
		return;
	fprintf(stderr, "# fixture: %s\n", last ? last->message : "failed");
	abort();
}

int git_fixture_set_up(void **state)
{
	struct git_fixture *fixture = calloc(1, sizeof(*fixture));
	struct err e = { 0 };

	if (!fixture || repo_start(&e) < 0 || fs_temp_dir(&fixture->dir, "assay-test-repo", &e) < 0)
		return -1;
	fixture->source = fs_join(fixture->dir, "source.git", &e);
	fixture->copy = fs_join(fixture->dir, "copy", &e);
	must(git_repository_init(&fixture->repository, fixture->source, 1));
	*state = fixture;
	return 0;
}

int git_fixture_tear_down(void **state)
{
	struct git_fixture *fixture = *state;
	struct err e = { 0 };
	int code;

	git_repository_free(fixture->repository);
	code = fs_remove_tree(AT_FDCWD, fixture->dir, &e);
	repo_stop();
	free(fixture->dir);
	free(fixture->source);
	free(fixture->copy);
	free(fixture);
	return code;
}

git_oid fixture_blob(struct git_fixture *fixture, const char *text)
{
	git_oid id;

	must(git_blob_create_from_buffer(&id, fixture->repository, text, strlen(text)));
	return id;
}

git_oid fixture_tree(struct git_fixture *fixture, const struct fixture_entry *entries, size_t count)
{
	git_odb *odb = NULL;
	char *bytes = NULL;
	size_t size = 0;
	FILE *stream = open_memstream(&bytes, &size);
	git_oid id;

	for (size_t i = 0; i < count; i++) {
		fprintf(stream, "%s %s", entries[i].mode, entries[i].name);
		fputc('\0', stream);
		fwrite(entries[i].id.id, 1, GIT_OID_RAWSZ, stream);
	}
	fclose(stream);
	must(git_repository_odb(&odb, fixture->repository));
	must(git_odb_write(&id, odb, bytes, size, GIT_OBJECT_TREE));
	git_odb_free(odb);
	free(bytes);
	return id;
}

git_oid fixture_tree_of(struct git_fixture *fixture, const char *mode, const char *name, git_oid id)
{
	struct fixture_entry entry = { .mode = mode, .name = name, .id = id };

	return fixture_tree(fixture, &entry, 1);
}

const char *fixture_commit(struct git_fixture *fixture, const char *branch, git_oid tree)
{
	static char hex[REPO_COMMIT];
	git_signature *who = NULL;
	git_tree *found = NULL;
	git_reference *reference = NULL;
	char ref[128];
	git_oid id;

	snprintf(ref, sizeof(ref), "refs/heads/%s", branch);
	must(git_signature_new(&who, "A", "a@example.org", 1700000000, 0));
	must(git_tree_lookup(&found, fixture->repository, &tree));
	must(git_commit_create(&id, fixture->repository, NULL, who, who, NULL, "message", found, 0, NULL));
	must(git_reference_create(&reference, fixture->repository, ref, &id, 1, NULL));
	must(git_repository_set_head(fixture->repository, ref));
	git_reference_free(reference);
	git_tree_free(found);
	git_signature_free(who);
	return git_oid_tostr(hex, sizeof(hex), &id);
}

const char *fixture_two_files(struct git_fixture *fixture)
{
	git_oid src = fixture_tree_of(fixture, "100755", "a.c", fixture_blob(fixture, "int a;\n"));
	const struct fixture_entry root[] = {
		{ "40000", "src", src },
		{ "100644", "task.json", fixture_blob(fixture, "{}\n") },
	};

	return fixture_commit(fixture, "main", fixture_tree(fixture, root, 2));
}

void fixture_file(const char *dir, const char *path, const char *text)
{
	struct err e = { 0 };
	char *full = fs_join(dir, path, &e);
	char *slash = strrchr(full, '/');

	*slash = '\0';
	must(fs_make_dirs(AT_FDCWD, full, &e));
	*slash = '/';
	must(fs_write(AT_FDCWD, full, text, strlen(text), 0644, &e));
	free(full);
}
