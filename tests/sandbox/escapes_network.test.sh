#!/bin/sh
# SPDX-License-Identifier: MIT
# Ways out by the network and by whatever else two processes of one user can meet in.
# also as an ordinary user
# also through the launcher
cd "$(dirname "$0")/../.." || exit 1
. tests/sandbox/lib.sh
. tests/sandbox/tries.sh
stand_outside

alive "the host's network is seen" see_network
stopped "nothing of the host's network is seen: no port, no abstract name, no interface" exited see_network
alive_as_root "the network is changed" netlink
stopped "the box's network isn't changed, by netlink or else" exited netlink all
box -- $python -c '
import socket
a = socket.create_server(("127.0.0.1", 0)); socket.create_connection(a.getsockname()); print("up")'
claim "box: its loopback is up" is "$(cat "$T/out")" up
box --net none -- $python -c '
import socket
a = socket.socket()
try: a.connect(("127.0.0.1", 9)); print("through")
except ConnectionRefusedError: print("there")
except OSError as e: print("unreachable")'
claim "box: without a network there isn't even that" is "$(cat "$T/out")" unreachable
alive_as_root "a port below 1024 is taken" low_port
stopped "no port below 1024 is taken" exited low_port
alive_as_root "options for administrators are set" socket_options
stopped "no option for administrators is set, nor one that loads parts of the kernel" exited socket_options

alive_as_root "sockets of rarer protocols are opened" more_protocols
stopped "no socket of a rarer protocol is opened" exited more_protocols
alive_as_root "packets are marked, and buffers forced" socket_marks
stopped "no packet is marked, no buffer forced, no processor kept waiting" exited socket_marks
alive_as_root "somebody else's name is given as one's own" forged_sender
stopped "no message says that somebody else has sent it" exited forged_sender

for _ in 1 2 3 4 5; do # a port that nobody has
	free=$($python -c 'import socket; a = socket.socket(); a.bind(("127.0.0.1", 0)); print(a.getsockname()[1])')
	bare steal_port "$free" shared && break
done
claim "bare: a port that somebody shares is taken" is $? 0
rm -f "$T/report"
# shellcheck disable=SC2086 # an option or none
$python tests/sandbox/door_port.py "$tries" "$top/build/assay-box" $leave --report "$T/report" >"$T/out" 2>"$T/err"
claim "box: the port of a door can't be taken from whoever listens there" is "$?" 1
claim "box: and whoever listens there answers" is "$(cat "$T/out")" "outside answers"

# Two at once, under one user where boxes share one.
met=$T/met
up() { for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do [ -s "$1" ] && return; sleep 0.1; done; }
"$tries/try_meet" wait $$ 3 >"$met" &
up "$met"
alive "two processes meet" meet visit $$
wait $!
rm -f "$met"
# shellcheck disable=SC2086
"$top/build/assay-box" $leave --stdin /dev/null --stdout "$met" --stderr /dev/null --ro "$tries:/try" -- \
	/try/try_meet wait $$ 4 &
up "$met"
claim "box: one waits in every place" is "$(cat "$met")" waiting
stopped "and another finds it in none of them, although both run at once" exited meet visit $$
bare meet visit $$
claim "box: nor does anybody on the host" is $? 1
wait $!

gently "files are on their way" files_in_flight 100
rm -f "$met"
# shellcheck disable=SC2086
"$top/build/assay-box" $leave --stdin /dev/null --stdout "$met" --stderr /dev/null --ro "$tries:/try" --open-files 1024 -- \
	/try/try_files_in_flight 5000 2 &
up "$met"
claim "box: files on their way are bounded" at_most "$(cat "$met")" 1300
box_of_many() { (ulimit -S -n 1024 && box --net none -- /bin/echo started && cp "$T/out" "$T/started"); }
rm -f "$T/started"
box_of_many
claim "box: and keep no other box of the same user from starting" is "$(cat "$T/started")" started
wait $!
finish
