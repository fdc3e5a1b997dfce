// SPDX-License-Identifier: MIT
/*
 * The directory that this program stands in. It is a file of its own so that the unit tests can link another one
 * (tests/support/own_dir.c): they stand deeper in build/ than the two programs, and the product must not look for
 * their sake where it is not installed.
 */
#ifndef BASE_OWN_DIR_H
#define BASE_OWN_DIR_H

#include "base/err.h"

#include <limits.h>

int own_dir(char dir[PATH_MAX], struct err *e);

#endif
