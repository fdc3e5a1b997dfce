// SPDX-License-Identifier: MIT
/*
 * A tree is checked out on Linux, where only ".git" is ".git". But it may be copied from there to another machine,
 * by people who trust what they got from us; so the tricks of other file systems (CVE-2019-1352, CVE-2019-1353,
 * CVE-2014-9390) end here.
 */
#include "repo/name.h"

#include "base/i18n.h"
#include "base/text.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* Characters that HFS+ doesn't see in a name. */
static bool hfs_ignores(unsigned c)
{
	return (c >= 0x200c && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) || (c >= 0x206a && c <= 0x206f) ||
		c == 0xfeff;
}

static bool is_git_on_hfs(const char *name)
{
	static const char git[] = ".git";
	size_t left = strlen(name);
	size_t matched = 0;

	while (left > 0) {
		unsigned c;
		size_t size = text_decode(name, left, &c);

		name += size;
		left -= size;
		if (hfs_ignores(c))
			continue;
		if (matched == strlen(git) || c > 0x7f || tolower((int)c) != git[matched])
			return false;
		matched++;
	}
	return matched == strlen(git);
}

/* NTFS ends a name at a colon, forgets spaces and dots at its end, and has short names for long ones. */
static bool is_git_on_ntfs(const char *name)
{
	size_t length;

	if (strncasecmp(name, ".git", 4) == 0)
		length = 4;
	else if (strncasecmp(name, "git~1", 5) == 0)
		length = 5;
	else
		return false;
	length += strspn(name + length, " .");
	return !name[length] || name[length] == ':';
}

static bool has_control(const char *name)
{
	for (; *name; name++)
		/* C1 is 0xc2 0x80 to 0xc2 0x9f in UTF-8. */
		if ((unsigned char)*name < 0x20 || *name == 0x7f ||
			((unsigned char)*name == 0xc2 && (unsigned char)name[1] < 0xa0))
			return true;
	return false;
}

const char *name_fault(const char *name)
{
	if (!*name || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
		return _("means a directory itself or the one above");
	if (strchr(name, '/') || strchr(name, '\\'))
		return _("holds a slash");
	if (strlen(name) > 255)
		return _("is over 255 bytes");
	if (!text_is_utf8(name, strlen(name)))
		return _("is not UTF-8");
	if (has_control(name))
		return _("holds a control character");
	if (is_git_on_hfs(name) || is_git_on_ntfs(name))
		return _("some file systems take for .git");
	return NULL;
}
