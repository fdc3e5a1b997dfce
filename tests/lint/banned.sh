#!/bin/sh
# SPDX-License-Identifier: MIT
# banned.h is in force: a file that calls a banned name does not compile, a file that doesn't does.
cd "$(dirname "$0")/../.." || exit 1
echo 1..2
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT

printf 'int run(const char *s);\nint run(const char *s)\n{\n\treturn system(s);\n}\n' >"$dir/bad.c"
printf 'int run(const char *s);\nint run(const char *s)\n{\n\treturn s[0];\n}\n' >"$dir/good.c"
if ${CC:-gcc} -std=gnu11 -Werror -include sandbox/banned.h -c -o "$dir/bad.o" "$dir/bad.c" 2>"$dir/said"; then
	echo "not ok 1 - a banned call is a compile error"
elif grep -q 'banned_system_use_spawn_run' "$dir/said"; then
	echo "ok 1 - a banned call is a compile error"
else
	echo "not ok 1 - a banned call is a compile error"
fi
if ${CC:-gcc} -std=gnu11 -Werror -include sandbox/banned.h -c -o "$dir/good.o" "$dir/good.c"; then
	echo "ok 2 - other code compiles"
else
	echo "not ok 2 - other code compiles"
fi
