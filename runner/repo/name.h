// SPDX-License-Identifier: MIT
/*
 * Names of files that a stranger chose, in a repository or in a submission (pure).
 */
#ifndef REPO_NAME_H
#define REPO_NAME_H

/*
 * What is wrong with one name of a tree, as the end of a sentence ("… is a name that …"), or NULL when nothing is:
 * empty, "." or "..", a slash, over 255 bytes, not UTF-8, control characters (C1 too), or anything that some file system
 * takes for ".git" (".GIT", "git~1", ".git " and ".git::$INDEX_ALLOCATION" on NTFS, ".g\u200cit" on HFS+).
 */
const char *name_fault(const char *name);

#endif
