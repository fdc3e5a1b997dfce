#!/bin/sh
# SPDX-License-Identifier: MIT
# What goes in and comes out: copies, images, collected files, channels, doors, exit statuses; and what is left.
# also as an ordinary user
# crowds nobody
cd "$(dirname "$0")/../.." || exit 1
. tests/sandbox/lib.sh
mkdir "$T/work" "$T/work/sub"
work=$T/work
echo one >"$work/a" && echo two >"$work/sub/b" && chmod 0755 "$work/sub/b" && ln -s ../a "$work/sub/link"
touch -d '2001-02-03 04:05:06 UTC' "$work/a"

box --work "$work" -- sh -c 'stat -c "%n %a %Y" a sub/b; readlink sub/link; cat sub/link; echo changed >a; rm sub/b'
claim "--work copies files, modes, times and links" is "$(tr '\n' ' ' <"$T/out" | sed 's/ b .*//')" \
	"a 644 981173106 sub/b 755 $(stat -c %Y "$work/sub/b") ../a one "
claim "and its directory is never written" is "$(cat "$work/a" "$work/sub/b" | tr '\n' ' ')" "one two "

refused() { # refused WORDS REASON OPTION...: 125, says why, nothing runs
	words=$1 reason=$2
	shift 2
	box "$@" -- sh -c 'echo ran'
	claim "$words" was_refused
}
was_refused() { is "$status" 125 && grep -q -e "$reason" "$T/said" && [ ! -s "$T/out" ]; }

echo closed >"$work/closed" && chmod 0 "$work/closed"
box --work "$work" -- true
readable=125
[ "$(id -u)" != 0 ] || readable=0
claim "nor are its files' rights: one that we mayn't read isn't opened by force" \
	is "$status $(stat -c %a "$work/closed")" "$readable 0"
rm -f "$work/closed"
ln -s /etc/passwd "$work/evil"
refused "a link that leads outside is refused by name" 'evil: a link that leads outside' --work "$work"
rm "$work/evil" && ln -s ../../a "$work/sub/evil"
refused "a link that climbs outside, too" 'sub/evil: a link that leads outside' --work "$work"
rm "$work/sub/evil" && mkfifo "$work/fifo"
refused "a named pipe is refused by name" 'fifo: neither a file' --work "$work"
mv "$work/fifo" "$work/$(printf 'a\033]0;b\007\nFORGED')"
refused "what a terminal would act on in its name is shown instead" 'a.u001b]0;b.u0007.nFORGED: neither a file' --work "$work"
rm "$work"/*FORGED && head -c 3M /dev/zero >"$work/big"
refused "what is larger than the disk limit is refused before anything starts" 'more than --disk-mib 2' \
	--work "$work" --disk-mib 2
rm "$work/big"
for name in 1 2 3 4 5 6 7 8; do head -c 2M /dev/zero >"$work/$name"; done
refused "what would fill the memory is refused, too" 'leave nothing of --memory-mib 12' --work "$work" --memory-mib 12
rm "$work"/[1-8]
refused "a place of the box's own can't be covered" 'belongs to the box' --ro /usr/share:/etc
refused "an unknown option is refused" 'unknown option' --frobnicate
refused "a limit that isn't a number is refused" 'not a number' --wall-ms soon
refused "a directory that isn't there is refused" 'No such file' --work "$T/nowhere"
refused "a report that can't be written stops the run" 'report' --report "$T/no/such"

# Of an ordinary user's box pid 1 finds this out, while the supervisor prepares something else.
mkdir "$T/piped" && mkfifo "$T/piped/pipe"
reasons=$(for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
	box --ro "$T/piped:/piped" -- true
	grep -c 'has a named pipe in it (pipe)' "$T/said"
done | sort | uniq -c | tr -s ' ')
claim "whoever notices first, the reason of a refusal is said each time" is "$reasons" " 30 1"

mkdir "$T/shown" && echo shown >"$T/shown/file"
box --ro "$T/shown:/tests" --ro /usr/share/misc:/usr/local/misc -- sh -c \
	'cat /tests/file; touch /tests/x 2>/dev/null || echo ro; ls /usr/local'
claim "--ro shows and forbids to write" is "$(tr '\n' ' ' <"$T/out")" "shown ro misc "
box -- sh -c 'ls /usr/local /usr/share/assay 2>/dev/null | grep -v :; ls /root /home 2>/dev/null; echo end'
claim "/usr/local, an installed assay and homes aren't seen" is "$(tr -d '\n' <"$T/out")" end

# Some hosts have a link there; this one, for one command, in a mount namespace of its own.
mkdir -p "$T/upper" "$T/scratch" "$T/elsewhere/bin" && ln -s "$T/elsewhere" "$T/upper/local"
linked() { # linked COMMAND...
	# shellcheck disable=SC2016 # for that shell
	unshare -m sh -c 'mount -t overlay -o "lowerdir=/usr,upperdir=$0/upper,workdir=$0/scratch" usr /usr && exec "$@"' \
		"$T" "$@" 2>"$T/said"
}
if linked test -h /usr/local; then
	claim "a /usr/local that is a link keeps no box from being built" is end \
		"$(linked "$top/build/assay-box" $leave --stdin /dev/null -- sh -c 'ls /usr/local/ 2>/dev/null; echo end')"
else
	skip "a /usr/local that is a link keeps no box from being built" "nobody may lay one over /usr here"
fi

box --tmp /report --tmp /big:3 --collect /report/r="$T/r" --collect /big/b="$T/b" --wall-ms 500 -- \
	sh -c 'echo partial >/report/r; echo big >/big/b; sleep 9'
claim "what was written before the limit struck is collected" \
	is "$(field verdict) $(cat "$T/r" "$T/b" | tr '\n' ' ')" "wall_limit partial big "

not_taken() { # not_taken WORDS REASON SCRIPT: /work/out isn't collected, and the message says why
	rm -f "$T/taken"
	box --collect /work/out="$T/taken" -- sh -c "$3"
	reason=$2
	claim "$1" is_not_taken
}
is_not_taken() { [ ! -e "$T/taken" ] && field message | grep -q "$reason"; }
refused "a folder that isn't there is told before anything runs" "cannot write to the folder of" \
	--collect "/work/out=$T/no/folder"
exec 7<"$work"
for option in --stdin --stdout --stderr --report --collect=/work/out; do
	case $option in --collect*) value=/work/out=fd:7 option=--collect ;; *) value=fd:7 ;; esac
	"$top/build/assay-box" $leave $option "$value" -- sh -c 'echo ran >&2' 2>"$T/said" >"$T/out"
	status=$? reason="$option fd:7: must be a file, pipe, socket or terminal"
	claim "a folder is no place for $option" was_refused
done
exec 7<"$work/a"
reason="--stdout fd:7: isn't open for writing"
"$top/build/assay-box" $leave --stdout fd:7 -- true 2>"$T/said"
status=$?
claim "nor is a file that is open for reading one for output" was_refused
exec 7<&- 7>"$T/written"
for words in "--snapshot /work=fd:7" "--image fd:7"; do
	# shellcheck disable=SC2086 # an option and its value
	"$top/build/assay-box" $leave $words -- true 2>"$T/said" >"$T/out"
	status=$? reason="fd:7: isn't open for reading"
	claim "nor one that is open for writing one for ${words%% *}" was_refused
done
exec 7>&-
"$top/build/assay-box" $leave --collect /work/x=/dev/null -- sh -c 'echo taken >x' 2>"$T/said"
claim "what is there may be written where it lies, whoever has its folder" is "$? $(cat "$T/said")" "0 "
mkdir "$T/closed" && : >"$T/led" && ln -s "$T/led" "$T/closed/link" && chmod 555 "$T/closed"
"$top/build/assay-box" $leave --collect /work/x="$T/closed/link" -- sh -c 'echo taken >x' 2>"$T/said"
claim "and so may what a link leads to, whoever has the link's folder" is "$? $(cat "$T/said" "$T/led")" "0 taken"
"$top/build/assay-box" $leave --collect /work/x="$T/closed/link" -- true 2>"$T/said"
claim "which is emptied where there is nothing to collect" is "$? $(cat "$T/led")" "0 "
chmod 755 "$T/closed"
place=/$(printf '%0250d' 1)/$(printf '%0250d' 2)/deep
box --tmp "$place" -- sh -c "echo made >$place/file && cat $place/file"
claim "a place inside may have a name longer than one part may be" is "$(cat "$T/out")" made
not_taken "what isn't there is said" "is not there" true
not_taken "a link isn't collected" "not a regular file" 'ln -s /etc/passwd out'
not_taken "a file with two names isn't collected" "one name" 'echo x >out; ln out other'
not_taken "a named pipe isn't collected" "not a regular file" 'mkfifo out'
not_taken "a directory isn't collected" "not a regular file" 'mkdir out'
box --collect /work/d/out="$T/taken" -- sh -c 'ln -s /etc d; true'
reason="behind a link"
claim "nor a file behind a link" is_not_taken
echo stale >"$T/taken"
box --collect /work/out="$T/taken" -- true
reason="is not there"
claim "what an earlier run has left isn't taken for this one's" is_not_taken
deep=$(printf '/%0200d' 1 2 3 4)
box --collect "/work$deep=$T/taken" -- true
reason="4 is not there"
claim "the reason is said however long the name is" is_not_taken
box --wall-ms 300 --collect "/work$deep/1=$T/taken" --collect "/work$deep/2=$T/taken" --collect "/work$deep/3=$T/taken" \
	-- sleep 60
claim "and no name displaces which limit it was" is "$(field message | cut -d ';' -f 1)" "assay-box ended it at --wall-ms 300"
box --collect /work/d/out="$T/taken" -- sh -c 'mkdir d; echo locked >d/out; chmod 0 d/out d .'
claim "a file without rights is collected all the same" is "$(cat "$T/taken")" locked
claim "with rights of ours" is "$(stat -c %a "$T/taken")" 644

: >"$T/image"
exec 8<>"$T/image"
box --work "$work" --snapshot /work=fd:8 -- sh -c 'echo built >made; mkfifo pipe; ln -s /usr/bin/env env; mkdir -p x/y; chmod 0 x/y
	echo text >closed; chmod 0 closed'
for run in 1 2; do
	box --image fd:8 -- sh -c 'cat made; ls x; readlink env; ls pipe 2>/dev/null; cat closed
		[ ! -x closed ] || echo runs; rm -rf made x; true'
	claim "start $run from the same image finds what was built" is "$(tr '\n' ' ' <"$T/out")" "built y /usr/bin/env text "
done
box --ro "$tries:/try" --snapshot /work=fd:8 -- /try/try_deep_tree
claim "a tree too deep to be frozen is their own fault" is "$(field verdict) $(stat -c %s "$T/image")" "exited 0"
claim "and said" sh -c 'grep -q "deeper than" "$0"' "$T/report"
box --disk-mib 8 --snapshot /work=fd:8 -- sh -c 'i=0; while [ $i -lt 3500 ]; do : >f$i; i=$((i + 1)); done'
claim "nor is a tree frozen from which no such box could start" is "$(field verdict) $(stat -c %s "$T/image")" "exited 0"
claim "which limit is in the way is said" grep -q 'too many: --disk-mib 8 has room for' "$T/report"
box --memory-mib 24 --snapshot /work=fd:8 -- sh -c 'head -c 3000000 /dev/zero >a; for i in 1 2 3 4 5 6 7 8; do ln a $i; done'
claim "names of one file are counted as the files that they become" grep -q 'leave nothing of --memory-mib 24' "$T/report"
refused "an empty image is refused" 'image' --image fd:8
head -c 4096 /dev/urandom >"$T/image"
refused "random bytes are no image" 'not an image' --image fd:8
exec 8>&-

box -- sh -c 'exit 7' && claim "the program's exit status is ours" is "$status" 7
[ "$status" = 7 ] || claim "the program's exit status is ours" is "$status" 7
box -- sh -c 'exit 200'
claim "one above 123 becomes 123 and stands in the report" is "$status $(field exit_code)" "123 200"
box -- sh -c 'kill -SEGV $$'
claim "a signal is 128 and its number" is "$status $(field signal) $(field verdict)" "139 11 signaled"
box -- sh -c 'kill -ABRT $$'
claim "abort is seen as what it is" is "$(field signal)" 6
box -- /nowhere/program
claim "a program that isn't there is its own fault" is "$status $(field exit_code) $(field verdict)" "123 127 exited"
claim "and is told so" grep -q 'cannot execute' "$T/err"
box -- /etc/passwd
claim "as is one that can't be executed" is "$(field exit_code) $(field verdict)" "126 exited"

echo given >"$T/given"
rm -f "$T/report"
"$top/build/assay-box" $leave --stdin "$T/given" --report "$T/report" -- cat >"$T/out"
claim "input comes from a file" is "$(cat "$T/out")" given
head -c 3000000 /dev/zero | "$top/build/assay-box" $leave -- wc -c >"$T/out"
claim "or through a pipe, all of it" is "$(cat "$T/out")" 3000000
least=$(for _ in 1 2 3 4 5; do box -- cat && field wall_ms; done | sort -n | head -n 1)
claim "who reads where nothing comes sees the end at once, not when we next look" at_most "$least" 60
yes | timeout 20 "$top/build/assay-box" $leave -- head -n 1 >"$T/out"
claim "who doesn't read to the end isn't waited for" is "$(cat "$T/out")" y
"$top/build/assay-box" $leave --report "$T/report" --output-kib 20000 -- head -c 3000000 /dev/zero | wc -c >"$T/out"
claim "all of the output arrives" is "$(cat "$T/out")" 3000000
"$top/build/assay-box" $leave --report "$T/report" --output-kib 20000 -- head -c 3000000 /dev/zero | head -c 10 >"$T/out"
claim "a reader that goes away isn't the box's failure" verdict_is exited

claim "doors, channels and signals behave" $python tests/sandbox/doors.py "$top/build/assay-box" $leave

# Other boxes may run on this machine at the same time: a group bears the process id of its box, the sleep ours.
mounts=$(wc -l </proc/self/mounts)
groups=
for _ in 1 2 3 4 5 6 7 8; do
	# shellcheck disable=SC2086 # an option or none
	"$top/build/assay-box" $leave --stdin /dev/null -- sh -c "sleep 100.$$ & exit 0" &
	wait $!
	groups="$groups $(find /sys/fs/cgroup -maxdepth 5 -name "assay-box-$!-*")"
done
claim "nothing is left: no group" is "$(echo $groups)" ""
claim "nothing is left: no mount" is "$(wc -l </proc/self/mounts)" "$mounts"
claim "nothing is left: no process" is "$(ps -eo args | grep -c "^slee[p] 100\.$$")" 0
claim "--print-plan prints JSON and does nothing" sh -c \
	'"$0" --print-plan --tmp /report:3 -- a b | "$1" -c "import json,sys; assert json.load(sys.stdin)[\"tmp\"][0][\"mib\"] == 3"' \
	"$top/build/assay-box" $python
# With a socket as fd 7, a file as fd 8.
planned() {
	$python -c 'import os, socket, sys
ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
os.dup2(ours.fileno(), 7)
os.execv(sys.argv[1], sys.argv[1:])' "$top/build/assay-box" --print-plan "$@" -- a 8<>"$T/image" | cksum
}
option() { echo "${1%%=*}"; [ "$1" = "${1#*=}" ] || echo "${1#*=}"; }
same=
for words in --ro=/usr/share:/x --tmp=/x --tmp=/x:3 --work=/usr/share --image=fd:8 --chdir=/tmp --env=A=b --net=none --stdin=/x --stdout=/x \
	--stderr=/x --report=/x --collect=/work/x=/tmp/y --snapshot=/work=fd:8 --door=80=fd:7 --channel=fd:7=5 --wall-ms=1 --cpu-ms=1 \
	--memory-mib=9 --processes=9 --output-kib=9 --disk-mib=9 --open-files=99 --ids=70000-70001 --lifeline=fd:7 --allow-sampled --spare-mib=9; do
	# shellcheck disable=SC2046 # an option and its value
	[ "$(planned $(option "$words") 2>"$T/said")" != "$(planned)" ] && [ ! -s "$T/said" ] || same="$same $words"
done
claim "--print-plan tells whatever an option changes ($same)" is "$same" ""
claim "--help names every option" sh -c '"$0" --help | grep -c "^  --" | grep -qx 31' "$top/build/assay-box"
# Whoever started us may have left a standard stream closed: no file of ours may stand in for it.
"$top/build/assay-box" $leave --report "$T/report" -- echo forged >&- 2>&-
claim "with standard output closed, output goes nowhere" is "$(grep -c forged "$T/report")" 0
claim "and the report is the report" verdict_is exited
# Names that a program made stand in the message, but don't push out of it why the program ended.
: >"$T/a" && : >"$T/b" && : >"$T/c"
deep='for d in /work /tmp /dev/shm; do cd $d; i=0; while [ $i -lt 70 ]; do mkdir "$1" && cd -P "$1"; i=$((i + 1)); done; done; sleep 9'
box --wall-ms 1500 --snapshot /work=fd:7 --snapshot /tmp=fd:8 --snapshot /dev/shm=fd:9 -- \
	/bin/sh -c "$deep" sh "$(printf 'x%.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25)" 7<>"$T/a" 8<>"$T/b" 9<>"$T/c"
says_which_limit() { case $(field message) in *"can't be frozen"*) ;; *) return 1 ;; esac; grep -q "ended it at --wall-ms 1500" "$T/report"; }
claim "however long the names of what can't be frozen, the message says which limit it was" says_which_limit
finish
