# Compiler and linker flags, once. SAN=1: AddressSanitizer and UBSan.
CPPFLAGS += -I. -Ilib -D_GNU_SOURCE -DSELLO_VERSION='"$(VERSION)"' -DSELLO_PREFIX='"$(PREFIX)"'
WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes \
            -Wmissing-prototypes -Wpointer-arith -Wwrite-strings -Wvla -Werror
# what a sanitizer says needs lines alone
CFLAGS   ?= -O2 -g$(if $(SAN),1)
ifdef SAN
override CFLAGS += -fsanitize=address,undefined -fno-sanitize-recover=all \
            -fno-omit-frame-pointer
LDFLAGS  += -fsanitize=address,undefined
ifdef FUZZ
override CFLAGS += -fsanitize=fuzzer-no-link
endif
else
CPPFLAGS += -D_FORTIFY_SOURCE=3
endif
override CFLAGS += -std=c17 -pthread $(WARNINGS) -fstack-protector-strong -fPIE \
            -fstack-clash-protection '-ffile-prefix-map=$(CURDIR)=.'
# where the processor checks jumps (Intel's CET)
ifneq ($(filter x86_64 i%86,$(shell uname -m)),)
override CFLAGS += -fcf-protection=full
endif
LDFLAGS  += -pthread -pie -Wl,-z,relro,-z,now -Wl,-z,noexecstack -Wl,--as-needed

PKG      := libcrypto libxml-2.0 libqrencode sqlite3 jansson cairo \
            pangocairo pangoft2 fontconfig libpng zlib libqpdf libzip
PKG_CFLAGS := $(shell pkg-config --cflags $(PKG) 2>/dev/null)
PKG_LIBS   := $(shell pkg-config --libs $(PKG) 2>/dev/null) -lunistring -lm
# of the pages; programs without any do not load it (--as-needed)
HTTP_CFLAGS := $(shell pkg-config --cflags libmicrohttpd 2>/dev/null)
PKG_LIBS    += $(shell pkg-config --libs libmicrohttpd 2>/dev/null)
DECODE_PKG := zbar poppler-glib libpng zlib libjpeg libwebp libtiff-4
DECODE_CFLAGS := $(shell pkg-config --cflags $(DECODE_PKG) 2>/dev/null)
DECODE_LIBS   := $(shell pkg-config --libs $(DECODE_PKG) 2>/dev/null) -lgif -lm
CHECK_CFLAGS := $(shell pkg-config --cflags check 2>/dev/null)
CHECK_LIBS   := $(shell pkg-config --libs check 2>/dev/null)
