# SPDX-License-Identifier: MIT
# One plain makefile for both programs: no configure, no recursion. `make help` lists the targets.
#
# Every variant (plain, address-undefined, fuzz) has objects of its own below build/<variant>/; a new source file
# needs no edit here, since every room is a wildcard. CC, CFLAGS, CPPFLAGS, LDFLAGS and LDLIBS belong to whoever
# builds; ours are the lower-case ones.

SHELL := /bin/sh
.DELETE_ON_ERROR:
.SUFFIXES:
.SECONDARY:
.DEFAULT_GOAL := all

VERSION := 0.1.0
PREFIX  ?= /usr/local
VARIANT ?= plain
V       ?= 0
CC      := $(if $(filter default,$(origin CC)),gcc,$(CC))
FUZZ_CC ?= clang

# A root-owned build/ locks the owner of a clone out of it: in somebody else's clone nothing is built through sudo.
# Root's own clone is root's own affair, also where SUDO_UID is left over from `sudo -i`.
someone_elses := $(if $(SUDO_UID),$(if $(filter 0,$(shell id -u)),$(filter-out 0,$(shell stat -c %u .))))
ifneq ($(someone_elses),)
ifneq ($(filter-out deps install uninstall clean help,$(or $(MAKECMDGOALS),all)),)
$(error sudo make would leave a build/ that belongs to root: run plain `make`; only `make deps` and `make install` need sudo)
endif
endif

# What runs tests shares build/: several such goals of one command wait for each other, whatever -j says. What they
# need is built by a make of their own, in parallel.
ifneq ($(filter test unit asan fuzz lint demo demo-repeat test-hosts test-faults test-kills install,$(MAKECMDGOALS)),)
.NOTPARALLEL:
endif
many = $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,-j$(shell nproc))
make = $(MAKE) --no-print-directory $(many)

build := build/$(VARIANT)
bin   := $(if $(filter plain,$(VARIANT)),build,$(build))
quiet := $(if $(filter 1,$(V)),,@)
say    = $(if $(filter 1,$(V)),,@printf '  %-6s %s\n' '$(1)' '$(2)')

# --- what we need -----------------------------------------------------------------------------------------------

packages := gcc libc6-dev musl-tools make git ca-certificates pkg-config gettext libgit2-dev libseccomp-dev libjansson-dev g++ nodejs \
	libsqlite3-dev libexpat1-dev libsodium-dev libical-dev libcmocka-dev libcmark-gfm-dev libcmark-gfm-extensions-dev \
	python3 python3-fastapi python3-uvicorn python3-httpx python3-pytest python3-icalendar python3-jsonschema procps
libraries := libgit2 jansson sqlite3 expat libsodium libical libcmark-gfm

# Asked for on first use, not when the makefile is read: before `deps` has run there is no pkg-config to ask.
libraries_cflags = $(eval libraries_cflags := $$(shell pkg-config --cflags $(libraries)))$(libraries_cflags)
libraries_libs   = $(eval libraries_libs := $$(shell pkg-config --libs $(libraries)))$(libraries_libs)
cmocka_libs      = $(eval cmocka_libs := $$(shell pkg-config --libs cmocka))$(cmocka_libs)
seccomp_libs     = $(eval seccomp_libs := $$(shell pkg-config --libs libseccomp))$(seccomp_libs)

# --- flags ------------------------------------------------------------------------------------------------------

warnings  := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wwrite-strings \
	-Wformat=2 -Wundef -Wvla
hardening := -fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fPIE
hardening_link := -pie -Wl,-z,relro,-z,now
# A sanitizer finds the same without optimization, for which gcc needs half of the time.
CFLAGS    ?= $(if $(filter address-undefined,$(VARIANT)),-O0 -g1,-O2 -g)
# Nor is it worth its time in what only tests, unless whoever builds has other flags.
quick     := $(if $(filter file,$(origin CFLAGS)),-O0 -g1 -U_FORTIFY_SOURCE)
# Some two hundred tests are linked; gold, of Debian's binutils, needs half of the time of ld.
quick_link := $(if $(shell command -v ld.gold),-fuse-ld=gold)

# The fuzzer is clang's own, whatever the rest is built with.
ifeq ($(VARIANT),fuzz)
  override CC := $(FUZZ_CC)
endif
# clang makes an error of what gcc has this warning for, and doesn't know its name.
ifeq ($(findstring clang,$(shell $(CC) --version 2>/dev/null)),)
  warnings += -Wjump-misses-init
endif

our_cflags := -std=gnu11 $(warnings) -fno-common -include sandbox/banned.h -Irunner -Isandbox \
	-DASSAY_VERSION='"$(VERSION)"' $(if $(filter 1,$(WERROR)),-Werror)
our_ldflags :=
ifeq ($(VARIANT),address-undefined)
  our_cflags  += -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
  our_ldflags += -fsanitize=address,undefined
else ifeq ($(VARIANT),fuzz)
  our_cflags  += -fsanitize=fuzzer-no-link,address,undefined
  our_ldflags += -fsanitize=address,undefined
else
  our_cflags  += $(hardening)
  our_ldflags += $(hardening_link)
endif

# assay-box is started for every run, so it shouldn't spend its time on finding libraries, nor on asking the processor
# what it can (some 30 CPUID, each a trap in a virtual machine, before glibc's main). So it is static, by musl where
# that is installed (musl-tools), else by glibc's archive (part of Debian's libc6-dev), else like everything else. The
# kernel's headers are found behind musl's own. What tests link is built by the C library of the rest.
musl_dir   := /usr/lib/$(shell uname -m)-linux-musl
use_musl   := $(if $(and $(filter plain,$(VARIANT)),$(filter gcc,$(CC)),$(wildcard $(musl_dir)/rcrt1.o),$(shell command -v musl-gcc)),yes)
static_pie  = $(eval static_pie := $$(shell echo 'int main(void) { return 0; }' | \
	$(CC) -fPIE -static-pie -x c -o /dev/null - 2>/dev/null && echo -static-pie -Wl,-z,relro,-z,now))$(static_pie)
ifeq ($(use_musl),yes)
  box_build  := $(build)/musl
  box_cc     := musl-gcc
  box_cflags := -idirafter /usr/include -idirafter /usr/include/$(shell uname -m)-linux-gnu
  # musl-gcc knows no static-pie, so the pieces are named.
  box_link    = gcc -nostdlib -static-pie -Wl,-z,relro,-z,now $(LDFLAGS) -o $@ $(addprefix $(musl_dir)/,rcrt1.o crti.o) \
	$(shell gcc -print-file-name=crtbeginS.o) $^ -L$(musl_dir) -lc -lgcc $(shell gcc -print-file-name=crtendS.o) $(musl_dir)/crtn.o
else
  box_build  := $(build)
  box_cc      = $(CC)
  box_link    = $(CC) $(CFLAGS) $(if $(filter plain,$(VARIANT)),$(or $(static_pie),$(our_ldflags)),$(our_ldflags)) \
	$(LDFLAGS) -o $@ $^ $(LDLIBS)
endif

# --- sources ----------------------------------------------------------------------------------------------------

runner_sources  := $(wildcard runner/*/*.c)
sandbox_sources := $(wildcard sandbox/*.c)
unit_sources    := $(wildcard tests/unit/*/test_*.c)
try_sources     := $(wildcard tests/sandbox/try_*.c) tests/sandbox/witness.c
fuzz_sources    := $(wildcard tests/fuzz/fuzz_*.c)
bench_sources   := $(wildcard tests/bench/*.c)
support_sources := $(wildcard tests/support/*.c)
po_sources      := $(wildcard runner/base/po/*.po)

object = $(patsubst %.c,$(build)/%.o,$(1))
assay_library   := $(build)/libassay.a
box_library     := $(build)/libassay-box.a
unit_tests      := $(patsubst %.c,$(build)/%,$(unit_sources))
try_programs    := $(patsubst %.c,$(build)/%,$(try_sources))
bench_programs  := $(patsubst %.c,$(build)/%,$(bench_sources))
fuzz_replays    := $(patsubst tests/fuzz/%.c,$(build)/tests/fuzz/replay_%,$(fuzz_sources))
fuzzers         := $(patsubst tests/fuzz/%.c,$(build)/tests/fuzz/%,$(fuzz_sources))
reporters       := $(patsubst runner/submission/reporters/%,$(bin)/reporters/%,$(wildcard runner/submission/reporters/assay_*))
template_sources := $(sort $(shell find runner/task/templates -type f))
bridge_sources  := $(shell find runner/submission/bridge -type f ! -path '*/__pycache__/*' | sort)
messages        := $(patsubst runner/base/po/%.po,$(bin)/locale/%/LC_MESSAGES/assay.mo,$(po_sources))

.PHONY: all
all: $(bin)/assay $(bin)/assay-box $(bin)/templates $(messages) $(reporters) $(bin)/bridge/made $(bin)/man/made ## build assay and assay-box

$(bin)/assay: $(call object,$(filter runner/cli/main.c,$(runner_sources))) $(assay_library)
	$(call say,link,$@)
	$(quiet)$(CC) $(CFLAGS) $(our_ldflags) $(LDFLAGS) -o $@ $^ $(libraries_libs) $(LDLIBS)

box_objects := $(patsubst %.c,$(box_build)/%.o,$(filter-out sandbox/policy_compile.c sandbox/policy_shrink.c,$(sandbox_sources)))
box_sources := $(box_objects)
$(bin)/assay-box: $(box_objects) $(build)/box.list
	$(call say,link,$@)
	$(quiet)$(subst $(build)/box.list,,$(box_link))

# The filter of the box is compiled here and now; assay-box carries the result and needs no libseccomp.
policy_generate := $(build)/sandbox/tools/policy_generate
$(policy_generate): $(call object,sandbox/tools/policy_generate.c sandbox/policy.c sandbox/policy_compile.c \
	sandbox/policy_shrink.c sandbox/fault.c)
	$(call say,link,$@)
	$(quiet)$(CC) $(CFLAGS) $(our_ldflags) $(LDFLAGS) -o $@ $^ $(seccomp_libs) $(LDLIBS)

$(build)/sandbox/policy_filter.inc: $(policy_generate)
	$(call say,filter,$@)
	$(quiet)$< >$@

$(sort $(build)/sandbox/policy_load.o $(box_build)/sandbox/policy_load.o): $(build)/sandbox/policy_filter.inc
$(sort $(build)/sandbox/policy_load.o $(box_build)/sandbox/policy_load.o): our_cflags += -I$(build)/sandbox

$(assay_library): $(call object,$(filter-out runner/cli/main.c,$(runner_sources))) $(build)/runner.list
	$(call say,pack,$@)
	$(quiet)rm -f $@ && $(AR) qcs $@ $(filter %.o,$^)

$(box_library): $(call object,$(filter-out sandbox/main.c,$(sandbox_sources))) $(build)/sandbox.list
	$(call say,pack,$@)
	$(quiet)rm -f $@ && $(AR) qcs $@ $(filter %.o,$^)

# No date tells that a file has gone, nor that musl has come: what is linked also depends on the list of what it is
# linked of, renewed when it changes.
.PHONY: changed
$(build)/%.list:
	$(quiet)mkdir -p $(@D) && printf '%s\n' '$($*_sources)' >$@
ifneq ($(file <$(build)/runner.list),$(runner_sources))
$(build)/runner.list: changed
endif
ifneq ($(file <$(build)/sandbox.list),$(sandbox_sources))
$(build)/sandbox.list: changed
endif
ifneq ($(file <$(build)/box.list),$(box_sources))
$(build)/box.list: changed
endif
ifneq ($(file <$(build)/template.list),$(template_sources))
$(build)/template.list: changed
endif

$(build)/runner/%.o: runner/%.c Makefile
	$(call say,cc,$<)
	$(quiet)mkdir -p $(@D)
	$(quiet)$(CC) $(our_cflags) $(libraries_cflags) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(build)/sandbox/%.o: sandbox/%.c Makefile
	$(call say,cc,$<)
	$(quiet)mkdir -p $(@D)
	$(quiet)$(CC) $(our_cflags) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

ifeq ($(use_musl),yes)
$(box_build)/sandbox/%.o: sandbox/%.c Makefile
	$(call say,cc,$< (musl))
	$(quiet)mkdir -p $(@D)
	$(quiet)$(box_cc) $(our_cflags) $(box_cflags) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<
endif

$(build)/tests/%.o: tests/%.c Makefile
	$(call say,cc,$<)
	$(quiet)mkdir -p $(@D)
	$(quiet)$(CC) $(our_cflags) -Itests $(libraries_cflags) $(CPPFLAGS) $(CFLAGS) $(quick) -MMD -MP -c -o $@ $<

# Tests of sandbox/ link its library alone; all others link the runner's. A test names what it fakes in a comment
# `// link: -Wl,--wrap=NAME` of its own.
test_link = $(shell sed -n 's|^// link: ||p' $(1))

$(build)/tests/unit/sandbox/%: $(build)/tests/unit/sandbox/%.o $(box_library)
	$(call say,link,$@)
	$(quiet)$(CC) $(CFLAGS) $(our_ldflags) $(quick_link) $(LDFLAGS) -o $@ $^ $(call test_link,tests/unit/sandbox/$*.c) \
		$(cmocka_libs) $(seccomp_libs) $(LDLIBS)

$(build)/tests/unit/%: $(build)/tests/unit/%.o $(call object,$(support_sources)) $(assay_library)
	$(call say,link,$@)
	$(quiet)$(CC) $(CFLAGS) $(our_ldflags) $(quick_link) $(LDFLAGS) -o $@ $^ $(call test_link,tests/unit/$*.c) \
		$(cmocka_libs) $(libraries_libs) $(LDLIBS)

# What is tried inside a box is static, so that it runs in whatever the box shows of the machine.
$(build)/tests/sandbox/%: tests/sandbox/%.c Makefile
	$(call say,cc,$<)
	$(quiet)mkdir -p $(@D)
	$(quiet)$(CC) -std=gnu11 -O1 -w -static -pthread $(quick_link) -o $@ $<

# What measures; the no-op that it launches is static like what is tried.
$(build)/tests/bench/noop: tests/bench/noop.c Makefile
	$(call say,cc,$<)
	$(quiet)mkdir -p $(@D)
	$(quiet)$(CC) -std=gnu11 -O2 -static -o $@ $<

$(build)/tests/bench/%: $(build)/tests/bench/%.o $(box_library)
	$(call say,link,$@)
	$(quiet)$(CC) $(CFLAGS) $(our_ldflags) $(LDFLAGS) -o $@ $^ $(seccomp_libs) $(LDLIBS)

# The two programs have names in common (struct plan, verdict_name): fuzzers of the box link its library alone.
$(build)/tests/fuzz/replay_fuzz_box_%: $(build)/tests/fuzz/fuzz_box_%.o $(build)/tests/fuzz/replay.o $(box_library)
	$(call say,link,$@)
	$(quiet)$(CC) $(CFLAGS) $(our_ldflags) $(quick_link) $(LDFLAGS) -o $@ $^ $(seccomp_libs) $(LDLIBS)

$(build)/tests/fuzz/fuzz_box_%: $(build)/tests/fuzz/fuzz_box_%.o $(box_library)
	$(call say,link,$@)
	$(quiet)$(CC) $(CFLAGS) -fsanitize=fuzzer $(our_ldflags) $(LDFLAGS) -o $@ $^ $(seccomp_libs) $(LDLIBS)

$(build)/tests/fuzz/replay_%: $(build)/tests/fuzz/%.o $(build)/tests/fuzz/replay.o $(assay_library) $(box_library)
	$(call say,link,$@)
	$(quiet)$(CC) $(CFLAGS) $(our_ldflags) $(quick_link) $(LDFLAGS) -o $@ $^ $(libraries_libs) $(seccomp_libs) $(LDLIBS)

$(build)/tests/fuzz/fuzz_%: $(build)/tests/fuzz/fuzz_%.o $(assay_library) $(box_library)
	$(call say,link,$@)
	$(quiet)$(CC) $(CFLAGS) -fsanitize=fuzzer $(our_ldflags) $(LDFLAGS) -o $@ $^ $(libraries_libs) $(seccomp_libs) $(LDLIBS)

# What `assay task new` writes, beside the program as the translations are.
$(bin)/templates: $(template_sources) $(build)/template.list
	$(call say,copy,$@)
	$(quiet)rm -rf $@ && cp -R runner/task/templates $@ && touch $@

$(bin)/locale/%/LC_MESSAGES/assay.mo: runner/base/po/%.po
	$(call say,msgfmt,$@)
	$(quiet)mkdir -p $(@D)
	$(quiet)msgfmt --check -o $@ $<

$(bin)/reporters/%: runner/submission/reporters/%
	$(call say,copy,$@)
	$(quiet)mkdir -p $(@D) && cp $< $@

# Manual pages and completion are what the tables of commands say.
$(bin)/man/made: $(bin)/assay $(messages)
	$(call say,man,$(@D))
	$(quiet)rm -rf $(@D) && mkdir -p $(@D)/man1 $(@D)/de/man1
	$(quiet)for language in en de; do \
		$(bin)/assay --lang $$language help --format man | awk -v at=$(@D)/$$language/man1 \
			'BEGIN { sub("/en/", "/", at) } /^@@ / { close(file); file = at "/" $$2; next } { print >file }' || exit 1; done
	$(quiet)$(bin)/assay help --format bash >$(@D)/assay.bash && $(bin)/assay help --format zsh >$(@D)/_assay && touch $@

# What the boxes of a suite against a module run, one folder a language; compiled for the python3 of this system.
$(bin)/bridge/made: $(bridge_sources) runner/submission/bridge/make.sh
	$(call say,bridge,$(@D))
	$(quiet)sh runner/submission/bridge/make.sh $(@D) && touch $@

-include $(wildcard $(build)/*/*.d $(build)/*/*/*.d $(build)/*/*/*/*.d $(build)/*/*/*/*/*.d)

# --- set-up -----------------------------------------------------------------------------------------------------

.PHONY: deps
deps: ## name and install the Debian packages that are missing (the only target that uses sudo)
	$(quiet)sh tests/support/deps.sh install $(packages)

# `demo` and `test` start with this one: nothing missing, nothing said.
.PHONY: deps-if-missing
deps-if-missing:
	$(quiet)sh tests/support/deps.sh install-if-missing $(packages)

# --- the proof --------------------------------------------------------------------------------------------------

.PHONY: test
test: deps-if-missing ## run every test, the sanitizer run included
	$(quiet)$(make) all check-programs
	$(quiet)$(make) VARIANT=address-undefined all check-programs
	$(quiet)sh tests/run.sh

# What is tried inside a box is the same in every variant.
.PHONY: check-programs
check-programs: $(unit_tests) $(if $(filter plain,$(VARIANT)),$(try_programs)) $(fuzz_replays)

.PHONY: unit
unit: ## run the unit tests of the plain build only
	$(quiet)$(make) all check-programs
	$(quiet)sh tests/run.sh unit

.PHONY: asan
asan: ## run the unit tests and replays under AddressSanitizer and UBSan only
	$(quiet)$(make) VARIANT=address-undefined all check-programs
	$(quiet)sh tests/run.sh asan

.PHONY: fuzz
fuzz: ## fuzz every parser for FUZZ_SECONDS (30) each, with clang's libFuzzer
	$(quiet)$(make) VARIANT=fuzz fuzzers
	$(quiet)sh tests/fuzz/fuzz.sh build/fuzz/tests/fuzz $(or $(FUZZ_SECONDS),30)

.PHONY: fuzzers
fuzzers: $(fuzzers)

.PHONY: bench
bench: all $(bench_programs) ## measure what launches and grades cost (ROUNDS=200, LAUNCHES=10000); judges nothing
	$(quiet)sh tests/bench/bench.sh $(build)
	$(quiet)sh tests/bench/grade_bench.sh
	$(quiet)sh tests/bench/service_bench.sh
	$(quiet)sh tests/bench/module.sh

.PHONY: test-faults
test-faults: ## let every system call of assay-box fail with every error (half an hour; ASSAY_FAULTS=every/PATTERN)
	$(quiet)$(make) all check-programs
	$(quiet)sh tests/run.sh faults

.PHONY: test-kills
test-kills: ## kill -9 every command of an evening at 300 moments (ASSAY_KILLS=N or all, ASSAY_SEED, ASSAY_KILLED=PATTERN)
	$(quiet)$(make) all
	$(quiet)sh tests/run.sh kills

.PHONY: test-hosts
test-hosts: ## try assay-box on other kinds of host, in a virtual machine (KINDS="v2 v1 ...")
	$(quiet)$(make) all check-programs
	$(quiet)sh tests/hosts/run.sh $(KINDS)

.PHONY: lint
lint: ## floors, doors, symbols, banned calls, translations, and that the tests are counted right
	$(quiet)$(make) all
	$(quiet)sh tests/run.sh lint

.PHONY: demo
demo: deps-if-missing ## see the whole job done on three sample candidates
	$(quiet)$(make) all
	$(quiet)sh tests/demo/demo.sh

.PHONY: demo-repeat
demo-repeat: deps-if-missing ## run the demo 20 times and compare the points
	$(quiet)$(make) all
	$(quiet)sh tests/demo/repeat.sh $(or $(TIMES),20)

# --- housekeeping -----------------------------------------------------------------------------------------------

.PHONY: format
format: ## let clang-format decide
	$(quiet)clang-format -i $(wildcard runner/*/*.[ch] sandbox/*.[ch] tests/unit/*/*.c tests/fuzz/*.c tests/support/*.[ch])

.PHONY: messages
messages: ## renew the translation files from the sources
	$(quiet)sh runner/base/po/update.sh

.PHONY: compile_commands.json
compile_commands.json: ## for editors
	$(quiet)bear -- $(MAKE) -B all

bin_dir   = $(DESTDIR)$(PREFIX)/bin
share_dir = $(DESTDIR)$(PREFIX)/share
installed_messages = $(patsubst $(bin)/locale/%,%,$(messages))

# Through sudo nothing is compiled: what is installed is what its owner has built.
.PHONY: install built
install: $(if $(someone_elses),built,all) ## install below $(DESTDIR)$(PREFIX)
	umask 022; install -d '$(bin_dir)' '$(share_dir)/assay'
	install -m 0755 $(bin)/assay $(bin)/assay-box '$(bin_dir)'
	rm -rf '$(share_dir)/assay/tasks' '$(share_dir)/assay/rubrics' '$(share_dir)/assay/reporters' '$(share_dir)/assay/templates' '$(share_dir)/assay/bridge'
	cp -R tasks rubrics $(bin)/reporters $(bin)/templates '$(share_dir)/assay/'
	install -d '$(share_dir)/assay/bridge' && cp -R $(bin)/bridge/python $(bin)/bridge/javascript '$(share_dir)/assay/bridge/'
	find '$(share_dir)/assay' '(' -name __pycache__ -o -name .pytest_cache -o -name '*~' ')' -prune -exec rm -rf '{}' +
	chmod -R u=rwX,go=rX '$(share_dir)/assay'
	umask 022; for mo in $(installed_messages); do \
		install -D -m 0644 "$(bin)/locale/$$mo" '$(share_dir)'/locale/"$$mo"; done
	umask 022; install -d '$(share_dir)/man/man1' '$(share_dir)/man/de/man1'
	install -m 0644 $(bin)/man/man1/*.1 '$(share_dir)/man/man1' && install -m 0644 $(bin)/man/de/man1/*.1 '$(share_dir)/man/de/man1'
	umask 022; install -D -m 0644 $(bin)/man/assay.bash '$(share_dir)/bash-completion/completions/assay'
	umask 022; install -D -m 0644 $(bin)/man/_assay '$(share_dir)/zsh/site-functions/_assay'

built:
	@$(MAKE) -q someone_elses= all >/dev/null 2>&1 || \
		{ echo 'assay is not built, or not from these sources: run plain `make` first, without sudo' >&2; exit 1; }

.PHONY: uninstall
uninstall: ## remove what `install` put there
	rm -f '$(bin_dir)/assay' '$(bin_dir)/assay-box'
	rm -rf '$(share_dir)/assay'
	for mo in $(installed_messages); do rm -f '$(share_dir)'/locale/"$$mo"; done
	rm -f '$(share_dir)'/man/man1/assay.1 '$(share_dir)'/man/man1/assay-*.1 '$(share_dir)'/man/de/man1/assay.1 \
		'$(share_dir)'/man/de/man1/assay-*.1 '$(share_dir)/bash-completion/completions/assay' '$(share_dir)/zsh/site-functions/_assay'

.PHONY: clean
clean: ## remove build/
	rm -rf build

.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z_.-]*\):[^#]*## \(.*\)/\1\t\2/p' Makefile | expand -t 24
