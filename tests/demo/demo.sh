#!/bin/sh
# SPDX-License-Identifier: MIT
# demo.sh [DIR]: the whole job on three sample candidates, told as a story. Everything happens below DIR
# (build/demo), on real input: a git repository made of tasks/ and rubrics/, boxes, cards of two interviewers.
set -eu
cd "$(dirname "$0")/../.."
top=$PWD
dir=${1:-$top/build/demo}
assay=$top/build/assay
case $dir in /*) ;; *) dir=$top/$dir ;; esac
workspace=$dir/workspace
kit=$dir/kit
log=$dir/log
began=$(date +%s%N)

if [ -e "$dir" ] && [ ! -e "$log" ]; then
	echo "demo.sh: $dir is there and not from a demo: name another directory" >&2
	exit 2
fi
rm -rf "$dir"
mkdir -p "$dir"
: >"$log"
# A git hook's own settings must not lead our commits into somebody's repository.
# shellcheck disable=SC2046 # a list of names
unset $(git rev-parse --local-env-vars)

# step SENTENCE COMMAND...: runs it, then prints the sentence with the time it took.
step() {
	sentence=$1 && shift
	from=$(date +%s%N)
	if ! "$@" >"$dir/out" 2>"$dir/err"; then
		printf '%s\n' "FAILED: $sentence" >&2
		cat "$dir/out" "$dir/err" >&2
		exit 1
	fi
	cat "$dir/out" >>"$log"
	printf '%7d ms  %s\n' $((($(date +%s%N) - from) / 1000000)) "$sentence"
}

# word COMMAND...: the first word of what a command prints, for ids.
word() {
	"$@" >"$dir/out"
	sed 's/ .*//;q' "$dir/out"
}
a() { "$assay" -C "$workspace" "$@"; }

make_repo() {
	git init -q --bare -b main "$dir/tasks.git"
	export GIT_AUTHOR_NAME=demo GIT_AUTHOR_EMAIL=demo@localhost GIT_AUTHOR_DATE='2026-01-01T00:00:00Z'
	export GIT_COMMITTER_NAME=demo GIT_COMMITTER_EMAIL=demo@localhost GIT_COMMITTER_DATE='2026-01-01T00:00:00Z'
	GIT_DIR=$dir/tasks.git GIT_WORK_TREE=$top GIT_INDEX_FILE=$dir/index git add -f -- tasks rubrics \
		':(exclude,glob)**/__pycache__/**' ':(exclude,glob)**/.pytest_cache/**' ':(exclude,glob)**/*~'
	tree=$(GIT_DIR=$dir/tasks.git GIT_INDEX_FILE=$dir/index git write-tree)
	commit=$(GIT_DIR=$dir/tasks.git git commit-tree -m 'tasks and rubrics' "$tree")
	GIT_DIR=$dir/tasks.git git update-ref refs/heads/main "$commit"
}

people() {
	a person add ines --name 'Ines Vogel' --role interviewer --role lead
	a person add jonas --name 'Jonas Brandt' --role interviewer
	a person add petra --name 'Petra Stein' --role panel
}

welcome() { a session start "$1" --acknowledged --as ines; }
# What is there of a part goes into the kit, as if it had been typed there.
write_into_kit() { [ ! -e "$1" ] || cp -R "$1" "$kit/"; }
# A result that could not be had is no result: then the demo stops here.
hand_in_code() {
	cp -R "$2"/coding/. "$kit/"
	a session next "$1" --as ines --kit "$kit" --wait >"$dir/graded"
	cat "$dir/graded"
	grep -q ' points (' "$dir/graded"
}
hand_in_design() { write_into_kit "$2/design.md" && a session next "$1" --as ines --kit "$kit"; }
hand_in_review() { write_into_kit "$2/review/comments.json" && a session next "$1" --as ines && a session end "$1" --as ines; }
cards() {
	a card mark "$1" --file "$2/cards/ines.json" --as ines && a card seal "$1" --as ines
	a card mark "$1" --file "$2/cards/jonas.json" --as jonas && a card seal "$1" --as jonas
	a card reveal "$1" --as ines
}

echo "A company hires a senior backend engineer. Its tasks and rubrics lie in a git repository."
step "this machine can build boxes" "$assay" doctor
step "a bare repository is made of tasks/ and rubrics/" make_repo
step "a fresh workspace" "$assay" init --allow-sampled "$workspace"
step "two interviewers and a panel member are taken in" people
step "the repository is cloned and pinned" a repo add "$dir/tasks.git"
step "the position opens" a position add senior-backend-engineer --as ines

sessions=
for candidate in 'amira:Amira Haddad' 'ben:Ben Kowalski' 'carla:Carla Neumann'; do
	sample=$top/tests/demo/${candidate%%:*}
	name=${candidate#*:}
	echo
	echo "$name sits the interview."
	pseudonym=$(word a candidate add "$name" --stage technical)
	session=$(word a session plan "$pseudonym" --interviewer ines --interviewer jonas)
	sessions="$sessions $session"
	rm -rf "$kit"
	mkdir -p "$kit"
	step "planned as $session, started; welcome" welcome "$session"
	step "the coding kit is laid" a session next "$session" --as ines --kit "$kit"
	step "the code is handed in and graded in boxes" hand_in_code "$session" "$sample"
	step "the design is handed in" hand_in_design "$session" "$sample"
	step "the review is handed in, the clock ends" hand_in_review "$session" "$sample"
	step "Ines Vogel confirms what the comments found" a review confirm "$session" --file "$sample/review/decisions.json" --as ines
	step "both interviewers mark and seal; the cards are revealed" cards "$session" "$sample"
done

for session in $sessions; do
	echo
	a scorecard "$session" --brief --as petra >"$dir/out"
	sed '$d' "$dir/out"
	a scorecard "$session" --format html --output "$dir/scorecard-$session.html" --as petra
done
echo
a compare senior-backend-engineer --as petra
a compare senior-backend-engineer --format html --output "$dir/comparison.html" --as petra

echo
printf 'Done in %d s. The pages are in %s.\n' $((($(date +%s%N) - began) / 1000000000)) "${dir#"$top"/}"
echo "What one would type next:"
echo "  build/assay -C ${dir#"$top"/}/workspace compare senior-backend-engineer --lang de --as petra"
echo "  build/assay -C ${dir#"$top"/}/workspace card show ${session} --as ines"
echo "  build/assay grade --task tasks/job-queue --submission tests/demo/amira/coding --format text"
