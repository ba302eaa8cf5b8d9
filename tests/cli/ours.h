/*
 * ours.h - for libraries that are preloaded: is an address in the program itself,
 * or in one of its libraries?
 */
#ifndef TESTS_CLI_OURS_H
#define TESTS_CLI_OURS_H

#include <link.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static uintptr_t ours, ours_end; /* where the program lies */

static int
ours_look_at(struct dl_phdr_info *info, size_t size, void *arg)
{
	(void)size, (void)arg;
	for (int i = 0; i < info->dlpi_phnum; i++)
		if (info->dlpi_phdr[i].p_type == PT_LOAD) {
			ours = info->dlpi_addr;
			ours_end = ours + info->dlpi_phdr[i].p_vaddr +
			    info->dlpi_phdr[i].p_memsz;
		}
	return 1; /* it is the first of all */
}

/* ours_find - before anything is asked. */
static void
ours_find(void)
{
	dl_iterate_phdr(ours_look_at, NULL);
}

static bool
ours_has(const void *address)
{
	return (uintptr_t)address >= ours && (uintptr_t)address < ours_end;
}

#endif
