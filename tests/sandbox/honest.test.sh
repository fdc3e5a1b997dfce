#!/bin/sh
# SPDX-License-Identifier: MIT
# Honest programs work in the box as they do outside: shells and what comes with a system.
# also as an ordinary user
# also through the launcher
cd "$(dirname "$0")/../.." || exit 1
. tests/sandbox/lib.sh
. tests/sandbox/honest.sh

works "sh prints" hello -- sh -c 'echo hello'
printf "echo from a script\n" >"$work/plain-script" && chmod 0755 "$work/plain-script"
works "a script that names no interpreter is run by sh" "from a script" -- ./plain-script
works "the streams are opened by their names" out -- sh -c '
	cat /dev/stdin && echo err >/dev/stderr && echo err | tee /dev/stderr >/dev/null && echo out >/dev/stdout'
works "bash pipes and substitutes" 3 -- bash -c 'diff <(echo a) <(echo b) | grep -c "^[<>-]"'
works "bash traps, waits and counts its jobs" "2 got TERM" -- bash -c '
	trap "echo got TERM; exit 0" TERM; sleep 9 & sleep 9 & jobs -p | wc -l | tr "\n" " "; kill -TERM $$; wait'
works "bash has here-documents, arrays, co-processes and its own /dev/tcp" "c 3 pong refused" -- bash -c '
	a=(a b c); coproc cat; echo pong >&"${COPROC[1]}"; read -r line <&"${COPROC[0]}"
	(exec 3<>/dev/tcp/127.0.0.1/9) 2>/dev/null || refused=refused
	echo "${a[2]} ${#a[@]} $line $refused"'
works "who am I" "1000 box box /tmp C.UTF-8" -- bash -c 'echo $(id -u) $(id -un) $(uname -n) $HOME $LANG'
works "the environment is as given" yes --env ASKED=yes -- printenv ASKED
works "ps sees the box's own processes" "ps sh sleep" -- sh -c 'sleep 9 & until ps -C sleep >list; do :; done; ps -e -o comm= >list; echo $(sort -u list)'
works "free, uptime and nproc answer" "3 1 yes" -- sh -c '
	echo $(free | wc -l) $(uptime | grep -c "load average") $([ "$(nproc)" -ge 1 ] && echo yes)'
works "top runs once" yes -- sh -c 'TERM=dumb top -b -n 1 | grep -q "^ *[0-9].*top" && echo yes'
works "df and mount tell of the box" "yes yes" -- sh -c 'echo $(df /work | grep -q /work && echo yes) $(grep -q " /tmp " /proc/mounts && echo yes)'
works "tput knows a terminal" 8 -- tput -T xterm colors
works "stty and tty say that there is none" "not a tty" -- sh -c 'tty; stty 2>/dev/null; true'
works "/dev/shm, /tmp and /work are written" "a b c" -- sh -c '
	echo a >/dev/shm/x; echo b >/tmp/x; echo c >/work/x; echo $(cat /dev/shm/x /tmp/x /work/x)'
works "the devices answer" "0 16 4 full" -- sh -c '
	echo x >/dev/null; echo $(head -c 0 /dev/null | wc -c) $(head -c 16 /dev/urandom | wc -c) $(head -c 4 /dev/zero | wc -c) \
	$(echo x 2>/dev/null >/dev/full || echo full)'
works "process substitution and /dev/fd work" "one two" -- bash -c 'paste -d " " <(echo one) /dev/fd/3 3< <(echo two)'
works "names and times of files are kept" "981173106 é" -- sh -c 'touch -d @981173106 é; echo $(stat -c %Y é) $(ls | grep é)'
works "many small programs run after one another" 200 -- sh -c 'i=0; while [ $i -lt 200 ]; do /usr/bin/true; i=$((i + 1)); done; echo $i'
works "tar, gzip and sort keep working" "./a
./b" -- sh -c 'mkdir d && cd d && touch a b && tar czf ../x.tar.gz . && tar tzf ../x.tar.gz | grep ./. | sort'
works "find, xargs, sed and awk work together" 6 -- sh -c '
	for i in 1 2 3; do echo $i >f$i; done; find . -name "f?" -print0 | xargs -0 cat | sed "s/x//" | awk "{ s += \$1 } END { print s }"'
works "timeout ends what it started" 124 -- sh -c 'timeout 0.2 sleep 9; echo $?'
works "nohup, setsid and nice start programs" "a b 3" -- sh -c '
	echo $(nohup echo a 2>/dev/null) $(setsid -w echo b) $(($(nice -n 3 nice) - $(nice)))'
works_if perl "perl matches" b -- perl -e 'print "$1\n" if "abc" =~ /a(.)c/'
works_if awk "awk is found through /etc/alternatives" 6 -- awk 'BEGIN { print 1 + 2 + 3 }'
works_if git "git commits, branches and merges" "first
second
merged" -- sh -c '
	git init -q -b main . && git config user.email a@b && git config user.name n && echo 1 >a && git add a &&
	git commit -q -m first && git checkout -q -b other && echo 2 >b && git add b && git commit -q -m second &&
	git checkout -q main && git merge -q --no-ff -m merged other && git log --reverse --topo-order --format=%s'
works_if git "git clones what lies beside it" "first" -- sh -c '
	git init -q a && cd a && git config user.email a@b && git config user.name n && git commit -q --allow-empty -m first &&
	cd .. && git clone -q a b && git -C b log --format=%s'
works_if sqlite3 "sqlite keeps a journal and a lock" "wal
3|ok" -- sqlite3 x.db '
	pragma journal_mode = wal; create table t(a); begin; insert into t values (1), (2), (3); commit;
	select count(*), (select integrity_check from pragma_integrity_check) from t'
works_if curl "curl finds a server by the name localhost" served -- sh -c '
	echo served >file; python3 -m http.server 8000 >/dev/null 2>&1 & i=0
	until curl -sf http://localhost:8000/file; do sleep 0.1; i=$((i + 1)); [ $i -lt 50 ] || break; done'

# Large output in pieces, input from a file, all of it in order.
works "a MiB of output in little pieces arrives whole" "$(seq 1 100000)" --output-kib 2048 -- seq 1 100000
seq 1 50000 >"$T/numbers"
works "input from a file is read to its end" "1250025000 50000" --stdin "$T/numbers" -- \
	awk '{ s += $1 } END { printf "%d %d\n", s, NR }'
works "a program may read its input twice" "50000 50000" --stdin "$T/numbers" -- sh -c '
	cat >copy; echo $(wc -l <copy) $(wc -l <copy)'
finish
