#!/bin/sh
# SPDX-License-Identifier: MIT
# Honest programs in compiled languages, Node and Java are built and run in the box as outside.
# also as an ordinary user
# crowds nobody
cd "$(dirname "$0")/../.." || exit 1
. tests/sandbox/lib.sh
. tests/sandbox/honest.sh
ended() { verdict_is exited && isnt "$(field exit_code)" 0; } # by itself, but not well

cat >"$work/hello.c" <<'C'
#include <pthread.h>
#include <stdio.h>
static void *run(void *p) { pthread_setname_np(pthread_self(), "worker"); return p; }
int main(void) { pthread_t t; pthread_create(&t, NULL, run, NULL); pthread_join(t, NULL); puts("hello from C"); }
C
cat >"$work/hello.cc" <<'C'
#include <future>
#include <iostream>
#include <map>
#include <stdexcept>
#include <thread>
int main() {
	std::map<std::string, int> map{{"a", 1}, {"b", 2}};
	auto later = std::async(std::launch::async, [] { return 40; });
	try { throw std::runtime_error("caught"); } catch (const std::exception &e) { std::cout << e.what() << ' '; }
	std::cout << later.get() + map["b"] << std::endl;
}
C
cat >"$work/clean.c" <<'C'
#include <stdio.h>
#include <stdlib.h>
int main(void) { char *p = malloc(8); puts("clean"); free(p); return 0; }
C
cat >"$work/broken.c" <<'C'
#include <stdlib.h>
int main(int argc, char **argv) { (void)argv; char *p = malloc(8); free(p); return p[argc]; }
C
cat >"$work/overflow.c" <<'C'
#include <limits.h>
int main(int argc, char **argv) { (void)argv; volatile int big = INT_MAX; return (big = big + argc) > 0; }
C
cat >"$work/deep.c" <<'C'
#include <stdio.h>
static long deep(long n) { volatile char room[1000]; room[n % 1000] = 1; return n ? room[n % 1000] + deep(n - 1) : 0; }
int main(void) { printf("%ld\n", deep(7000)); }
C
cat >"$work/race.c" <<'C'
#include <pthread.h>
#include <stdio.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long sum;
static void *run(void *p) { for (int i = 0; i < 1000; i++) { pthread_mutex_lock(&lock); sum++; pthread_mutex_unlock(&lock); } return p; }
int main(void) {
	pthread_t t[100];
	for (int i = 0; i < 100; i++) pthread_create(&t[i], NULL, run, NULL);
	for (int i = 0; i < 100; i++) pthread_join(t[i], NULL);
	printf("%ld\n", sum);
}
C
for compiler in gcc clang; do
	works_if $compiler "$compiler: compiles inside, and what it made runs" "hello from C" -- \
		sh -c "$compiler -O2 -Wall -pthread -o hello hello.c && ./hello"
	works_if $compiler "$compiler: a hundred threads count together" 100000 --processes 200 -- \
		sh -c "$compiler -O2 -pthread -o race race.c && ./race"
	works_if $compiler "$compiler: recursion takes 7 MiB of stack" 7000 -- \
		sh -c "$compiler -O0 -o deep deep.c && ./deep"
	works_if $compiler "$compiler: links by itself and with its optimiser" "hello from C" -- \
		sh -c "$compiler -flto -O2 -pthread -c hello.c && $compiler -flto -pthread -o hello hello.o && ./hello"
	if is_here $compiler && (cd "$work" && $compiler -fsanitize=address,undefined -o "$T/probe" clean.c) 2>"$T/err"; then
		works "$compiler: what is clean runs clean under AddressSanitizer" clean -- \
			sh -c "$compiler -fsanitize=address,undefined -o clean clean.c && ./clean"
		box --work "$work" -- sh -c "$compiler -g -fsanitize=address -o broken broken.c && ./broken"
		claim "$compiler: AddressSanitizer finds an error, which ends the program by itself" ended
		claim "$compiler: and says which" grep -q 'heap-use-after-free' "$T/err"
		box --work "$work" -- sh -c "$compiler -fsanitize=undefined -fno-sanitize-recover=all -o overflow overflow.c && ./overflow"
		claim "$compiler: so does UndefinedBehaviorSanitizer" sh -c 'grep -q "signed integer overflow" "$0"' "$T/err"
	else
		skip "$compiler: what is clean runs clean under AddressSanitizer" "no $compiler with sanitizers in /usr"
	fi
done
for compiler in g++ clang++; do
	works_if $compiler "$compiler: exceptions, maps and futures" "caught 42" -- \
		sh -c "$compiler -std=c++17 -O1 -pthread -o hello hello.cc && ./hello"
done
printf 'all: hello\n\t@./hello\nhello: hello.c\n\t@gcc -pthread -o $@ $<\n' >"$work/Makefile"
works_if make "make builds" "hello from C" -- make -s -j4
works_if gcc "a crash is a crash: SIGSEGV, SIGFPE and abort are told apart" "139 136 134" -- sh -c '
	echo "int main(void) { return *(volatile int *)0; }" >a.c; echo "int main(void) { volatile int none = 0; return 5 % none; }" >b.c
	echo "#include <stdlib.h>
	int main(void) { abort(); }" >c.c
	for name in a b c; do gcc -w -o $name $name.c; ./$name 2>/dev/null; printf "%d " $?; done | sed "s/ $//"; echo'

works_if node "node: computes in a worker" 42 --memory-mib 1024 -- node -e '
	const {Worker} = require("worker_threads");
	new Worker("require(\"worker_threads\").parentPort.postMessage(6*7)", {eval: true}).on("message", m => console.log(m))'
# Each has four files of its own, of which there are fewer where limits are sampled, if nobody asks for more.
works_if node "node: sixty workers at once" 60 --open-files 1024 --memory-mib 2048 --processes 300 --wall-ms 60000 --cpu-ms 60000 -- node -e '
	const {Worker} = require("worker_threads");
	let done = 0;
	for (let i = 0; i < 60; i++)
		new Worker("require(\"worker_threads\").parentPort.postMessage(1)", {eval: true})
			.on("message", () => { if (++done === 60) console.log(done) })'
works_if node "node: serves and fetches by the name localhost" "served" --memory-mib 1024 -- node -e '
	const http = require("http");
	const server = http.createServer((q, r) => r.end("served")).listen(0, "localhost", () =>
		http.get({host: "localhost", port: server.address().port}, r =>
			r.on("data", d => console.log(String(d))).on("end", () => server.close())))'
works_if node "node: files, promises, children, WebAssembly" "kept child 42" --memory-mib 1024 -- node -e '
	const fs = require("fs/promises"), {execFileSync} = require("child_process");
	(async () => {
		await fs.writeFile("kept", "kept");
		const bytes = Buffer.from("0061736d0100000001050160000" + "17f030201000707010372756e00000a06010400412a0b", "hex");
		const {instance} = await WebAssembly.instantiate(bytes);
		console.log(await fs.readFile("kept", "utf8"), String(execFileSync("echo", ["child"])).trim(), instance.exports.run());
	})()'
if is_here node; then
	box --memory-mib 1024 -- node --max-old-space-size=32 -e 'const a = []; for (;;) a.push(new Array(1000).fill(1))'
	claim "node: its own limit of memory is its own end, not ours" is "$(field verdict) $(field signal)" "signaled 6"
fi

cat >"$work/Main.java" <<'J'
import java.net.*;
import java.util.concurrent.*;
import java.util.stream.*;
public class Main {
	public static void main(String[] args) throws Exception {
		ExecutorService pool = Executors.newFixedThreadPool(20);
		Future<Integer> later = pool.submit(() -> IntStream.range(0, 100).parallel().sum());
		ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("localhost"));
		new Socket("localhost", server.getLocalPort()).close();
		System.out.println(later.get() + " " + server.accept().getInetAddress().isLoopbackAddress() + " é");
		pool.shutdown();
	}
}
J
cat >"$work/Hog.java" <<'J'
import java.util.*;
public class Hog {
	public static void main(String[] args) {
		List<int[]> all = new ArrayList<>();
		while (true) all.add(new int[1 << 20]);
	}
}
J
java="--memory-mib 1024 --wall-ms 60000 --cpu-ms 60000"
# shellcheck disable=SC2086 # options
works_if javac "java: compiles, runs threads and finds localhost" "4950 true é" $java -- \
	sh -c 'javac -encoding UTF-8 Main.java && java -Xmx256m -Dstdout.encoding=UTF-8 -Dfile.encoding=UTF-8 Main'
if is_here javac; then
	# shellcheck disable=SC2086
	box --work "$work" $java -- sh -c 'javac Hog.java && java -Xmx64m Hog'
	claim "java: OutOfMemoryError is its own end, not ours" is "$(field verdict) $(field exit_code)" "exited 1"
	claim "java: and says so" grep -q 'java.lang.OutOfMemoryError' "$T/err"
	# shellcheck disable=SC2086
	box --work "$work" $java --memory-mib 256 -- sh -c 'javac Hog.java && java -Xmx2g Hog'
	claim "java: without a limit of its own it runs into ours" verdict_is memory_limit
	# shellcheck disable=SC2086
	works "java: runs a source file" "from a source" $java -- sh -c '
		echo "class S { public static void main(String[] a) { System.out.println(\"from a source\"); } }" >S.java; java S.java'
fi

printf 'package main\nimport "fmt"\nfunc main() {\n\tc := make(chan int)\n\tfor i := 0; i < 1000; i++ {\n\t\tgo func(i int) { c <- i }(i)\n\t}\n\ts := 0\n\tfor i := 0; i < 1000; i++ {\n\t\ts += <-c\n\t}\n\tfmt.Println(s)\n}\n' >"$work/main.go"
works_if go "go: builds and runs a thousand goroutines" 499500 --memory-mib 1024 --disk-mib 512 --wall-ms 120000 --cpu-ms 120000 -- \
	sh -c 'go build -o main main.go && ./main'
printf 'use std::thread;\nfn main() {\n    let all: Vec<_> = (0..50).map(|i| thread::spawn(move || i)).collect();\n    println!("{}", all.into_iter().map(|t| t.join().unwrap()).sum::<i32>());\n}\n' >"$work/main.rs"
works_if rustc "rust: compiles and runs fifty threads" 1225 --memory-mib 1024 --disk-mib 256 --wall-ms 60000 -- \
	sh -c 'rustc -O main.rs && ./main'
finish
