#!/bin/sh
# SPDX-License-Identifier: MIT
# takes long
# Sources that attack whoever compiles them: they read, wait, flood and grow while no program of theirs has run yet.
# also as an ordinary user
# crowds nobody
cd "$(dirname "$0")/../.." || exit 1
. tests/sandbox/lib.sh
. tests/sandbox/tries.sh
if ! command -v gcc >/dev/null; then
	echo 1..1
	echo "ok 1 - sources can't attack whoever compiles them # SKIP no gcc here"
	exit 0
fi
canary=$T/canary.h
echo 'canary_of_the_host' >"$canary" && chmod 0644 "$canary"
mkdir "$T/work"
work=$T/work
printf '#include "%s"\nint main(void) { return 0; }\n' "$canary" >"$work/include.c"
printf '%%:include "%s"\nint main(void) { return 0; }\n' "$canary" >"$work/digraph.c"
printf '??=include "%s"\nint main(void) { return 0; }\n' "$canary" >"$work/trigraph.c"
printf '#inc\\\nlude "%s"\nint main(void) { return 0; }\n' "$canary" >"$work/splice.c"
printf '#define F <%s>\n#include F\nint main(void) { return 0; }\n' "$canary" >"$work/macro.c"
printf '#include "../../../../../../../..%s"\nint main(void) { return 0; }\n' "$canary" >"$work/climb.c"
printf '__asm__(".incbin \\"%s\\"");\nint main(void) { return 0; }\n' "$canary" >"$work/incbin.c"
printf '__asm__(".include \\"%s\\"");\nint main(void) { return 0; }\n' "$canary" >"$work/assembler.c"

tells() { grep -qs canary_of_the_host "$@"; }
for name in include digraph trigraph splice macro climb incbin assembler; do
	(cd "$work" && gcc -std=gnu11 -trigraphs -o "$T/a.out" "$name.c" >"$T/out" 2>&1)
	claim "bare: $name.c reads a file of the host while it is compiled" tells "$T/out" "$T/a.out"
	rm -f "$T/a.out" "$T/out"
	box --work "$work" --collect "/work/a.out=$T/a.out" -- gcc -std=gnu11 -trigraphs -o a.out "$name.c"
	claim "box: $name.c doesn't" is "$(tells "$T/out" "$T/err" "$T/a.out" && echo tells)$(field exit_code)" 1
done
for name in /etc/shadow /proc/1/environ /dev/mem; do
	printf '#include "%s"\n' "$name" >"$work/secret.c"
	box --work "$work" -- gcc -c secret.c
	claim "box: a source can't include $name" is "$(field exit_code) $(grep -c 'secret.c:1:.*\(No such\|denied\)' "$T/err")" "1 1"
done

ends() { # ends WORDS VERDICTS OPTION... -- PROGRAM...: one of these verdicts, soon
	words=$1 verdicts=$2
	shift 2
	box --work "$work" --wall-ms 4000 --cpu-ms 1500 --output-kib 64 "$@"
	claim "box: $words" one_of_these
	claim "box: and soon" at_most "$(field wall_ms)" 15000
}
one_of_these() { case " $verdicts " in *" $(field verdict) "*) ;; *) return 1 ;; esac; [ "$(field exit_code)" != 0 ]; }
echo '#include </dev/random>' >"$work/random.c"
ends "a source that includes /dev/random comes to an end" "wall_limit cpu_limit memory_limit output_limit exited" -- \
	gcc random.c
echo '#include "/dev/zero"' >"$work/zero.c"
ends "so does one that includes /dev/zero" "wall_limit cpu_limit memory_limit exited" --memory-mib 128 -- gcc zero.c
echo '#include "/dev/stdin"' >"$work/stdin.c"
ends "one that includes its input is told that there is none" "exited wall_limit" -- gcc stdin.c
echo '#include "itself.c"
#include "itself.c"' >"$work/itself.c"
ends "one that includes itself comes to an end" "exited cpu_limit output_limit memory_limit" -- gcc itself.c
{
	echo '#define A x x x x x x x x x x'
	for pair in BA CB DC ED FE GF HG IH; do
		upper=${pair%?} lower=${pair#?}
		echo "#define $upper $lower $lower $lower $lower $lower $lower $lower $lower $lower $lower"
	done
	echo 'int main(void) { return I; }'
} >"$work/laughs.c"
ends "a billion laughs don't" "memory_limit cpu_limit wall_limit output_limit" --memory-mib 128 -- gcc -E -o laughs.i laughs.c
printf 'int main[-1u]={1};\n' >"$work/huge.c"
ends "an array of 16 GiB isn't written" "exited disk_limit memory_limit signaled cpu_limit" -- gcc -o huge huge.c
{
	echo 'int main(void) {'
	i=0
	while [ $i -lt 4000 ]; do
		echo "undeclared_$i(a_$i, b_$i, c_$i);"
		i=$((i + 1))
	done
	echo '}'
} >"$work/errors.c"
ends "a bomb of errors is cut" output_limit -- gcc -Werror -fmax-errors=0 errors.c
if command -v g++ >/dev/null; then
	cat >"$work/templates.cc" <<'C'
template <int depth, class... Many> struct bomb { typedef typename bomb<depth - 1, Many..., Many..., char>::type type; };
template <class... Many> struct bomb<0, Many...> { typedef int type; };
bomb<40, int, long>::type main() { return 0; }
C
	ends "a bomb of templates comes to an end" "memory_limit cpu_limit wall_limit output_limit" --memory-mib 256 -- \
		g++ -ftemplate-depth=100000 templates.cc
	echo 'constexpr long burn(long n) { long s = 0; for (long i = 0; i < n; i++) s += i; return s; }
	static_assert(burn(1L << 60), ""); int main() {}' >"$work/constexpr.cc"
	ends "one that computes while it is compiled runs out of time" "cpu_limit wall_limit" -- \
		g++ -std=c++17 -fconstexpr-loop-limit=2147483647 -fconstexpr-ops-limit=9223372036854775807 constexpr.cc
else
	skip "box: a bomb of templates comes to an end" "no g++ here"
fi
echo 'int main(void) { return 0; }' >"$work/fine.c"
box --work "$work" --processes 40 -- /bin/sh -c 'for i in 1 2 3 4; do gcc -pipe -o a$i fine.c & done; wait; ls a1 a2 a3 a4 | wc -l'
claim "box: four compilers at once, with pipes, do their work" is "$(cat "$T/out")" 4
box --work "$work" --processes 2 -- gcc -pipe fine.c
claim "box: a compiler that may not fork is told so" isnt "$(field exit_code)" 0
printf 'all:\n\t@cat %s; : >/tmp/made; $(shell cat %s)\n' "$canary" "$canary" >"$work/Makefile"
box --work "$work" -- make
claim "box: a Makefile finds nothing of the host" is "$(tells "$T/out" "$T/err" && echo tells)" ""
finish
