# Sello: one Makefile, no recursion. `make help` lists the targets.
BUILD   ?= build
ifeq ($(origin CC),default)
CC      := gcc
endif
PREFIX  ?= /usr/local
VERSION := 0.1.0
# one more than there are processors: some wait for the disk
JOBS    := $(shell echo $$(($$(nproc 2>/dev/null || echo 2) + 1)))

include scripts/flags.mk

# One short line a step; V=1 shows the whole commands.
Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-5s %s\n' '$(1)' '$(2)')

# What programs share, rooms above first: the linker reads from left to right.
SHARED   := lib/cli lib/http lib/scan lib/store lib/backup lib/ledger lib/trust lib/sheet lib/packed lib/letter lib/log lib/base
# What each program is made of besides its main.c, in the same order.
OF_keys   := keys
OF_issue  := issue/desk issue issue/center issue/register issue/intake
OF_verify := verify/desk verify verify/post
OF_audit  := audit/desk audit
PROGRAMS := sello-keys sello-issue sello-verify sello-audit
.DEFAULT_GOAL := all

# sello-decode alone links the picture and PDF decoders; lib/scan is the
# parent's side.
DECODE_SRC := $(wildcard decode/*.c)
room_src    = $(filter-out %/main.c,$(wildcard $(1)/*.c))
objects     = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))
archives    = $(foreach r,$(1),$(BUILD)/archives/$(r).a)
LINK_ROOMS := $(call archives,$(SHARED))

# what programs are made of, for tests, benchmarks and fuzzers
OF_ALL       := $(OF_issue) $(OF_verify) $(OF_keys) $(OF_audit)
PROGRAM_LIBS := $(call archives,$(OF_ALL))

TEST_SRC   := $(sort $(shell find tests -name 'test_*.c'))
# the same code with its refusals switched off: sanitizers see it in the other tests
UNCHECKED_TEST := tests/issue/test_old_copies_unchecked
ifdef SAN
TEST_SRC   := $(filter-out $(UNCHECKED_TEST).c,$(TEST_SRC))
endif
TEST_BIN   := $(patsubst tests/%.c,$(BUILD)/tests/%,$(TEST_SRC))
BIN        := $(addprefix $(BUILD)/,$(PROGRAMS)) $(BUILD)/sello-decode

all: $(BIN) catalogues ## build the programs into build/

# --- objects and archives -------------------------------------------------
$(BUILD)/obj/%.o: %.c scripts/flags.mk
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) $(PKG_CFLAGS) -MMD -MP -c -o $@ $<

# Files of web/ as C, in the room that serves them: made again when one of them
# or a folder changes.
WEB := $(shell find web)
$(BUILD)/web.c: scripts/embed $(WEB)
	@mkdir -p $(@D)
	$(call say,EMBED,web)
	$(Q)scripts/embed >$@.new && mv $@.new $@
$(BUILD)/obj/web.o: $(BUILD)/web.c scripts/flags.mk
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<
$(call archives,lib/http): $(BUILD)/obj/web.o
$(BUILD)/obj/lib/http/%.o: PKG_CFLAGS += $(HTTP_CFLAGS)

define room_archive
$(call archives,$(1)): $(call objects,$(call room_src,$(1)))
	@mkdir -p $$(@D)
	@rm -f $$@
	$$(Q)$$(AR) rcs $$@ $$^
endef
$(foreach r,$(SHARED) $(OF_ALL),$(eval $(call room_archive,$(r))))

define program
$(BUILD)/sello-$(1): $(BUILD)/obj/$(1)/main.o $(call archives,$(OF_$(1))) $(LINK_ROOMS)
	$$(call say,LINK,$$@)
	$$(Q)$$(CC) $$(LDFLAGS) -o $$@ $$^ $$(PKG_LIBS)
endef
$(foreach r,keys issue verify audit,$(eval $(call program,$(r))))

$(BUILD)/obj/decode/%.o: PKG_CFLAGS += $(DECODE_CFLAGS)
$(BUILD)/sello-decode: $(call objects,$(DECODE_SRC)) $(call archives,$(filter %scan %base,$(SHARED)))
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(DECODE_LIBS) $(PKG_LIBS)

# --- translations ---------------------------------------------------------
# A domain a language: lib/base/i18n.c.
CATALOGUES := $(foreach l,es en fr pt ht,$(BUILD)/locale/sello/LC_MESSAGES/sello-$(l).mo)
catalogues: $(if $(wildcard po/es.po),$(CATALOGUES))
define catalogue
$(BUILD)/locale/sello/LC_MESSAGES/sello-$(1).mo: po/$(1).po
	@mkdir -p $$(@D)
	$$(call say,MSG,$$<)
	$$(Q)msgfmt --check-format -o $$@ $$<
endef
$(foreach l,es en fr pt ht,$(eval $(call catalogue,$(l))))

# --- tests ----------------------------------------------------------------
# tests/support/*.c is shared by the test programs; a test sees public headers.
SUPPORT := $(BUILD)/archives/support.a
$(SUPPORT): $(call objects,$(wildcard tests/support/*.c))
	@mkdir -p $(@D)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^
$(BUILD)/obj/tests/%.o: PKG_CFLAGS += $(CHECK_CFLAGS)
# What is watched and measured is the rooms: optimizing the tests themselves takes
# more time than it saves. Not so what scripts/bench runs.
ifndef FUZZ
TEST_OBJ := $(TEST_BIN:$(BUILD)/tests/%=$(BUILD)/obj/tests/%.o)
$(TEST_OBJ): override CFLAGS += -O0 -g1
$(TEST_OBJ): PKG_CFLAGS += -U_FORTIFY_SOURCE
endif
# of the picture reader, without its main: tests of its parts and of its locks
DECODE_PARTS := $(BUILD)/archives/decode.a
$(DECODE_PARTS): $(call objects,$(filter-out %/main.c,$(DECODE_SRC)))
	@mkdir -p $(@D)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^
DECODE_TEST := $(filter $(BUILD)/tests/decode/%,$(TEST_BIN))
$(DECODE_TEST): $(DECODE_PARTS)
$(BUILD)/tests/decode/test_jail: $(BUILD)/obj/tests/decode/escapes.o
# a picture reader that does what a file says
$(BUILD)/tests/decode/test_many: | $(BUILD)/evil-decode
$(BUILD)/evil-decode: $(BUILD)/obj/tests/decode/evil.o $(DECODE_PARTS) $(call archives,$(filter %scan %base,$(SHARED)))
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(DECODE_LIBS) $(PKG_LIBS)
$(DECODE_TEST): PKG_LIBS += $(DECODE_PARTS) $(call archives,$(filter %base,$(SHARED))) $(DECODE_LIBS)
# hundreds of links, in a third of the time where LLVM's linker is there;
# tests/support/mark.c says what is wrapped
TEST_LD := $(if $(shell command -v ld.lld),-fuse-ld=lld) -Wl,--wrap=_mark_point
# files as our own objects call for them, for tests/support/power_files.h
POWER_WRAP := open close write pwrite fsync fdatasync rename renameat2 link unlink unlinkat mkdir rmdir
$(filter %_power_cuts %_power_post,$(TEST_BIN)): TEST_LD += $(POWER_WRAP:%=-Wl,--wrap=%)
# Keys stretched with the least work, in all but the tests of the keys
# themselves; and the same for the programs that the command-line tests run.
CHEAP := $(BUILD)/obj/tests/cheap.o
$(addprefix $(BUILD)/tests/$(filter %trust,$(SHARED))/test_,key credential docs stretch): DEAR := $(CHEAP)
$(BUILD)/tests/%: $(BUILD)/obj/tests/%.o $(CHEAP) $(SUPPORT) $(PROGRAM_LIBS) $(LINK_ROOMS)
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDFLAGS) $(TEST_LD) -o $@ $(filter-out $(DEAR),$^) $(CHECK_LIBS) $(PKG_LIBS)
$(BUILD)/tests/cheap.so: tests/cheap.c
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) $(CPPFLAGS) -O2 -std=c17 $(WARNINGS) $(PKG_CFLAGS) -shared -fPIC -o $@ $<

# what the command-line tests run besides the programs
TEST_TOOL := $(BUILD)/tests/cli/forge $(BUILD)/tests/cli/without $(BUILD)/tests/cheap.so $(BUILD)/tests/cli/measured
# and what makes their pictures and files: where a plain build is beside, its own are run
MAKERS    := $(BUILD)/make-captures $(BUILD)/make-hostile

# files that strangers might hand in
HOSTILE := $(call objects,$(wildcard tests/hostile/*.c))
$(HOSTILE): override CFLAGS += -O1 -g1
$(HOSTILE): PKG_CFLAGS += $(DECODE_CFLAGS)
$(BUILD)/make-hostile: $(HOSTILE) $(CHEAP) $(SUPPORT) $(PROGRAM_LIBS) $(LINK_ROOMS)
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDFLAGS) $(TEST_LD) -o $@ $^ $(CHECK_LIBS) $(DECODE_LIBS) $(PKG_LIBS)

# issue/ with its refusals switched off, for one test and no program. What asks
# the readers' rules stays: nobody publishes what no reader takes. No program can
# be made of these objects: the function they call instead is in that test.
UNCHECKED := $(BUILD)/archives/issue-unchecked.a
$(BUILD)/obj/unchecked/%.o: override CFLAGS += -O1 -g1
$(BUILD)/obj/unchecked/%.o: %.c tests/issue/unchecked.h scripts/flags.mk
	@mkdir -p $(@D)
	$(call say,CC,$< (unchecked))
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) $(PKG_CFLAGS) -include tests/issue/unchecked.h -MMD -MP -c -o $@ $<
ASKS_READERS := issue/center/logbook_rules.c issue/center/logbook_seal.c issue/center/selfcheck.c
$(UNCHECKED): $(patsubst %.c,$(BUILD)/obj/unchecked/%.o,$(filter-out $(ASKS_READERS),$(foreach r,$(OF_issue),$(call room_src,$(r))))) \
              $(call objects,$(ASKS_READERS))
	@mkdir -p $(@D)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^
$(BUILD)/$(UNCHECKED_TEST): $(BUILD)/obj/$(UNCHECKED_TEST).o $(CHEAP) $(SUPPORT) $(UNCHECKED) $(LINK_ROOMS)
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDFLAGS) $(TEST_LD) -o $@ $^ $(CHECK_LIBS) $(PKG_LIBS)

TEST_CLI  := $(filter-out %/lib.sh,$(wildcard tests/cli/*.sh))
# Scripts whose commands others give too, with the same options: under AddressSanitizer
# they are asked by `make torture`.
TEST_AGAIN := $(addprefix tests/cli/,branches.sh captures.sh cosigned.sh daily.sh \
                damage.sh documents.sh draft.sh early.sh ended.sh flow.sh frauds.sh \
                frauds_keys.sh frauds_letters.sh frauds_persons.sh helped.sh honest.sh \
                keys.sh keys_log.sh log.sh manuals.sh poststore.sh presented.sh \
                print.sh proof.sh recover.sh register.sh rekey.sh rootword.sh sent.sh \
                shown.sh verdict.sh)
# The pages in a browser: of the plain build alone. What drives it is in the build
# folder, made once; NO_BROWSER=1 leaves these tests out, and counts them as skipped.
TEST_WEB  := $(if $(SAN),,$(wildcard tests/web/*.js))
BROWSER   := $(if $(SAN)$(filter 1,$(NO_BROWSER)),,$(BUILD)/browser/made)
$(BUILD)/browser/made: scripts/browser-deps $(wildcard tests/web/package*.json)
	$(call say,NPM,$(@D))
	$(Q)scripts/browser-deps $(@D)
browser-deps: $(BROWSER) ## get what drives the browser of the tests (needs a network once)
# Clang with AddressSanitizer and UBSan builds into its own folder.
ASAN      := $(MAKE) --no-print-directory CC=clang SAN=1 BUILD=$(BUILD)/asan

tests: $(TEST_BIN) $(TEST_TOOL) $(MAKERS) $(BROWSER) all ## build the test programs

quick: tests ## run the tests once, plain gcc build, nothing installed
	@scripts/run-tests $(BUILD) $(TEST_BIN) $(TEST_CLI) $(TEST_WEB)

# The libraries are found when make reads this file, so what installs them
# must be a make of its own before the one that builds.
check: deps ## install what lacks, then lint and every test, gcc and clang+ASan+UBSan
	@$(MAKE) --no-print-directory check-installed

check-installed:
	@$(MAKE) --no-print-directory -j$(JOBS) lint tests
	@$(ASAN) -j$(JOBS) MAKERS= tests
	@scripts/check-all $(BUILD) '$(TEST_BIN)' '$(TEST_CLI)' '$(TEST_WEB)' '$(TEST_AGAIN)'

asan: ## build and run the whole suite with clang, ASan and UBSan
	@$(ASAN) -j$(JOBS) tests
	@$(ASAN) quick

# The dearest last: run-tests begins with that. No browser is needed, and what the
# analysers find is told whatever the tests found.
TORTURE := $(addprefix tests/cli/,backup.sh backup_post.sh proof.sh draft.sh hostile.sh) \
           $(addprefix $(BUILD)/tests/,issue/center/test_power_cuts verify/post/test_power_post \
             issue/test_old_copies_unchecked) \
           $(addprefix tests/cli/,beside.sh moments.sh) \
           $(addprefix $(BUILD)/tests/,lib/letter/test_dsig_many issue/test_old_copies) \
           $(addprefix tests/cli/,states.sh faults.sh)
torture: ## every old piece of a register put back, and every pair; 10 million signatures; every call fails once; every crash state; killed at every call; then make analyse (four and a half hours of one core)
	@$(MAKE) --no-print-directory analyse-there
	@$(MAKE) --no-print-directory -j$(JOBS) NO_BROWSER=1 tests
	@$(ASAN) -j$(JOBS) tests
	@SELLO_TORTURE=1 LONGEST=36000 scripts/run-tests $(BUILD) $(TORTURE) -- $(BUILD)/asan $(TEST_AGAIN) tests/cli/hostile.sh; tests=$$?; \
	  $(MAKE) --no-print-directory analyse && exit $$tests

reproducible: ## build twice, in two folders: the same bytes (three minutes)
	@scripts/reproducible

demo: ## install what lacks, build, and run the main job into build/demo/
	@scripts/install-deps build run demo
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@scripts/demo $(BUILD)

pages-test: all $(TEST_TOOL) $(BROWSER) ## the tests of the pages in a browser alone
	@scripts/run-tests $(BUILD) $(TEST_WEB)

guide-pictures: all $(BROWSER) ## make the pictures of the guides in docs/ anew, when pages changed
	@scripts/guide-pictures $(BUILD)

guides: ## the guides of docs/ as PDF, two pages each, in build/guides/
	@scripts/guides $(BUILD)

deps: ## install the Debian packages of scripts/packages.txt that lack
	@scripts/install-deps

lint: ## arrows between rooms, style, manuals, translations
	@scripts/lint

format: ## apply .clang-format
	git ls-files '*.[ch]' | xargs clang-format -i

# --- benchmarks -----------------------------------------------------------
BENCH_CFLAGS := $(shell pkg-config --cflags xmlsec1-openssl 2>/dev/null)
BENCH_LIBS   := $(shell pkg-config --libs xmlsec1-openssl 2>/dev/null)
$(BUILD)/obj/tests/bench/%.o: CPPFLAGS += $(BENCH_CFLAGS)
BENCH_BIN := $(addprefix $(BUILD)/,bench-judge bench-parts bench-sign bench-peak \
             bench-tree bench-sync bench-read bench-jail make-captures make-log \
             tests/audit/test_honest)
$(BUILD)/bench-%: $(BUILD)/obj/tests/bench/bench_%.o $(SUPPORT) $(PROGRAM_LIBS) $(LINK_ROOMS)
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(BENCH_LIBS) $(PKG_LIBS)
# some are made of parts that assert with Check
$(BUILD)/bench-%: PKG_LIBS += $(CHECK_LIBS)
$(BUILD)/make-log: $(BUILD)/obj/tests/bench/make_log.o $(SUPPORT) $(PROGRAM_LIBS) $(LINK_ROOMS)
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(CHECK_LIBS) $(PKG_LIBS)
# pictures to compare readers with: real sheets, damaged by computation
CAPTURES_SRC := tests/bench/make_captures.c $(wildcard tests/bench/captures/*.c)
$(call objects,$(CAPTURES_SRC)): PKG_CFLAGS += $(DECODE_CFLAGS)
$(BUILD)/make-captures: $(call objects,$(CAPTURES_SRC)) $(SUPPORT) $(PROGRAM_LIBS) $(LINK_ROOMS)
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(CHECK_LIBS) $(DECODE_LIBS) $(PKG_LIBS)
# the picture reader whole, its main by another name
$(BUILD)/obj/tests/bench/decode_main.o: decode/main.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) $(DECODE_CFLAGS) -Dmain=decode_main -Wno-missing-prototypes -MMD -MP -c -o $@ $<
$(BUILD)/obj/tests/bench/bench_read.o: PKG_CFLAGS += $(DECODE_CFLAGS)
$(BUILD)/bench-read: $(BUILD)/obj/tests/bench/bench_read.o $(BUILD)/obj/tests/bench/decode_main.o \
                     $(filter-out %/main.o,$(call objects,$(DECODE_SRC))) $(call archives,$(filter %scan %base,$(SHARED)))
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(DECODE_LIBS) $(PKG_LIBS)
$(BUILD)/bench-jail: $(BUILD)/obj/tests/bench/bench_jail.o $(DECODE_PARTS) $(call archives,$(filter %scan %base,$(SHARED)))
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(DECODE_LIBS) $(PKG_LIBS)
bench: deps ## figures as ratios to a peer in the same run
	@$(MAKE) --no-print-directory -j$(JOBS) all $(BENCH_BIN)
	@scripts/bench $(BUILD)

# --- fuzzing --------------------------------------------------------------
FUZZ_SRC := $(wildcard tests/fuzz/fuzz_*.c)
FUZZ_BIN := $(patsubst tests/fuzz/%.c,$(BUILD)/%,$(FUZZ_SRC))
FUZZ_SECONDS ?= 60
TARGET ?=
# the picture reader's parts, without its main and its locks
FUZZ_PARTS := $(BUILD)/archives/fuzz-decode.a
$(FUZZ_PARTS): $(call objects,$(filter-out %/main.c %/jail.c %/many.c,$(DECODE_SRC)))
	@mkdir -p $(@D)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^
# What it compares teaches a fuzzer nothing, and to note each comparison took two
# thirds of its time: pixels, texts by the character, names by their distance.
FUZZ_BYTES := bmp exif gif heif held image jpeg mail mime pdf_time png raw tiff webp zip
FUZZ_BLIND := $(filter-out $(FUZZ_BYTES:%=decode/%.c),$(DECODE_SRC)) tests/fuzz/fuzz_grid.c \
  lib/base/bytes.c lib/base/encode.c lib/base/fold.c lib/base/utf8.c lib/packed/find.c \
  lib/packed/join.c lib/packed/keyboard.c issue/intake/guess.c issue/intake/columns.c verify/lines.c
ifdef FUZZ
$(call objects,$(FUZZ_BLIND)): override CFLAGS += -fno-sanitize-coverage=trace-cmp
endif
FUZZ_MUTATE := $(call objects,$(wildcard tests/fuzz/mutate*.c))
FUZZ_LIBS = $(FUZZ_MUTATE) $(CHEAP) $(SUPPORT) $(PROGRAM_LIBS) $(FUZZ_PARTS) $(LINK_ROOMS)
$(BUILD)/fuzz_%: $(BUILD)/obj/tests/fuzz/fuzz_%.o $(FUZZ_LIBS)
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(CHECK_LIBS) $(DECODE_LIBS) $(PKG_LIBS)
fuzzers: $(FUZZ_BIN)
fuzz: ## run each fuzz target for FUZZ_SECONDS, or one: make fuzz TARGET=letter
	@$(MAKE) --no-print-directory CC=clang SAN=1 FUZZ=1 BUILD=$(BUILD)/fuzz -j$(JOBS) fuzzers
	@scripts/fuzz $(BUILD)/fuzz $(FUZZ_SECONDS) $(TARGET)
# All of them, each under its own name, in one program that replays what is kept.
FUZZ_REPLAYED := $(patsubst tests/fuzz/%.c,$(BUILD)/obj/replay/%.o,$(FUZZ_SRC))
$(BUILD)/obj/replay/%.o: tests/fuzz/%.c scripts/flags.mk
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) $(DECODE_CFLAGS) $(PKG_CFLAGS) -DLLVMFuzzerTestOneInput=run_$* \
	  -DLLVMFuzzerCustomMutator=mutate_$* -MMD -MP -c -o $@ $<
$(BUILD)/tests/fuzz/test_corpus: $(FUZZ_REPLAYED) $(FUZZ_MUTATE) $(FUZZ_PARTS)
$(BUILD)/tests/fuzz/test_corpus: PKG_LIBS += $(DECODE_LIBS)

# --- analysers ------------------------------------------------------------
include scripts/analyse.mk

# --- installation ---------------------------------------------------------
# Quoted: folders may have spaces in their names.
TO    := "$(DESTDIR)$(PREFIX)"
SHARE := $(TO)/share
install: all ## install below PREFIX (default /usr/local), DESTDIR honoured
	install -d $(TO)/bin $(TO)/libexec/sello $(SHARE)/man/man1
	install -m 755 $(addprefix $(BUILD)/,$(PROGRAMS)) $(TO)/bin
	install -m 755 $(BUILD)/sello-decode $(TO)/libexec/sello
	install -m 644 $(wildcard man/*.1) $(SHARE)/man/man1
	install -d $(SHARE)/man/es/man1
	install -m 644 $(wildcard man/es/*.1) $(SHARE)/man/es/man1
	install -d $(SHARE)/doc/sello/es
	install -m 644 $(wildcard docs/*.md) $(SHARE)/doc/sello
	install -m 644 $(wildcard docs/es/*.md) $(SHARE)/doc/sello/es
	for l in en es; do install -d $(SHARE)/doc/sello/pictures/$$l && \
	  install -m 644 docs/pictures/$$l/*.png $(SHARE)/doc/sello/pictures/$$l || exit 1; done
	install -d $(SHARE)/sello/schemas
	install -m 644 schemas/*.xsd $(SHARE)/sello/schemas
	for l in es en fr pt ht; do install -D -m 644 $(BUILD)/locale/sello/LC_MESSAGES/sello-$$l.mo $(SHARE)/locale/sello/LC_MESSAGES/sello-$$l.mo || exit 1; done
	install -d $(SHARE)/applications $(SHARE)/icons/hicolor/scalable/apps $(TO)/lib/systemd/user
	install -m 644 packaging/applications/*.desktop $(SHARE)/applications
	install -m 644 packaging/icons/*.svg $(SHARE)/icons/hicolor/scalable/apps
	install -m 755 packaging/open-link packaging/audit-pages $(TO)/libexec/sello
	for u in packaging/systemd/*.service; do \
	  sed -e '/^@LOCKS@/{r packaging/systemd/locks.conf' -e 'd}' -e 's|@PREFIX@|$(PREFIX)|g' $$u \
	    >$(TO)/lib/systemd/user/$${u##*/} || exit 1; done
	install -d $(SHARE)/bash-completion/completions $(SHARE)/zsh/site-functions $(SHARE)/fish/vendor_completions.d
	for p in $(PROGRAMS); do \
	  $(BUILD)/$$p completion bash >$(SHARE)/bash-completion/completions/$$p && \
	  $(BUILD)/$$p completion zsh >$(SHARE)/zsh/site-functions/_$$p && \
	  $(BUILD)/$$p completion fish >$(SHARE)/fish/vendor_completions.d/$$p.fish || exit 1; done

dist: ## source archive dist/sello-VERSION.tar.gz of what git has
	@mkdir -p dist
	git archive --prefix=sello-$(VERSION)/ -o dist/sello-$(VERSION).tar.gz HEAD

pot: ## renew po/sello.pot and merge it into the catalogues
	@scripts/update-po

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | sort | expand -t 14

clean: ## remove what was built
	rm -rf $(BUILD)

.PHONY: all help clean catalogues tests quick check check-installed asan torture reproducible demo \
        pages-test browser-deps guide-pictures guides deps lint format bench fuzz \
        fuzzers install dist pot
.SECONDARY:
-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)
