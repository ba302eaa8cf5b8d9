/*
 * print.c - printf whose texts cannot paint: print.h.
 */
#include "base/print.h"

#include "base/terminal.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

#define FLAGS "-+ #0"

/* One conversion of a format: "%-12.3ld" is - 12 3 l d */
struct spec {
	char flags[sizeof(FLAGS)];
	int width;     /* 0: none */
	int precision; /* -1: none */
	char length;   /* l, L for ll, z, j or '\0' (h needs no care) */
	char conversion;
};

/* The arguments, passed on by address: a va_list may be an array. */
struct arguments {
	va_list list;
};

static int
parse_number(const char **at, struct arguments *arguments)
{
	int number = 0;

	if (**at == '*') {
		++*at;
		return va_arg(arguments->list, int);
	}
	for (; **at >= '0' && **at <= '9' && number < 100000; ++*at)
		number = number * 10 + (**at - '0');
	return number;
}

static char
parse_length(const char **at)
{
	char length = '\0';

	while (**at == 'h')
		++*at;
	if (**at != '\0' && strchr("lzj", **at) != NULL)
		length = *(*at)++;
	if (length == 'l' && **at == 'l') {
		++*at;
		length = 'L';
	}
	return length;
}

/* Reads what stands behind a percent sign. */
static struct spec
parse_spec(const char **at, struct arguments *arguments)
{
	struct spec spec = { .precision = -1 };
	size_t count = 0;

	for (; **at != '\0' && strchr(FLAGS, **at) != NULL; ++*at)
		if (count + 1 < sizeof(spec.flags))
			spec.flags[count++] = **at;
	spec.width = parse_number(at, arguments);
	if (**at == '.') {
		++*at;
		spec.precision = parse_number(at, arguments);
	}
	spec.length = parse_length(at);
	if (**at != '\0')
		spec.conversion = *(*at)++;
	return spec;
}

/* The bytes that precision allows, padded to width characters. */
static void
add_text(struct bytes *out, const struct spec *spec, const char *text)
{
	size_t len = spec->precision < 0
	    ? strlen(text)
	    : strnlen(text, (size_t)spec->precision);
	bool left = strchr(spec->flags, '-') != NULL;
	struct bytes safe = { 0 };
	size_t shown, gap;

	utf8_print_safe(text, len, &safe);
	shown = safe.len > 0 ? utf8_length((const char *)safe.at) : 0;
	gap = spec->width > 0 && (size_t)spec->width > shown
	    ? (size_t)spec->width - shown
	    : 0;
	if (!left)
		bytes_addf(out, "%*s", (int)gap, "");
	bytes_add(out, safe.at, safe.len);
	if (left)
		bytes_addf(out, "%*s", (int)gap, "");
	out->failed |= safe.failed;
	bytes_wipe(&safe);
}

static intmax_t
parse_signed(char length, struct arguments *arguments)
{
	switch (length) {
	case 'l':
		return va_arg(arguments->list, long);
	case 'L':
		return va_arg(arguments->list, long long);
	case 'z':
		return va_arg(arguments->list, ssize_t);
	case 'j':
		return va_arg(arguments->list, intmax_t);
	default:
		return va_arg(arguments->list, int);
	}
}

static uintmax_t
parse_unsigned(char length, struct arguments *arguments)
{
	switch (length) {
	case 'l':
		return va_arg(arguments->list, unsigned long);
	case 'L':
		return va_arg(arguments->list, unsigned long long);
	case 'z':
		return va_arg(arguments->list, size_t);
	case 'j':
		return va_arg(arguments->list, uintmax_t);
	default:
		return va_arg(arguments->list, unsigned int);
	}
}

/* Numbers are printf's affair: the conversion again, for one argument. */
static void
add_number(
    struct bytes *out, const struct spec *spec, struct arguments *arguments)
{
	bool is_signed = strchr("di", spec->conversion) != NULL;
	bool is_real = strchr("fFeEgG", spec->conversion) != NULL;
	char format[32];

	snprintf(format, sizeof(format), "%%%s*.*%s%c", spec->flags,
	    is_real ? "" : "j", spec->conversion);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	if (is_real)
		bytes_addf(out, format, spec->width, spec->precision,
		    va_arg(arguments->list, double));
	else if (is_signed)
		bytes_addf(out, format, spec->width, spec->precision,
		    parse_signed(spec->length, arguments));
	else
		bytes_addf(out, format, spec->width, spec->precision,
		    parse_unsigned(spec->length, arguments));
#pragma GCC diagnostic pop
}

static void
add_conversion(struct bytes *out, const struct spec *spec,
    struct arguments *arguments, int before)
{
	char one[2] = "";
	const char *text;

	switch (spec->conversion) {
	case '%':
		bytes_add_byte(out, '%');
		break;
	case 'm':
		add_text(out, spec, strerror(before));
		break;
	case 'c':
		one[0] = (char)va_arg(arguments->list, int);
		add_text(out, spec, one);
		break;
	case 's':
		text = va_arg(arguments->list, const char *);
		add_text(out, spec, text != NULL ? text : "");
		break;
	case 'd':
	case 'i':
	case 'u':
	case 'x':
	case 'X':
	case 'o':
	case 'f':
	case 'e':
	case 'g':
		add_number(out, spec, arguments);
		break;
	default: /* a format of ours that nobody tried: say nothing wrong */
		out->failed = true;
	}
}

void
print_add(struct bytes *out, const char *fmt, va_list list)
{
	struct arguments arguments;
	int before = errno;
	size_t plain;

	va_copy(arguments.list, list);
	while (*fmt != '\0' && !out->failed) {
		plain = strcspn(fmt, "%");
		bytes_add(out, fmt, plain);
		fmt += plain;
		if (*fmt == '%') {
			struct spec spec;

			fmt++;
			spec = parse_spec(&fmt, &arguments);
			add_conversion(out, &spec, &arguments, before);
		}
	}
	va_end(arguments.list);
}

static void
print_list(FILE *out, const char *fmt, va_list list)
{
	struct bytes text = { 0 };

	print_add(&text, fmt, list);
	/* a failed write stays in ferror(), which cli_main() reports */
	if (text.len > 0)
		terminal_write(out, (const char *)text.at, text.len);
	bytes_wipe(&text); /* it may be a letter's */
}

void
print_to(FILE *out, const char *fmt, ...)
{
	va_list list;

	va_start(list, fmt);
	print_list(out, fmt, list);
	va_end(list);
}

void
print(const char *fmt, ...)
{
	va_list list;

	va_start(list, fmt);
	print_list(stdout, fmt, list);
	va_end(list);
}

void
print_own(FILE *out, const char *text)
{
	terminal_write(out, text, strlen(text));
}

void
print_folded(FILE *out, const char *text, const struct fold *how)
{
	struct bytes safe = { 0 }, folded = { 0 };

	utf8_print_safe(text, strlen(text), &safe);
	fold_add(&folded, (const char *)safe.at, safe.len, how);
	bytes_add_byte(&folded, '\n');
	terminal_write(out, (const char *)folded.at, folded.len);
	bytes_wipe(&folded);
	bytes_wipe(&safe);
}

void
print_flush(FILE *out)
{
	(void)terminal_flush(out); /* ferror() tells */
}
