# Four analysers read the programs' sources, a file at a time: `make analyse`. What
# each says of a file is kept beside its name, so only what changed is read again.
# scripts/analyse judges it all by scripts/analyse.exceptions.
ANALYSED := $(sort $(shell find lib decode issue verify audit keys -name '*.c'))
ANALYSE  := $(BUILD)/analyse
said      = $(patsubst %.c,$(ANALYSE)/$(1)/%.said,$(ANALYSED))

# as they are compiled, all libraries at once; without the optimizer, which moves
# what is told away from where it is written
ANALYSE_FLAGS = $(filter-out -D_FORTIFY_SOURCE=%,$(CPPFLAGS)) -std=c17 -pthread \
                $(PKG_CFLAGS) $(HTTP_CFLAGS) $(DECODE_CFLAGS) $(KNOWN)
# scripts/analyse.h cannot stand before what it describes
KNOWN         = -include scripts/analyse.h -Wno-unused-value
$(ANALYSE)/%/lib/base/err.said: KNOWN =
ANALYSE_CONF := scripts/analyse.mk scripts/analyse.h scripts/flags.mk

# gcc's rule notes the headers for all three
$(ANALYSE)/gcc/%.said: %.c $(ANALYSE_CONF)
	@mkdir -p $(@D)
	$(call say,GCC,$<)
	$(Q)gcc $(ANALYSE_FLAGS) -fanalyzer -MMD -MP -MF $@.d -MT '$@ $(@:$(ANALYSE)/gcc/%=$(ANALYSE)/clang/%) $(@:$(ANALYSE)/gcc/%=$(ANALYSE)/tidy/%)' \
	  -c -o /dev/null $< 2>$@.new || { cat $@.new >&2; exit 1; }
	@mv $@.new $@

# what scan-build runs for each file, without its pages
CLANG_CHECKERS := optin.portability,nullability
$(ANALYSE)/clang/%.said: %.c $(ANALYSE_CONF)
	@mkdir -p $(@D)
	$(call say,CLANG,$<)
	$(Q)clang $(ANALYSE_FLAGS) --analyze --analyzer-output text \
	  -Xclang -analyzer-checker=$(CLANG_CHECKERS) $< 2>$@.new || { cat $@.new >&2; exit 1; }
	@mv $@.new $@

# .clang-tidy says which checks
TIDY_CONF := .clang-tidy decode/.clang-tidy
$(ANALYSE)/tidy/%.said: %.c $(ANALYSE_CONF) $(TIDY_CONF)
	@mkdir -p $(@D)
	$(call say,TIDY,$<)
	$(Q)clang-tidy --quiet $< -- $(ANALYSE_FLAGS) >$@.new 2>$@.log || { cat $@.new $@.log >&2; exit 1; }
	@mv $@.new $@

# cppcheck follows calls from file to file, so it reads them all in one run; what
# did not change it remembers itself. readdirCalled asks for readdir_r, which glibc
# has given up: readdir of a stream that no other thread reads is safe.
$(ANALYSE)/cppcheck.said: $(ANALYSED) $(shell find lib decode issue verify audit keys -name '*.h') $(ANALYSE_CONF) scripts/cppcheck.xml
	@mkdir -p $(ANALYSE)/cppcheck
	$(call say,CHECK,all files with cppcheck)
	$(Q)cppcheck -q -j$(JOBS) --cppcheck-build-dir=$(ANALYSE)/cppcheck --std=c11 --platform=unix64 \
	  --library=posix,gnu,zlib,sqlite3,openssl,cairo,scripts/cppcheck.xml --inline-suppr \
	  --enable=warning,performance,portability --suppress=missingInclude --suppress=readdirCalled \
	  --template='{file}:{line}:{column}: warning: {message} [{id}]' --template-location='  {file}:{line}: {info}' \
	  $(filter -I.% -Ilib -D%,$(ANALYSE_FLAGS)) $(ANALYSED) 2>$@.new || { cat $@.new >&2; exit 1; }
	@mv $@.new $@

analyse: ## gcc -fanalyzer, clang's analyser, clang-tidy and cppcheck over the programs (16 minutes of one core)
	@$(MAKE) --no-print-directory analyse-there
	@$(MAKE) --no-print-directory -j$(JOBS) analyse-read
	@scripts/analyse $(ANALYSE) scripts/analyse.exceptions
analyse-there:
	@command -v cppcheck >/dev/null && command -v clang-tidy >/dev/null || \
	  { echo "make analyse: clang-tidy and cppcheck are not both there; make analyse-deps installs them" >&2; exit 69; }
analyse-read: $(ANALYSE)/cppcheck.said $(call said,gcc) $(call said,clang) $(call said,tidy)
analyse-deps: ## install what make analyse needs and nothing else does
	@scripts/install-deps analyse
.PHONY: analyse analyse-there analyse-read analyse-deps
ifneq ($(filter analyse%,$(MAKECMDGOALS)),)
-include $(patsubst %,%.d,$(wildcard $(call said,gcc)))
endif
