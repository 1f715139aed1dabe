# Makefile of Diptych; "make help" lists the targets.
MODE ?= debug# debug | release | asan | tsan
B := build/$(MODE)
V ?= 0
Q := $(if $(filter 1,$(V)),,@)

WARN := -Wall -Wextra -Wpedantic -Werror -Wshadow -Wconversion -Wsign-conversion \
        -Wstrict-prototypes -Wmissing-prototypes -Wcast-qual -Wformat=2 -Wundef \
        -Wvla -Wwrite-strings -Wimplicit-fallthrough
HARD := -fstack-protector-strong -fstack-clash-protection -fcf-protection \
        -D_FORTIFY_SOURCE=2 -fPIE
CPPFLAGS += -I. -D_GNU_SOURCE
CFLAGS_debug := -O1
CFLAGS_release := -O2 $(HARD)
CFLAGS_asan := -O1 -fsanitize=address,undefined -fno-omit-frame-pointer
CFLAGS_tsan := -O1 -fsanitize=thread
CFLAGS += -std=c17 -g $(WARN) -MMD -MP -pthread $(CFLAGS_$(MODE))
LDFLAGS_release := -pie -Wl,-z,relro,-z,now
LDFLAGS += -pthread $(LDFLAGS_$(MODE))

objs = $(patsubst %.c,$(B)/%.o,$(filter-out %/main.c,$(wildcard $(1)/*.c)))
PROTOCOL := $(call objs,protocol)
VALUE := $(call objs,value)
DB := $(call objs,db)
SERVER := $(call objs,server)
CLIENT := $(call objs,client)
# What several unit tests share.
TOOLS := $(call objs,tests/tools)
CHECKS := $(patsubst %.c,$(B)/%,$(wildcard tests/unit/check_*.c))
SERVER_LIBS := -luv -lssl -lcrypto -lsqlite3 -lgmp -lm
CLIENT_LIBS := -lssl -lcrypto -ledit -lxml2 -lm
CHECK_LIBS := $(shell pkg-config --libs check 2>/dev/null)

.PHONY: all unit clean
all: build/diptychd build/diptych

build/diptychd: $(B)/diptychd
	$(Q)cp $< $@
build/diptych: $(B)/diptych
	$(Q)cp $< $@

$(B)/diptychd: $(B)/server/main.o $(PROTOCOL) $(VALUE) $(DB) $(SERVER)
	@echo "LD $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ -o $@ $(SERVER_LIBS)

$(B)/diptych: $(B)/client/main.o $(PROTOCOL) $(CLIENT)
	@echo "LD $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ -o $@ $(CLIENT_LIBS)

$(B)/client/%.o: CPPFLAGS += -I/usr/include/libxml2

$(B)/%.o: %.c
	@mkdir -p $(@D)
	@echo "CC $<"
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -c $< -o $@

# A unit test links all the folders but the two mains: what it does not use
# costs nothing but disk.
$(B)/tests/unit/%: $(B)/tests/unit/%.o $(TOOLS) $(PROTOCOL) $(VALUE) $(DB) $(SERVER) $(CLIENT)
	@echo "LD $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ -o $@ $(CHECK_LIBS) $(SERVER_LIBS) $(CLIENT_LIBS)

unit: $(CHECKS)
	@for t in $(CHECKS); do $$t || exit 1; done

clean:
	rm -rf build

-include $(shell find build -name '*.d' 2>/dev/null)
