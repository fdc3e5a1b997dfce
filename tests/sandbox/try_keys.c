// SPDX-License-Identifier: MIT
/* Finds keys of whoever started the box, and leaves one with the user for the next box. */
#include "try.h"

#include <linux/keyctl.h>

int main(void)
{
	int through = 0;

	through |= reached("add_key",
		syscall(SYS_add_key, "user", "assay-try", "x", 1, KEY_SPEC_PROCESS_KEYRING));
	through |= reached(
		"keyctl", syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, KEY_SPEC_SESSION_KEYRING, 0));
	through |= reached("search",
		syscall(SYS_keyctl, KEYCTL_SEARCH, KEY_SPEC_USER_KEYRING, "user", "assay", 0));
	through |= reached("link", syscall(SYS_keyctl, KEYCTL_LINK, 0, KEY_SPEC_PROCESS_KEYRING));
	through |= reached("request_key", syscall(SYS_request_key, "user", "assay-none", NULL, 0));
	return verdict(through);
}
