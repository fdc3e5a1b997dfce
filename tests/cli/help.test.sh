#!/bin/sh
# SPDX-License-Identifier: MIT
# The command line itself: help, languages, mistakes. Also what every table of commands must have.
. tests/cli/lib.sh
begin

run assay
claim 'assay alone lists its commands' said 'assay session plan'
claim 'and ends well' ended 0

run assay help session plan
claim 'a command is explained with an example' said '$ assay session plan'

run assay session
claim 'a noun alone lists its verbs' said 'assay session start'

run assay --version
claim 'the version is one line' test "$(wc -l <"$out")" = 1

run assay sesion plan
claim 'an unknown command is a usage mistake' ended 2
claim 'and says where to look' complained "'assay help' lists them"

run assay session plann
claim 'an unknown verb is a usage mistake' ended 2

run assay session plan --bogus C-0000
claim 'an unknown option is a usage mistake' ended 2
claim 'and names the option' complained 'no option --bogus'

run assay session plan
claim 'a missing word is a usage mistake with the usage' complained 'usage: assay session plan CANDIDATE'

run assay --json=false
claim 'a flag takes no value' ended 2
run assay -json
claim 'a long option has two dashes' ended 2
run assay --lang
claim 'an option without its value is a usage mistake' complained '--lang needs a value'
run assay --lang de session
claim 'options before a noun do not hide its verbs' said 'assay session start'
run assay session --json status S-0000
claim 'options may stand between noun and verb' ended 3

run assay session status S-0000
claim 'without a workspace a command says how to make one' complained 'assay init'
claim 'and ends as not found' ended 3

run assay --json session status S-0000
claim 'with --json a mistake is JSON on standard error' complained '{"error":{"kind":"not_found"'
claim 'and standard output stays empty' test ! -s "$out"

run assay --lang de
claim 'help speaks German' said 'Interviews'
run env LANGUAGE=de assay help session start
claim 'the environment chooses the language' said 'Beispiel:'
run assay --lang fr help
claim 'a language we do not speak is a usage mistake' ended 2

run env PATH="$PATH" sh -c 'assay help >/dev/full'
claim 'a full disk behind standard output is told' ended 8
run python3 -c 'import os, subprocess, sys
reader, writer = os.pipe()
os.close(reader)
sys.exit(subprocess.run(["assay", "help"], stdout=writer).returncode)'
claim 'a reader that has gone fails the command, too' ended 8
claim 'which says nothing of it' test ! -s "$err"

missing=$(for command in $(assay help | sed -n 's/^  assay \([a-z]*\) \{0,1\}\([a-z]*\) .*/\1:\2/p'); do
	noun=${command%%:*} verb=${command#*:}
	# shellcheck disable=SC2086 # no verb, no word
	assay help "$noun" $verb | grep -q '^  \$ assay' || echo "$noun $verb"
done)
claim "every command has an example ($missing)" test -z "$missing"
missing=$(for command in $(assay help | sed -n 's/^  assay \([a-z]*\) \{0,1\}\([a-z]*\) .*/\1:\2/p'); do
	noun=${command%%:*} verb=${command#*:}
	# shellcheck disable=SC2086
	assay help "$noun" $verb | awk 'length($0) > 110 { exit 1 }' || echo "$noun $verb"
done)
claim "no line of help is too long ($missing)" test -z "$missing"

# --- manual pages and completion ---

run assay help --format man
claim 'every command has a manual page' test "$(grep -c '^@@ ' "$out")" = "$(($(assay help | grep -c '^  assay ') + 1))"
if command -v groff >/dev/null; then
	sed '/^@@ /d' "$out" | LC_ALL=C.UTF-8 groff -k -man -Tutf8 -ww >/dev/null 2>complaints
	claim 'which troff takes without a complaint' test ! -s complaints
else
	skip 'which troff takes without a complaint' 'no groff here'
fi
run assay --lang de help --format man
claim 'in German, too' said 'BEZEICHNUNG'
run assay help --format bash
cp "$out" completion.bash
complete() { bash -c '. ./completion.bash; COMP_WORDS=("$@"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _assay; echo "${COMPREPLY[@]}"' - "$@" >"$out" 2>"$err"; }
complete assay session sh
claim 'bash completes verbs' said sheet
complete assay -C x session sheet S-7Q2K --format ''
claim 'and words of options' said 'text html'
complete assay session plan --int
claim 'and options' said '--interviewer'
run assay help --format zsh
claim 'zsh has its own' said '#compdef assay'
run assay help --format troff
claim 'a format that is none is a usage mistake' ended 2

finish
