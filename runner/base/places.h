// SPDX-License-Identifier: MIT
/*
 * Where the parts of an assay lie that belong to this very program: found from where it stands itself, so that a
 * build directory, an installation and a copy of either all work without a setting.
 */
#ifndef BASE_PLACES_H
#define BASE_PLACES_H

#include "base/err.h"

/* assay-box, which stands beside this program and can be executed. ERR_NOT_FOUND says how to build it. */
int places_box(char **path, struct err *e);

/* The translations: "locale" beside this program if they are in it, else "../share/locale". Never fails but for memory. */
int places_locale(char **path, struct err *e);

/* The reporters for testers: "reporters" beside this program if they are in it, else "../share/assay/reporters". Never
 * fails but for memory. */
int places_reporters(char **path, struct err *e);

/* The templates of new tasks: "templates" beside this program if they are in it, else "../share/assay/templates".
 * ERR_NOT_FOUND says how to get them. */
int places_templates(char **path, struct err *e);

/* The bundled tasks/ and rubrics/: "../share/assay" of this program when it is installed, else the directory above it,
 * as in a build of the sources. ERR_NOT_FOUND. */
int places_bundled(char **path, struct err *e);

/* The bridges' files, one folder a language (submission/bridge/): "bridge" beside this program if there is one, else
 * "../share/assay/bridge". ERR_NOT_FOUND says how to build them. */
int places_bridge(char **path, struct err *e);

#endif
