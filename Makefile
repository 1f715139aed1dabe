# Makefile of Diptych; "make help" lists the targets.
MODE ?= release# release | debug | asan | tsan | fuzz
B := build/$(MODE)$(if $(findstring clang,$(CC)),-clang)
V ?= 0
Q := $(if $(filter 1,$(V)),,@)
# For make inside make: as many jobs as processors, unless told otherwise.
AGAIN = $(MAKE) --no-print-directory $(if $(findstring -j,$(MAKEFLAGS)),,-j$(shell nproc))
PREFIX ?= /usr/local
DESTDIR ?=

WARN := -Wall -Wextra -Wpedantic -Werror -Wshadow -Wconversion -Wsign-conversion \
        -Wstrict-prototypes -Wmissing-prototypes -Wcast-qual -Wformat=2 -Wundef \
        -Wvla -Wwrite-strings -Wimplicit-fallthrough
HARD := -fstack-protector-strong -fstack-clash-protection -fcf-protection \
        -D_FORTIFY_SOURCE=2 -fPIE
CPPFLAGS += -I. -D_GNU_SOURCE -isystem /usr/include/libxml2
CFLAGS_debug := -O1
CFLAGS_release := -O2 $(HARD)
CFLAGS_asan := -O1 -g1 -fsanitize=address,undefined -fno-sanitize-recover=all \
               -fno-omit-frame-pointer
CFLAGS_tsan := -O1 -g1 -fsanitize=thread
CFLAGS_fuzz := -O1 -fsanitize=fuzzer-no-link,address,undefined \
               -fno-sanitize-recover=all -fno-omit-frame-pointer
CFLAGS += -std=c17 -g $(WARN) -MMD -MP -pthread $(CFLAGS_$(MODE))
LDFLAGS_release := -pie -Wl,-z,relro,-z,now
# A linker that needs half the time for programs that live as long as a test;
# lines are all that a stack needs (-g1).
LDFLAGS_asan := -fuse-ld=gold
LDFLAGS_tsan := -fuse-ld=gold
LDFLAGS += -pthread $(LDFLAGS_$(MODE))

# A folder with its subfolders is one archive, so that a program links what it uses; a new file
# needs no edit here.
objs = $(patsubst %.c,$(B)/%.o,$(filter-out %/main.c,$(wildcard $(1)/*.c $(1)/*/*.c)))
PROTOCOL := $(B)/protocol.a
VALUE := $(B)/value.a
DB := $(B)/db.a
SERVER := $(B)/server.a
CLIENT := $(B)/client.a
PARTS := $(B)/tests/parts.a
SERVER_LIBS := -luv -lssl -lcrypto -lsqlite3 -lgmp -lm
CLIENT_LIBS := -lssl -lcrypto -ledit -lxml2 -lm
# Asked when it is needed: "make deps" may have just installed it.
CHECK_LIBS = $(shell pkg-config --libs check)

PROGRAMS := $(B)/diptychd $(B)/diptych
CHECKS := $(patsubst %.c,$(B)/%,$(sort $(wildcard tests/unit/check_*.c)))
# What speaks TLS to a running server links the archive of tests/talk.
TALK := $(B)/tests/talk/main
STORMS := $(patsubst %.c,$(B)/%,$(sort $(wildcard tests/storm/*.c)))
LOAD := $(B)/tests/bench/main
SCALE := $(B)/tests/bench/scale
# With libFuzzer they make inputs up, without it they replay those kept.
FUZZERS := $(patsubst %.c,$(B)/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
FUZZ_MAIN_fuzz := -fsanitize=fuzzer
FUZZ_MAIN := $(or $(FUZZ_MAIN_$(MODE)),$(B)/tests/fuzz/replay.o)
SEEDS := $(B)/tests/fuzz/seeds.made
SECONDS ?= 60
TOOLS := $(patsubst %.c,$(B)/%,$(sort $(wildcard tests/tools/*.c)))
END_TO_END := $(sort $(wildcard tests/*.sh))
SUITE := tests/tools/suite.sh
PAGES := $(patsubst docs/man/%.in,build/man/%,$(sort $(wildcard docs/man/*.in)))

.PHONY: help deps all demo run test unit talk lint syntax layers format docs man \
        completion asan \
        tsan fuzz fuzzers bench bench-scale bench-value install clean programs checks
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SECONDARY:

help:           ## this list
	@sed -n 's/^\([a-z-]*\): *[^#]*## /\1|/p' $(MAKEFILE_LIST) | \
	    awk -F'|' '{ printf "  make %-11s %s\n", $$1, $$2 }'

deps:           ## install the Debian packages that are missing
	@tests/tools/deps.sh build test lint

all: programs   ## build/diptychd and build/diptych
	@ln -sfn $(notdir $(B))/diptychd build/diptychd
	@ln -sfn $(notdir $(B))/diptych build/diptych

demo:           ## from a notice to two value propositions, in a minute
	@tests/tools/deps.sh build
	+@$(AGAIN) all
	@examples/night-bus/demo.sh

run:            ## a server of your own in build/run, until you end it
	@tests/tools/deps.sh build
	+@$(AGAIN) all
	@tests/tools/run.sh

test:           ## every test; ends with "N passed, N failed"
	@tests/tools/deps.sh build test
	+@$(AGAIN) all checks
	@$(SUITE) $(B) $(CHECKS) $(FUZZERS) $(TALK) $(STORMS) $(END_TO_END)

unit: checks    ## the unit tests alone
	@$(SUITE) $(B) $(CHECKS)

talk: all checks ## the conversations with a running server alone
	@$(SUITE) $(B) $(TALK)

lint:           ## format, clang-tidy, cppcheck, shellcheck, house rules
	@tests/tools/deps.sh build lint
	@CC="$(CC)" CPPFLAGS="$(CPPFLAGS)" WARN="$(WARN)" tests/lint/lint.sh

syntax:         ## that the compiler takes every file, with nothing made
	@git ls-files -co --exclude-standard '*.c' | \
	    xargs -P "$$(nproc)" -n 8 $(CC) $(CPPFLAGS) -std=c17 $(WARN) -fsyntax-only
	@echo "1 passed, 0 failed"

layers:         ## that no folder includes what stands above it
	@tests/lint/layers.sh

format:         ## lay out every .c and .h
	$(Q)git ls-files -co --exclude-standard '*.[ch]' | xargs clang-format -i

docs: $(B)/tests/tools/reference ## docs/reference.md from the tables
	$(Q)$< >docs/reference.md

man: $(PAGES)   ## the manual pages, into build/man

build/man/%: docs/man/%.in $(B)/tests/tools/manual
	@mkdir -p $(@D)
	$(Q)$(B)/tests/tools/manual <$< >$@

completion: build/completion/diptych build/completion/diptychd ## for bash

build/completion/diptych: client/diptych.bash
build/completion/diptychd: server/diptychd.bash
build/completion/%: $(B)/tests/tools/completion
	@mkdir -p $(@D)
	$(Q){ $(B)/tests/tools/completion $* && cat $(filter %.bash,$^); } >$@

asan:           ## all tests under the address and undefined sanitizers
	+@CK_FORK=no $(AGAIN) MODE=asan test

tsan:           ## all tests under the thread sanitizer
	+@CK_FORK=no $(AGAIN) MODE=tsan test

fuzz:           ## each target of the fuzzer for SECONDS=60
	@tests/tools/deps.sh build test lint
	+@$(AGAIN) MODE=fuzz CC=clang fuzzers
	@tests/fuzz/fuzz.sh build/fuzz-clang $(SECONDS)

bench: all $(LOAD) ## measurements; KEEP=yes writes docs/performance.md
	@BUILD=$(B) $(LOAD) $(B)/bench.md
	@[ -z "$(KEEP)" ] || tests/bench/keep.sh $(B)/bench.md docs/performance.md

bench-scale: $(SCALE) ## the record with up to a million objects
	@rm -rf build/scale && $< build/scale && rm -rf build/scale

bench-value: $(B)/tests/bench/value $(B)/tests/bench/front ## the computations, beside numpy's
	@$< >$(B)/tests/bench/value.told && cat $(B)/tests/bench/value.told
	@$(B)/tests/bench/front
	@if /usr/bin/python3 -c 'import numpy' 2>/dev/null; then \
	    OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 \
	    /usr/bin/python3 tests/bench/value_numpy.py \
	    $(B)/tests/bench/value.told; \
	else echo "numpy skipped: python3-numpy is not installed"; fi

install:        ## into PREFIX, /usr/local unless told otherwise
	+@$(AGAIN) MODE=release programs man completion
	install -D build/release/diptychd "$(DESTDIR)$(PREFIX)/bin/diptychd"
	install -D build/release/diptych "$(DESTDIR)$(PREFIX)/bin/diptych"
	install -D certs/make.sh \
	    "$(DESTDIR)$(PREFIX)/share/diptych/certs/make.sh"
	install -d "$(DESTDIR)$(PREFIX)/share/diptych/templates"
	install -m 644 examples/templates/*.dpt \
	    "$(DESTDIR)$(PREFIX)/share/diptych/templates"
	@for page in $(PAGES); do \
	    to="$(DESTDIR)$(PREFIX)/share/man/man$${page##*.}"; \
	    install -d "$$to" && install -m 644 $$page "$$to" || exit 1; \
	done
	install -d "$(DESTDIR)$(PREFIX)/share/bash-completion/completions"
	install -m 644 build/completion/diptych build/completion/diptychd \
	    "$(DESTDIR)$(PREFIX)/share/bash-completion/completions"
	install -d "$(DESTDIR)$(PREFIX)/share/doc/diptych"
	install -m 644 README.md LICENSE docs/*.md examples/diptychd.service \
	    "$(DESTDIR)$(PREFIX)/share/doc/diptych"

clean:          ## remove what was built
	rm -rf build

programs: $(PROGRAMS)
checks: $(CHECKS) $(TALK) $(STORMS) $(TOOLS) $(LOAD) $(SCALE) fuzzers
fuzzers: $(FUZZERS) $(SEEDS)

$(B)/diptychd: $(B)/server/main.o $(SERVER) $(DB) $(VALUE) $(PROTOCOL)
	@echo "LD $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ -o $@ $(SERVER_LIBS)

$(B)/diptych: $(B)/client/main.o $(CLIENT) $(PROTOCOL)
	@echo "LD $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ -o $@ $(CLIENT_LIBS)

$(B)/tests/unit/%: $(B)/tests/unit/%.o $(B)/tests/unit/edges.o $(B)/tests/talk.a $(PARTS) $(CLIENT) $(SERVER) $(DB) $(VALUE) $(PROTOCOL)
	@echo "LD $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ -o $@ $(CHECK_LIBS) $(SERVER_LIBS) $(CLIENT_LIBS)

$(LOAD): %: %.o $(B)/tests/bench.a $(B)/tests/talk.a $(PROTOCOL)
	@echo "LD $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ -o $@ -lssl -lcrypto -lm

$(TALK) $(STORMS): %: %.o $(PARTS) $(B)/tests/talk.a $(PROTOCOL)
	@echo "LD $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ -o $@ -lsqlite3 -lssl -lcrypto -lm

$(SCALE): %: %.o $(B)/tests/bench.a $(DB) $(PROTOCOL)
	@echo "LD $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ -o $@ -lsqlite3 -lcrypto -lm

$(B)/tests/bench/value $(B)/tests/bench/front: %: %.o $(VALUE) $(PROTOCOL)
	@echo "LD $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ -o $@ -lgmp -lm

$(B)/tests/tools/%: $(B)/tests/tools/%.o $(PARTS) $(PROTOCOL)
	@echo "LD $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ -o $@ -lssl -lcrypto -lm

$(FUZZERS): %: %.o $(if $(FUZZ_MAIN_$(MODE)),,$(FUZZ_MAIN)) $(PARTS) $(B)/tests/talk.a $(CLIENT) $(SERVER) $(DB) $(VALUE) $(PROTOCOL)
	@echo "LD $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $(filter %.o %.a,$^) $(filter -%,$(FUZZ_MAIN)) -o $@ $(SERVER_LIBS) $(CLIENT_LIBS)

$(B)/tests/fuzz/seed_maker: $(B)/tests/fuzz/seed_maker.o $(B)/tests/talk.a $(PARTS) $(PROTOCOL)
	@echo "LD $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ -o $@ -lssl -lcrypto -lm

$(SEEDS): $(B)/tests/fuzz/seed_maker $(wildcard tests/talk/*.talk)
	$(Q)$< $(@D)/seeds
	$(Q)touch $@

define archive
$(B)/$(1).a: $(call objs,$(1))
	@mkdir -p $$(@D)
	@rm -f $$@
	$(Q)$(AR) rcs $$@ $$^
endef
$(foreach folder,protocol value db server client tests/parts tests/talk tests/bench,$(eval $(call archive,$(folder))))

$(B)/%.o: %.c
	@mkdir -p $(@D)
	@echo "CC $<"
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -c $< -o $@

# Doubles must give the same bits with every compiler: nothing is contracted.
# simulate_rough.c says what may be, and why.
$(B)/value/chance/simulate_rough.o: CFLAGS += -ffp-contract=fast
# What simulates is worth unrolling; it neither traps nor asks for errno.
$(B)/value/%.o: CFLAGS += -ffp-contract=off
$(B)/value/chance/simulate%.o: CFLAGS += -fno-math-errno -fno-trapping-math
ifeq ($(MODE),release)
$(B)/value/chance/simulate%.o: CFLAGS += -O3
endif

-include $(shell find build -name '*.d' 2>/dev/null)
