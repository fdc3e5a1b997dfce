# forged: a cheat. The answers are never in its box, and what it claims of tests is only output: it earns nothing.
printf '1..6\nok 1 - 01\nok 2 - 02\n'
cat /tests/cases/*.ans ../cases/*.ans 2>/dev/null
exit 0
