#!/bin/sh
# SPDX-License-Identifier: MIT
# What `make install` puts somewhere works there, is readable by everybody and goes away again; and what of make may
# be run through sudo.
. tests/cli/lib.sh
begin
unset MAKEFLAGS MFLAGS MAKELEVEL SUDO_UID SUDO_GID SUDO_USER
sampled=
[ "$(id -u)" = 0 ] || sampled=--allow-sampled
installed() { make -C "$top" --no-print-directory "$1" DESTDIR="$place/x" PREFIX=/usr; }
there=$place/x/usr/bin/assay
share=$place/x/usr/share

# --- there and away again ---

mkdir -p "$share/assay/tasks/old-task"
echo '{}' >"$share/assay/tasks/old-task/task.json"
umask 077
run installed install
umask 022
claim 'install works' ended 0
claim 'what an older version brought is gone' test ! -e "$share/assay/tasks/old-task"
claim 'whatever the umask was, everybody may read all' test -z "$(find x/usr ! -perm -a+r)"
claim 'and enter every directory' test -z "$(find x/usr -type d ! -perm -a+x)"
claim 'and nobody else may write' test -z "$(find x/usr -perm /go+w)"
claim 'nothing comes along that Python or an editor left' test -z \
	"$(find x/usr -name __pycache__ -o -name .pytest_cache -o -name '*~')"
run "$there" --lang de help
claim 'the installed assay speaks German' said 'Überall'
claim 'manual pages come in both languages' test -f "$share/man/man1/assay-session-plan.1" -a -f "$share/man/de/man1/assay-grade.1"
claim 'and completion for both shells' test -f "$share/bash-completion/completions/assay" -a -f "$share/zsh/site-functions/_assay"
run "$there" doctor
claim 'its doctor finds box and tasks' ended 0
run "$there" practice
claim 'its practice finds what to practise' said 'Technical conversation'
run "$there" task list "$share/assay/tasks"
claim 'its tasks are listed' said job-queue
run "$there" task new --language python made
claim 'it writes new tasks from templates of its own' test -f made/tests/manifest.json
run "$there" grade ${sampled:+"$sampled"} --task "$share/assay/tasks/job-queue" --submission "$share/assay/tasks/job-queue/starter"
claim 'a bundled task is graded there' said '"gradable": true'
cp "$out" graded
run assay grade ${sampled:+"$sampled"} --task "$top/tasks/job-queue" --submission "$top/tasks/job-queue/starter"
claim 'with the points it has here' test "$(grep '"points"' "$out")" = "$(grep '"points"' graded)"
run installed uninstall
claim 'uninstall works' ended 0
claim 'and leaves no file' test -z "$(find x ! -type d)"
claim 'and no directory of ours' test ! -e "$share/assay"

# --- through sudo ---

if [ "$(id -u)" = 0 ]; then
	mkdir clone && cp -R "$top/Makefile" "$top/runner" "$top/sandbox" "$top/tasks" "$top/rubrics" clone/
	chown -R 65534:65534 clone
	sudo_make() { SUDO_UID=65534 make -C clone --no-print-directory "$@" DESTDIR="$place/y"; }

	run sudo_make
	claim "in somebody's clone nothing is built through sudo" complained 'run plain'
	run sudo_make install
	claim 'nor for an installation' complained 'without sudo'
	claim 'and nothing was' test ! -e clone/build -a ! -e y
	mkdir -p clone/build/plain
	run sudo_make clean
	claim 'but it may be cleaned' test "$status" = 0 -a ! -e clone/build
	chown 0:0 clone
	run sudo_make -n all
	claim 'in a clone of its own root builds, whoever it was before' ended 0
else
	skip 'what sudo may build' 'only root can play sudo'
fi

finish
