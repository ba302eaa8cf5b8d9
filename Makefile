# Sello: one Makefile, no recursion. `make help` lists the targets.
BUILD   ?= build
CC      ?= gcc
PREFIX  ?= /usr/local
VERSION := 0.1.0

include scripts/flags.mk

ROOMS    := base letter trust store scan
PROGRAMS := sello-keys sello-issue sello-verify
.DEFAULT_GOAL := all

# sello-decode alone links the picture and PDF decoders; its sources are
# scan/decode_*.c, everything else in scan/ is the parent's side.
DECODE_SRC := $(wildcard scan/decode_*.c)
room_src    = $(filter-out %/main.c $(DECODE_SRC),$(wildcard $(1)/*.c))
objects     = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))
archive     = $(BUILD)/lib/$(1).a
ARCHIVES   := $(foreach r,$(ROOMS),$(call archive,$(r)))
# rooms above first: the linker reads archives from left to right
LINK_ROOMS := $(foreach r,scan store trust letter base,$(call archive,$(r)))

TEST_SRC   := $(wildcard tests/*/test_*.c)
TEST_BIN   := $(patsubst tests/%.c,$(BUILD)/tests/%,$(TEST_SRC))
BIN        := $(addprefix $(BUILD)/,$(PROGRAMS)) $(BUILD)/sello-decode

all: $(BIN) catalogues ## build the programs into build/

# --- objects and archives -------------------------------------------------
$(BUILD)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) $(PKG_CFLAGS) -MMD -MP -c -o $@ $<

define room_archive
$(call archive,$(1)): $(call objects,$(call room_src,$(1)))
	@mkdir -p $$(@D)
	@rm -f $$@
	$$(AR) rcs $$@ $$^
endef
$(foreach r,$(ROOMS) issue verify keys,$(eval $(call room_archive,$(r))))

define program
$(BUILD)/sello-$(1): $(BUILD)/obj/$(1)/main.o $(call archive,$(1)) $(LINK_ROOMS)
	$$(CC) $$(LDFLAGS) -o $$@ $$^ $$(PKG_LIBS)
endef
$(foreach r,keys issue verify,$(eval $(call program,$(r))))

$(BUILD)/obj/scan/decode_%.o: PKG_CFLAGS += $(DECODE_CFLAGS)
$(BUILD)/sello-decode: $(call objects,$(DECODE_SRC)) $(call archive,base)
	$(CC) $(LDFLAGS) -o $@ $^ $(DECODE_LIBS) $(PKG_LIBS)

# --- translations ---------------------------------------------------------
CATALOGUES := $(foreach l,es en fr pt ht,$(BUILD)/locale/$(l)/LC_MESSAGES/sello.mo)
catalogues: $(if $(wildcard po/es.po),$(CATALOGUES))
$(BUILD)/locale/%/LC_MESSAGES/sello.mo: po/%.po
	@mkdir -p $(@D)
	msgfmt --check-format -o $@ $<

# --- tests ----------------------------------------------------------------
$(BUILD)/obj/tests/%.o: PKG_CFLAGS += $(CHECK_CFLAGS)
$(BUILD)/tests/%: $(BUILD)/obj/tests/%.o $(BUILD)/lib/issue.a $(BUILD)/lib/verify.a $(BUILD)/lib/keys.a $(LINK_ROOMS)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -o $@ $^ $(CHECK_LIBS) $(PKG_LIBS)

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | sort | expand -t 14

clean: ## remove what was built
	rm -rf $(BUILD)

.PHONY: all help clean catalogues
.SECONDARY:
-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)
