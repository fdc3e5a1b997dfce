// SPDX-License-Identifier: MIT
/*
 * Matching goes back to the last wildcard only: a wildcard that comes later can always take over what an earlier one
 * left, so no older choice needs to be tried again. That stays true with names that wildcards refuse, because a part
 * of a pattern matches either only such names or none of them.
 */
#include "task/glob.h"

#include "base/fs.h"

#include <stddef.h>
#include <string.h>

/* Names in this list may have a "*" of their own. */
static const char *const configuration[] = {
	/* Python and pytest */
	"conftest.py", "pytest.ini", "pytest.toml", "pyproject.toml", "setup.cfg", "setup.py", "tox.ini", "tox.toml",
	"noxfile.py", "sitecustomize.py", "usercustomize.py", "*.pth", "*.egg-link", "*.egg-info", "*.dist-info",
	"__pycache__", "*.pyc", "pyvenv.cfg", "nose.cfg", "unittest.cfg", "hatch.toml", "pdm.toml", "Pipfile",
	/* JavaScript and TypeScript */
	"node_modules", "package.json", "package-lock.json", "npm-shrinkwrap.json", "pnpm-workspace.yaml", "yarn.lock",
	"jest.config.*", "jest.preset.*", "vitest.config.*", "vitest.workspace.*", "vite.config.*", "babel.config.*",
	"ava.config.*", "karma.conf.*", "wdio.conf.*", "playwright.config.*", "cypress.config.*", "jasmine.json",
	"mocha.opts", "tsconfig*.json", "jsconfig.json", "deno.json", "deno.jsonc", "bunfig.toml", "webpack.config.*",
	"rollup.config.*",
	/* builds */
	"Makefile", "makefile", "GNUmakefile", "*.mk", "CMakeLists.txt", "CMakePresets.json", "CMakeUserPresets.json",
	"*.cmake", "configure", "configure.ac", "meson.build", "meson_options.txt", "meson.options", "build.ninja",
	"SConstruct", "SConscript", "wscript", "WORKSPACE*", "MODULE.bazel", "BUILD.bazel", "Justfile", "justfile",
	"Taskfile.*", "Cargo.toml", "Cargo.lock", "build.rs", "rust-toolchain*", "go.mod", "go.sum", "go.work", "pom.xml",
	"build.xml", "build.gradle*", "settings.gradle*", "gradle.properties", "gradlew", "mvnw", "Rakefile", "Gemfile",
	/* other runners */
	"phpunit.xml*", "composer.json", "bats.config", "testng.xml", "junit-platform.properties", "META-INF",
	"spec_helper.rb", "test_helper.rb", NULL,
};

/* One name against one part of a pattern; "*" here matches any bytes. */
static bool part_matches(const char *pattern, size_t pattern_length, const char *name, size_t name_length)
{
	size_t p = 0, n = 0, star = pattern_length, from = 0;

	while (n < name_length) {
		if (p < pattern_length && pattern[p] == '*') {
			star = p++;
			from = n;
		} else if (p < pattern_length && pattern[p] == name[n]) {
			p++;
			n++;
		} else if (star < pattern_length) {
			p = star + 1;
			n = ++from;
		} else {
			return false;
		}
	}
	while (p < pattern_length && pattern[p] == '*')
		p++;
	return p == pattern_length;
}

static bool is_configuration(const char *name, size_t length)
{
	for (size_t i = 0; configuration[i]; i++)
		if (part_matches(configuration[i], strlen(configuration[i]), name, length))
			return true;
	return false;
}

bool glob_is_configuration(const char *name)
{
	return is_configuration(name, strlen(name));
}

/* Whether a wildcard part matches a name: ".*" may match ".profile", but nothing with a "*" matches "conftest.py". */
static bool wild_matches(const char *pattern, size_t pattern_length, const char *name, size_t length)
{
	if ((name[0] == '.') != (pattern[0] == '.') || is_configuration(name, length))
		return false;
	return part_matches(pattern, pattern_length, name, length);
}

static bool is_any_depth(const char *part, size_t length)
{
	return length == 2 && part[0] == '*' && part[1] == '*';
}

static bool matches_one(const char *pattern, size_t pattern_length, const char *name, size_t length)
{
	if (!memchr(pattern, '*', pattern_length))
		return pattern_length == length && memcmp(pattern, name, length) == 0;
	return wild_matches(pattern, pattern_length, name, length);
}

/* Behind the part at s, or NULL when it is the last. */
static const char *next_part(const char *s)
{
	const char *slash = strchr(s, '/');

	return slash ? slash + 1 : NULL;
}

bool glob_matches(const char *pattern, const char *path)
{
	const char *p = pattern, *n = path, *star = NULL, *from = NULL;

	while (n) {
		size_t part = p ? strcspn(p, "/") : 0, name = strcspn(n, "/");

		if (p && is_any_depth(p, part)) {
			/* At the end of a pattern it stands for "any file below". */
			star = next_part(p) ? next_part(p) : "*";
			from = n;
			p = star;
		} else if (p && matches_one(p, part, n, name)) {
			p = next_part(p);
			n = next_part(n);
		} else if (star && wild_matches("*", 1, from, strcspn(from, "/"))) {
			from = next_part(from);
			n = from;
			p = star;
		} else {
			return false;
		}
	}
	return p == NULL;
}

bool glob_is_valid(const char *pattern, struct err *e)
{
	if (strlen(pattern) > 512)
		return err_set(e, ERR_INVALID, "is longer than 512 bytes") == 0;
	if (!fs_is_plain_path(pattern))
		return err_set(e, ERR_INVALID, "must be a relative path such as \"src/*.py\", without \"..\"") == 0;
	if (strpbrk(pattern, "?[]{}\\"))
		return err_set(e, ERR_INVALID, "may have \"*\" and \"**\" as wildcards, and no other") == 0;
	for (const char *p = pattern; p; p = next_part(p)) {
		size_t length = strcspn(p, "/");
		const char *stars = memmem(p, length, "**", 2);

		if (stars && !is_any_depth(p, length))
			return err_set(e, ERR_INVALID, "may have \"**\" only as a whole part, as in \"src/**/*.py\"") == 0;
	}
	return true;
}
