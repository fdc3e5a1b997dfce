// SPDX-License-Identifier: MIT
/*
 * The ACL is read as the kernel keeps it (acl(5), linux/posix_acl_xattr.h): a version, then entries of a tag, its
 * rights and an id, all little-endian. A file system without ACLs can't have one: there the group's rights depend on
 * the candidate's umask, and what can't be removed is moved aside.
 */
#include "assess/kit_shared.h"

#include "base/i18n.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

enum { ACL_MAX_BYTES = 4096 };

enum { ACL_GROUP_OBJ = 0x04, ACL_MASK = 0x10, ACL_ALL = 7 };

struct acl_entry {
	uint16_t tag, rights;
	uint32_t id;
};

bool kit_is_shared(const struct stat *st)
{
	return (st->st_mode & S_ISGID) && (st->st_mode & S_IWGRP);
}

/* Whether what is made in the directory is open to its group from birth. */
static bool opens_to_group(int fd)
{
	unsigned char bytes[ACL_MAX_BYTES];
	ssize_t size = fgetxattr(fd, "system.posix_acl_default", bytes, sizeof(bytes));
	bool opens = false;

	if (size < 0)
		return errno == EOPNOTSUPP;
	for (ssize_t at = sizeof(uint32_t); at + (ssize_t)sizeof(struct acl_entry) <= size;
		at += sizeof(struct acl_entry)) {
		struct acl_entry entry;

		memcpy(&entry, bytes + at, sizeof(entry));
		if (le16toh(entry.tag) == ACL_GROUP_OBJ)
			opens = le16toh(entry.rights) == ACL_ALL;
		if (le16toh(entry.tag) == ACL_MASK && le16toh(entry.rights) != ACL_ALL)
			return false;
	}
	return opens;
}

int kit_check_shared(int kit_fd, const char *dir, struct err *e)
{
	struct stat st;

	if (fstat(kit_fd, &st) < 0)
		return err_errno(e, "%s", dir);
	if (st.st_uid == geteuid() && !kit_is_shared(&st))
		return 0;
	if (!kit_is_shared(&st) || !opens_to_group(kit_fd) ||
		faccessat(kit_fd, ".", R_OK | W_OK | X_OK, AT_EACCESS) < 0)
		return err_set(e, ERR_DENIED,
			_("two accounts can't share it yet. Give it to a group of both, and let the "
			  "group into what is made in it: "
			  "'chgrp GROUP %s && chmod 2770 %s' and 'setfacl -d -m g::rwx %s'"),
			dir, dir, dir);
	return 0;
}
