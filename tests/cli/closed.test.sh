#!/bin/sh
# SPDX-License-Identifier: MIT
# What the candidate's account can read of an interview on the same machine: its kit, and nothing else. Looked at from
# that account, before, after and while commands run, whatever the umask of whoever leads.
. tests/cli/lib.sh
. tests/cli/accounts.sh
begin
if ! many_accounts; then
	skip 'the candidate reads nothing but the kit' 'only root can be several accounts'
	finish
	exit
fi
accounts
/usr/bin/python3 "$top/tests/cli/light.py" "$place" "$place/content" && chown -R games content
# A starter with folders of its own, which the candidate has to be able to write in.
mkdir -p content/tasks/sum/starter/lib/deep && echo 'def add(a, b): return a + b' >content/tasks/sum/starter/lib/deep/add.py
chown -R games content && in_account ines git -C content add -f . &&
	in_account ines git -C content -c user.name=t -c user.email=t@localhost commit -qm folders
cat >program/look.py <<'PY'
"""look.py KIT PLACE...: what this account can read below PLACEs but not in KIT: one path a line."""
import os, stat, sys
kit = os.path.realpath(sys.argv[1])
seen = []
def look(path):
    if os.path.realpath(path) == kit:
        return
    try:
        st = os.lstat(path)
    except OSError:
        return
    if stat.S_ISDIR(st.st_mode):
        try:
            names = os.listdir(path)
        except OSError:
            names = []
        else:
            seen.append(path + "/")
        for name in names:
            look(f"{path}/{name}")
    elif stat.S_ISSOCK(st.st_mode):
        if os.access(path, os.W_OK):
            seen.append(path)
    elif not stat.S_ISLNK(st.st_mode):
        try:
            os.close(os.open(path, os.O_RDONLY | os.O_NONBLOCK))
            seen.append(path)
        except OSError:
            pass
for place in sys.argv[2:]:
    look(place)
for path in seen:
    print(path)
PY
cat >program/spy.py <<'PY'
"""spy.py KIT PLACE: looks, as long as PLACE/run is there, at whatever appears in temporary folders and processes; prints
what could be read of it."""
import os, sys, time
kit, place = sys.argv[1:3]
found, looked = set(), 0
def able(path):
    try:
        os.close(os.open(path, os.O_RDONLY | os.O_NONBLOCK))
        return True
    except OSError:
        return False
while os.path.exists(f"{place}/run"):
    looked += 1
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as f:
                name = f.read().split(b"\0")[0]
        except OSError:
            continue
        if os.path.basename(name) not in (b"assay", b"assay-box"):
            continue
        for what in ("environ", "mem", "maps", "auxv"):
            try:
                if os.stat(f"/proc/{pid}").st_uid != os.getuid():
                    with open(f"/proc/{pid}/{what}", "rb") as f:
                        if f.read(16):
                            found.add(f"/proc/PID/{what}")
            except OSError:  # not ours to read, or gone
                pass
        for what in ("cwd", "root", "exe"):
            try:
                os.readlink(f"/proc/{pid}/{what}")
                found.add(f"/proc/PID/{what}")
            except OSError:
                pass
        try:
            if os.listdir(f"/proc/{pid}/fd"):
                found.add("/proc/PID/fd")
        except OSError:
            pass
    for at, dirs, files in os.walk(f"{place}/shared-tmp"):
        found.update(f"{at}/{f}" for f in files if able(f"{at}/{f}"))
print(looked, file=sys.stderr)
for path in sorted(found):
    print(path)
PY
chmod a+r program/*.py
mkdir -m 1777 shared-tmp
kit=$place/kit
mkdir kit other && chown games kit other && share kit $table && share other $company
look() { # look PLACE...: what the candidate's account can read there
	in_account candidate /usr/bin/python3 program/look.py "$kit" "$@" 2>&1
}
evening() { # evening UMASK: a session up to its coding part, in ws-UMASK, made and led under that umask
	umask "$1"
	ws=$place/ws-$1
	run in_account ines assay init --allow-sampled "$ws-alone"
	mkdir -m 2770 "$ws" && chown games:$company "$ws"
	in_account ines assay init --allow-sampled "$ws" &&
		in_account ines assay -C "$ws" person add hana --name 'Hana Roth' --role hr --account mail &&
		in_account ines assay -C "$ws" person add jonas --name 'Jonas Brandt' --role interviewer --account news &&
		in_account ines assay -C "$ws" person add ines --name 'Ines Vogel' --role interviewer --role lead --account games &&
		as ines assay -C "$ws" repo add "$place/content" --name tasks &&
		as ines assay -C "$ws" position add senior-backend-engineer &&
		anna=$(as hana assay -C "$ws" candidate add 'Anna Berg' --stage technical | head -n 1) &&
		session=$(as hana assay -C "$ws" session plan "$anna" --interviewer ines --interviewer jonas | head -n 1) &&
		as ines assay -C "$ws" session start "$session" --acknowledged &&
		as ines assay -C "$ws" session next "$session" --kit "$kit"
}
chmod 1777 .
for mask in 000 022 077; do
	run evening $mask
	umask 022
	claim "umask $mask: a session runs, led by one account for another" ended 0
	ws=$place/ws-$mask
	session=$(as ines assay -C "$ws" session status "$(/usr/bin/python3 -c '
import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute("select id from session").fetchone()[0])' "$ws/assay.db")" --json | sed -n 's/.*"session": "\(.*\)",/\1/p')
	claim "umask $mask: the candidate reads the kit" in_account candidate cat "$kit/statement.md" "$kit/kit.json"
	claim "umask $mask: and changes it, also in folders that the starter has" in_account candidate \
		sh -c 'echo "# mine" >>"$1/lib/deep/add.py" && rm "$1/lib/deep/add.py" && mkdir "$1/lib/deep/mine" && echo x >"$1/lib/deep/mine/x.py"' - "$kit"
	claim "umask $mask: whoever leads reads what was made there" in_account ines cat "$kit/lib/deep/mine/x.py"
	for name in "$ws" "$ws-alone"; do
		chmod o+rx "$name"
		look "$name" >seen
		chmod o-rx "$name"
		cp seen "$out"
		claim "umask $mask: of ${name##*/} nothing can be read even where its directory itself is open" \
			sh -c '! grep -qvx "$2/" "$1"' - seen "$name"
	done
	for what in home-ines home-hana other; do
		claim "umask $mask: nor of $what" test -z "$(look "$place/$what")"
	done
	: >run
	in_account candidate /usr/bin/python3 program/spy.py "$kit" "$place" >spied 2>spies &
	spy=$!
	in_account ines /usr/bin/python3 program/spy.py "$kit" "$place" >own 2>>spies &
	own=$!
	in_account candidate cp "$place/content/tasks/sum/solutions/accepted/plain/solution.py" "$kit/solution.py" 2>/dev/null
	umask $mask
	run in_account ines env TMPDIR="$place/shared-tmp" assay -C "$ws" session next "$session" --kit "$kit" --wait
	umask 022
	claim "umask $mask: the code is handed in and graded" said 'Graded: sum: '
	rm run && wait $spy && wait $own
	claim "umask $mask: and those who looked on did so to the end" test $? = 0
	cp spied "$out"
	claim "umask $mask: nothing of the running commands, nor of their temporary folders, could be read ($(head -n 1 spies) looks)" test ! -s spied
	claim "umask $mask: but could be seen where one may" grep -q '^/proc/PID/fd' own
	in_account candidate find "$kit" -mindepth 1 -delete
	in_account ines find "$kit" -mindepth 1 -delete
done
run in_account candidate assay -C "$place/ws-022" session list
claim 'the candidate can not open the workspace' test "$status" != 0

# --- a kit that isn't shared as it must be ---

mkdir half && chown games half && chmod 2770 half && chgrp $company half
run as ines assay -C "$place/ws-022" session status "$session"
in_account ines sh -c "mkdir -m 755 '$place/home-ines/mine'"
mkdir theirs && chown proxy:$table theirs && chmod 0770 theirs
anna=$(as hana assay -C "$place/ws-022" candidate add 'Bert Adam' --stage technical | head -n 1)
session=$(as hana assay -C "$place/ws-022" session plan "$anna" --interviewer ines --interviewer jonas | head -n 1)
as ines assay -C "$place/ws-022" session start "$session" --acknowledged >"$out"
run as ines assay -C "$place/ws-022" session next "$session" --kit "$place/theirs"
claim "a kit in a directory of the candidate's that hands on no group is refused" ended 6
claim 'with the commands that make it right' complained 'setfacl -d -m g::rwx'
finish
