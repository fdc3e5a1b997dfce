#!/bin/sh
# SPDX-License-Identifier: MIT
# Prints the template of all sentences that are marked for translation.
cd "$(dirname "$0")/../../.." || exit 1
find runner -name '*.[ch]' -not -path '*/templates/*' | LC_ALL=C sort | xgettext --files-from=- --from-code=UTF-8 --language=C --keyword=_ \
	--keyword=N_ --flag=_:1:pass-c-format --flag=N_:1:pass-c-format --flag=err_set:3:c-format --add-location=file --sort-by-file --package-name=assay --no-wrap -o -
