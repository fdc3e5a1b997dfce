greet() { printf 'Hello, %s!\n' "$1"; }

if [ $# -gt 0 ]; then
	for name; do greet "$name"; done
elif [ -f lists/names ]; then
	while read -r name; do greet "$name"; done <lists/names
else
	while read -r name; do greet "$name"; done
fi
