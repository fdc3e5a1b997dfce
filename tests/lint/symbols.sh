#!/bin/sh
# SPDX-License-Identifier: MIT
# No two files define the same name: the linker would take whichever it finds first. And each library holds what
# its sources are, no more.
cd "$(dirname "$0")/../.." || exit 1
echo 1..4

claim() { # claim NUMBER NAME LINES-THAT-OFFEND
	if [ -z "$3" ]; then
		echo "ok $1 - $2"
	else
		echo "not ok $1 - $2"
		printf '%s\n' "$3" | sed 's/^/# /'
	fi
}

twice() { # twice LIBRARY: names with several definitions, and the files that define them
	nm -A -g --defined-only "$1" 2>&1 | awk '
		NF != 3 { if (NF) print; next }
		{ split($1, place, ":"); files[$3] = files[$3] " " place[2]; count[$3]++ }
		END { for (name in count) if (count[name] > 1) print name ":" files[name] }'
}

members() { # members LIBRARY MAIN SOURCE...: what differs between the library and the sources
	library=$1 main=$2 && shift 2
	held=$(ar t "$library" 2>&1 | sort)
	due=$(printf '%s\n' "$@" | grep -vxF "$main" | sed 's|.*/||; s|\.c$|.o|' | sort)
	[ "$held" = "$due" ] || echo "$library doesn't hold exactly what the sources are: run make"
}

runner=build/plain/libassay.a box=build/plain/libassay-box.a
claim 1 "the runner's library holds what its sources are" "$(members $runner runner/cli/main.c runner/*/*.c)"
claim 2 "the box's library holds what its sources are" "$(members $box sandbox/main.c sandbox/*.c)"
claim 3 "no two files of runner/ define the same name" "$(twice $runner)"
claim 4 "no two files of sandbox/ define the same name" "$(twice $box)"
