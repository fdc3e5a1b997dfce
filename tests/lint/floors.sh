#!/bin/sh
# SPDX-License-Identifier: MIT
# A room includes itself and rooms on lower floors, never a higher one and never its neighbour on the same floor.
cd "$(dirname "$0")/../.." || exit 1
echo 1..3

floor_of() {
	case $1 in
	base) echo 0 ;;
	repo) echo 1 ;;
	review | task) echo 2 ;;
	score | submission) echo 3 ;;
	report | store) echo 4 ;;
	assess) echo 5 ;;
	cli | web) echo 6 ;;
	*) echo unknown ;;
	esac
}

bad=$(
	for room in runner/*/; do
		room=$(basename "$room")
		floor=$(floor_of "$room")
		[ "$floor" != unknown ] || echo "runner/$room is no room of the house"
		grep -Hn '^#include "' runner/"$room"/*.[ch] 2>/dev/null | sed 's/^\([^:]*:[0-9]*\):#include "\([^"]*\)".*/\1 \2/' |
			while read -r place header; do
				other=${header%%/*}
				[ "$other" != "$room" ] || continue
				other_floor=$(floor_of "$other")
				if [ "$other_floor" = unknown ] || [ "$other_floor" -ge "$floor" ]; then
					echo "$place includes $header"
				fi
			done
	done
)
if [ -z "$bad" ]; then
	echo "ok 1 - no room includes a higher floor or its neighbour"
else
	echo "not ok 1 - no room includes a higher floor or its neighbour"
	printf '%s\n' "$bad" | sed 's/^/# /'
fi

bad=$(grep -HnE '^#include "(base|repo|review|task|score|submission|report|store|assess|cli|web)/' sandbox/*.[ch] 2>/dev/null)
if [ -z "$bad" ]; then
	echo "ok 2 - sandbox/ knows nothing of runner/"
else
	echo "not ok 2 - sandbox/ knows nothing of runner/"
	printf '%s\n' "$bad" | sed 's/^/# /'
fi

# What an editor or a compiler leaves here is ignored by git and no matter of ours.
ours='\.gitignore|\.clang-format|\.ci|Makefile|README\.md|LICENSE|runner|sandbox|tasks|rubrics|tests'
if [ ! -e .git ]; then
	echo "ok 3 - nothing else stands at the top # SKIP no git checkout"
elif tracked=$(git -c safe.directory="$PWD" ls-files) && bad=$(printf '%s\n' "$tracked" | cut -d / -f 1 | sort -u | grep -vxE "$ours"); then
	echo "not ok 3 - nothing else stands at the top"
	printf '%s\n' "$bad" | sed 's/^/# /'
elif [ -z "$tracked" ]; then
	echo "not ok 3 - nothing else stands at the top"
	echo "# git lists no file"
else
	echo "ok 3 - nothing else stands at the top"
fi
