#!/bin/sh
# SPDX-License-Identifier: MIT
# also as an ordinary user
# Who somebody is in a workspace, and what follows from it: accounts, --as, roles, refusals with their reason.
. tests/cli/lib.sh
begin
me=$(id -un)

run assay init ws
cd ws || exit 1
run assay whoami
claim 'whoever made a workspace is no person in it yet' said 'is no person here'
claim 'and is told who to ask' said 'Next: assay person list'
run assay person list
claim 'an empty list names the next command' said 'assay person add'

run assay person add lea --name 'Lea Lead' --role lead --role interviewer --account "$me"
claim 'a person is bound to an account' ended 0
run assay whoami
claim 'and is known there without --as' said 'lea: Lea Lead (interviewer lead)'
claim 'what one may stands below' said 'once the own card is sealed'
run assay whoami --json
claim 'as JSON, too' /usr/bin/python3 -c '
import json, sys
d = json.load(open(sys.argv[1]))
assert d["actor"] == "lea" and d["roles"] == "interviewer lead", d
assert d["rights"]["see_salary"] == "never" and d["rights"]["see_evidence"] == "always", d' "$out"
run assay --lang de whoami
claim 'and in German' said 'sobald der eigene Bewertungsbogen abgegeben ist'
run assay person add hana --name 'Hana HR' --role hr --account "$me"
claim 'a second person may share the account' ended 0
run assay whoami
claim 'then one has to say who one is' ended 2
claim 'and both are named' complained 'hana and lea share the account'
run assay whoami --as hana
claim 'with --as that is clear' said 'hana: Hana HR (hr)'
run assay whoami --as nobody-at-all
claim 'a name that is nobody is not found' ended 3

run assay --as lea person add dora --name Dora --role hr --account daemon
claim 'a lead gives nobody the role hr' ended 6
run assay --as hana person add dora --name Dora --role hr --account daemon
claim 'another account has a person of its own' ended 0
run assay --as dora whoami
claim 'in whose name nobody else acts' ended 6
claim 'and the reason is said' complained 'dora is bound to the account daemon'
run assay --as lea person add eve --name Eve --account no-such-account
claim 'an account that is not there is not found' ended 3
run assay --as lea person list
claim 'the list shows accounts' said daemon

assay --as lea person add ines --name 'Ines Vogel' --role interviewer >"$out"
assay --as lea person add petra --name 'Petra Stein' --role panel >"$out"
run assay --as ines whoami
claim 'a person without an account is named by --as' said 'No account is bound to this name'
run assay --as ines person add eve --name Eve --role hr
claim 'an interviewer takes no people in' ended 6
claim 'and hears who does' complained 'hr or lead'
run assay --as petra repo add ../nowhere
claim 'the panel adds no repository' ended 6
run assay --as hana candidate add 'Anna Berg'
claim 'who may, and lacks a position, is told so and not refused' ended 2
run assay --as petra candidate add 'Anna Berg' --json
claim 'a refusal is JSON where that is asked' complained '"kind":"denied"'
run assay --as petra --lang de candidate add 'Anna Berg'
claim 'and German where that is' complained 'darf das nicht'

if [ "$(id -u)" = 0 ]; then
	cd .. && mkdir shared && chgrp 65534 shared && chmod 2770 shared
	assay init shared >"$out"
	run setpriv --reuid=65534 --regid=65534 --clear-groups assay -C shared person add eve --name Eve --role hr
	claim 'an account that is no person and owns nothing may nothing' ended 6
	assay -C shared person add eve --name Eve --role hr --account nobody >"$out"
	run setpriv --reuid=65534 --regid=65534 --clear-groups assay -C shared whoami
	claim 'once it is a person, it is known by its account' said 'eve: Eve (hr)'
	run assay -C shared whoami --as eve
	claim 'and not even root acts in that name' ended 6
else
	skip 'another account' 'only root can be two accounts'
fi

# --- a name that would turn the terminal round ---

turning=$(printf 'Mal \302\233 31m \342\200\256 X')
assay -C "$place/ws" person add mal --as hana --name "$turning" --role interviewer >"$out"
run assay -C "$place/ws" person list --json --as hana
claim 'a name with C1 and an override of direction is listed' said '\u009b 31m \u202e X'
claim 'it reaches no terminal alive, as JSON neither' sh -c '! LC_ALL=C grep -q "$(printf "[\302\342]")" "$1"' - "$out"
claim 'and is the same name' /usr/bin/python3 -c '
import json, sys
assert sys.argv[2] in [person["name"] for person in json.load(open(sys.argv[1]))]' "$out" "$turning"
run assay -C "$place/ws" --json person add vic --as hana --name Vic --role "$turning"
claim 'in an error, too' sh -c '! LC_ALL=C grep -q "$(printf "[\302\342]")" "$1"' - "$err"

finish
