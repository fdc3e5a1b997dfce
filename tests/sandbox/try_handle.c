// SPDX-License-Identifier: MIT
/* Asks for a file's handle, and opens the root of the file system below /usr by a forged one: inode 2. */
#include "try.h"

int main(void)
{
	char room[sizeof(struct file_handle) + MAX_HANDLE_SZ] = "";
	struct file_handle *handle = (struct file_handle *)room;
	uint32_t root[2] = { 2, 0 };
	int mount, fd = open("/usr", O_RDONLY | O_DIRECTORY), through;

	handle->handle_bytes = MAX_HANDLE_SZ;
	through = name_to_handle_at(AT_FDCWD, "/usr", handle, &mount, 0) == 0;
	handle->handle_bytes = sizeof(root);
	handle->handle_type = 1; /* inode number and generation */
	memcpy(handle->f_handle, root, sizeof(root));
	through |= open_by_handle_at(fd, handle, O_RDONLY | O_DIRECTORY) >= 0;
	return verdict(through);
}
