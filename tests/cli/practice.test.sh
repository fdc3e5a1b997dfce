#!/bin/sh
# SPDX-License-Identifier: MIT
# Practising at a terminal and through a pipe: what is typed is kept, nothing is written elsewhere, and the tests run in
# the box.
. tests/cli/lib.sh
begin
sampled=
[ "$(id -u)" = 0 ] || sampled=--allow-sampled
escape=$(printf '\033')

feed() { # feed FILE COMMAND…: runs it with the file as its input
	input=$1 && shift
	status=0
	"$@" >"$out" 2>"$err" <"$input" || status=$?
}

# Nothing may change but our own directory. Its own home and temporary directory would show even what was removed again.
mkdir home tmp
export HOME="$place/home" TMPDIR="$place/tmp"
mark() { touch before && sleep 0.02; }
elsewhere() { find "$place" -path "$place/p" -prune -o -newer "$place/before" ! -name out ! -name err ! -path "$place" -print; }

# --- the list ---

run assay practice
claim 'alone it lists what can be practised' said 'Technical conversation'
claim 'and ends with the next command' said 'Next: assay practice conversation'
claim 'without making a directory' test ! -e assay-practice
mkdir -p clone/build clone/my-tasks clone/interviews && cp "$top/build/assay" clone/build/ && cp -R "$top/tasks" "$top/rubrics" clone/ &&
	cp -R "$top/tasks" "$top/rubrics" clone/my-tasks/ && chmod 0 clone/interviews
run clone/build/assay practice
claim 'a workspace and copies of the tasks beside the bundled ones do not disturb' ended 0
run clone/build/assay practice design --dir p-clone
claim 'nor when one begins' test -d p-clone
rm -rf clone p-clone
run assay practice --json
claim 'the list is JSON as well' said '"what": "review"'
run assay practice juggling
claim 'what is not there is not found' ended 3
claim 'and what is there is named' complained 'conversation, team, coding, design and review'
run assay practice --lang de help-me
claim 'in German too' complained 'zum Üben gibt es nichts'
run assay help practice
claim 'help has examples' said '$ assay practice conversation --lang de'

# --- a conversation through a pipe ---

cat >answers <<END
I run the matcher.

It has a ${escape}[31mred${escape}[0m second paragraph.
.
It would stop.
.
END
mark
feed answers assay practice conversation --dir p
claim 'a pipe that ends early is no mistake' ended 0
claim 'and says that nothing is lost' said 'nothing is lost'
claim 'and which command goes on' said 'Next: assay practice conversation --dir p'
claim 'questions come with their minutes' said 'Question 1 of 6 · 4 minutes'
claim 'nothing in a pipe is coloured or prompted' test -z "$(grep -e "$escape" -e '^> ' "$out")"

cat >rest <<'END'
A slow page.
.
.
A lost update.
.
.
A migration.
.
.
Forty formats.
.
.
Who is woken?
.
.
3
a
2
1
4
4
I measured it before and after.

Frau Berg

Nord
END
mark
feed rest assay practice conversation --dir p --lang de
claim 'the next call goes on behind it' said 'Frage 2 von 6'
claim 'in another language if one likes' said 'Was sich verbessern lässt'
claim 'own answers are shown before one marks them' said '| I run the matcher.'
claim 'and pasted escapes are shown, not obeyed' said '\x1b[31mred'
claim 'no byte of them reaches the terminal' test -z "$(grep -e "$escape" "$out")"
claim 'sample answers say why' said 'Der Weg einer Zeile lässt sich danach aufzeichnen'
mail=p/technical-conversation/mail.txt
claim 'the mail speaks to whom it goes' grep -q '^Guten Tag Frau Berg,' "$mail"
claim 'has what was answered' grep -q 'Zu dem Fehler, von dem ich erzählt habe: A lost update.' "$mail"
claim 'has what was added' grep -q 'Eines möchte ich noch ergänzen: I measured it' "$mail"
claim 'and marks what is missing' grep -q 'NOCH EINSETZEN: Stelle' "$mail"
claim 'the summary keeps it all' grep -q 'It would stop.' p/technical-conversation/summary.txt
claim 'nothing was written elsewhere' test -z "$(elsewhere)"

run assay practice conversation --dir p --json
claim 'what is done has a summary as JSON' said '"state": "done"'
claim 'which is all there is on standard output' python3 -m json.tool "$out"
claim 'with the marks' said '"mark": 3'
run assay practice conversation --dir p --again
claim 'to begin anew keeps what was there' test -s p/technical-conversation.1/mail.txt
mkdir full && echo x >full/thesis
run assay practice conversation --dir full
claim 'a directory with something else is refused' ended 5
claim 'and left as it was' test "$(ls -A full)" = thesis

# --- coding in the box ---

echo 'print("no")' >solution.py
echo pause >words
feed words assay practice coding --dir p $sampled
claim 'the kit is laid' test -f p/rate-limit/kit/solution.py
claim 'with the visible cases' test -f p/rate-limit/kit/suites/examples/01.in
claim 'and no others' test -z "$(find p/rate-limit -name edges -o -name 04.in)"
cp "$top/tasks/practice/rate-limit/solutions/partial/counts-the-edge/solution.py" p/rate-limit/kit/
echo run >words
mark
feed words assay practice coding --dir p $sampled
claim 'run tells of the visible tests' said '2 of 3 points'
claim 'and of nothing else' test -z "$(grep edges/ "$out")"
printf 'done\n2\n2\n3\n' >words
mark
feed words assay practice coding --dir p $sampled
claim 'done runs them all' said 'edges/01 What is exactly one window old no longer counts'
claim 'suggests a mark behind the own one' said 'would suggest a 2'
claim 'and shows a solution' said 'class RateLimit'
claim 'nothing was written elsewhere, not even for a moment' test -z "$(elsewhere)"
claim 'no temporary file is left' test ! -e p/rate-limit/tmp

# --- review ---

cat >words <<'END'
show
shop/rates.py:18 The API key gets logged with the URL
done
y
2
2
END
feed words assay practice review --dir p --json
claim 'a review is matched and confirmed' said '"flaws_found": 1'
claim 'the talk is on standard error then' complained 'No remark of yours comes near it.'

# --- at a terminal ---

cat >terminal.py <<'END'
"""At a pseudo-terminal: types when it is asked, and ends with what was shown on standard output."""
import os, pty, select, sys, time
def type_at(pid, fd, words):
    shown, left = b"", list(words)
    while True:
        ready = select.select([fd], [], [], 20)[0]
        if not ready:
            os.kill(pid, 9)
            break
        try:
            got = os.read(fd, 65536)
        except OSError:
            break
        if not got:
            break
        shown += got
        while left and left[0][0] in shown:
            os.write(fd, left.pop(0)[1])
            shown += b"\n@typed@\n"
    return shown, os.waitpid(pid, 0)[1]
def talk(*words):
    pid, fd = pty.fork()
    if pid == 0:
        os.execvp("assay", ["assay", "practice", "conversation", "--dir", "t"])
    return type_at(pid, fd, words)
# Ctrl-D ends an answer and then, alone, leaves.
shown, status = talk((b"Question 1 of 6", b"typed at a terminal\n\x04"), (b"ask on", b"\x04"))
print(status, shown.decode("utf-8", "replace"))
# Ctrl-C in the middle of an answer.
shown, status = talk((b"for a month?\r\n\r\n> ", b"half an answer\n"), (b"half an answer\r\n> ", b"\x03"))
print(status, shown.decode("utf-8", "replace"))
# A paste without line breaks that is longer than what a terminal hands over.
shown, status = talk((b"half an answer\r\n> ", b"x" * 5000 + b"\n"), (b"line breaks", b"\x03"))
print(status, shown.decode("utf-8", "replace"))
END
run python3 terminal.py
claim 'at a terminal Ctrl-D ends an answer, and alone leaves' said 'nothing is lost'
claim 'what was typed there is kept' grep -q '"typed at a terminal"' t/technical-conversation/state.json
claim 'Ctrl-C ends as a signal does' grep -q '^2 ' "$out"
claim 'and keeps the half answer' grep -q '^half an answer$' t/technical-conversation/draft-2.txt
claim 'a paste that the terminal cut is told' said 'lines of up to 4095 bytes'
printf '.\n' >words
feed words assay practice conversation --dir t
claim 'which the next call goes on with' said 'half an answer'

# --- a crash ---

mkfifo pipe
assay practice design --dir c <pipe >"$out" 2>"$err" &
process=$!
exec 9>pipe
printf 'done\nfirst line of an answer\n' >&9
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	[ -s c/reminders/draft-1.txt ] && break
	sleep 0.2
done
run assay practice review --dir c
claim 'two at once in one directory are refused' ended 5
kill -9 "$process"
exec 9>&-
wait "$process" 2>/dev/null
printf 'second line\n.\n' >words
feed words assay practice design --dir c
claim 'after kill -9 it goes on where it was' said 'first line of an answer'
claim 'with both lines in one answer' grep -q '"first line of an answer\\nsecond line"' c/reminders/state.json

finish
