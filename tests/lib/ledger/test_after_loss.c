/*
 * test_after_loss.c - lost lines that turn up accuse nobody. An honest center
 * loses the last lines of its log, goes on in the next one with what it still
 * has, and the root raises the end of the first over the lost lines. Whatever
 * it did in both, as its own program would have let it, no line breaks a rule
 * that readers refuse.
 *
 * LOSSES=5000 tests/lib/ledger/test_after_loss; default 100. A history is made
 * again by its number.
 */
#include "base/clock.h"
#include "tests/check_main.h"
#include "tests/lib/ledger/script.h"

#define LINES 160
#define CODES 8
#define NAME  32

static const char *const codes[CODES] = { "AD0001", "OF1007", "AP2003",
	"AD0002", "AP2004", "OF1008", "OF1009", "AP2005" };
static const char *const roles[CODES] = { "ADMIN", "DRAFTER", "APPROVER",
	"ADMIN", "APPROVER", "DRAFTER", "DRAFTER", "APPROVER" };

struct deed {
	struct log_entry entry;
	unsigned generation;
};

/* What somebody knows of the center: its lines so far, and who has which key
 * there. */
struct known {
	struct deed deed[LINES];
	size_t count;
	char key[CODES][NAME]; /* by name; "": never had one */
	unsigned letters;
};

struct loss {
	struct script s; /* the history, the list, the signer */
	uint64_t random;
	unsigned keys; /* made so far */
	unsigned commitments;
	char story[8192];
};

static uint64_t
roll(struct loss *l, uint64_t sides)
{
	l->random ^= l->random << 13;
	l->random ^= l->random >> 7;
	l->random ^= l->random << 17;
	return l->random % sides;
}

static int
code_of(const char *code)
{
	for (int i = 0; i < CODES; i++)
		if (strcmp(codes[i], code) == 0)
			return i;
	return 0;
}

/* --- reading -------------------------------------------------------------- */

static void
forget(struct loss *l)
{
	struct script *s = &l->s;

	history_clear(&s->history);
	letters_free(&s->letters);
	s->letters = letters_new();
	s->calls = letters_of(s->letters);
	strcpy(s->history.center, "GTGUA01");
	script_list(s);
}

static unsigned
read_line(struct loss *l, const struct deed *deed)
{
	struct script *s = &l->s;

	if (s->history.generation != deed->generation)
		history_begin(&s->history, deed->generation);
	ck_assert_int_eq(history_add(&s->history, &deed->entry, &s->calls,
			     &s->broken, &s->persons, NULL),
	    ERR_OK);
	if ((s->broken & RULES_REFUSED) == 0 &&
	    line_verify_persons(&deed->entry, "RRP-ES", &s->persons, NULL) !=
		ERR_OK)
		s->broken |= RULES_REFUSED;
	return s->broken;
}

static void
read_all(struct loss *l, const struct known *known)
{
	forget(l);
	for (size_t i = 0; i < known->count; i++)
		read_line(l, &known->deed[i]);
}

/* --- writing -------------------------------------------------------------- */

static void
sign_with(struct loss *l, const struct known *known, const char *code)
{
	int i = code_of(code);

	if (code[0] != '\0' && known->key[i][0] != '\0')
		use_key(&l->s, codes[i], known->key[i]);
}

/* As the center's program does it: what readers of what it has would refuse, or
 * hold void, is not entered. */
static bool
enter(struct loss *l, struct known *known, struct log_entry e, unsigned gen)
{
	struct deed *deed = &known->deed[known->count];
	size_t len = strlen(l->story);

	if (known->count == LINES || strcmp(e.officer, e.approver) == 0)
		return false;
	sign_with(l, known, e.officer);
	sign_with(l, known, e.approver);
	chronicle_sign(&l->s.signer, &e);
	*deed = (struct deed){ e, gen };
	if (read_line(l, deed) != 0) {
		read_all(l, known);
		return false;
	}
	known->count++;
	snprintf(l->story + len, sizeof(l->story) - len,
	    "%u/%u %s %s%s%s %s %s\n", gen, (unsigned)e.index,
	    entry_kind_name(e.kind), e.number, e.ref[0] != '\0' ? " " : "",
	    e.ref, e.reason, e.officer);
	snprintf(l->story + strlen(l->story),
	    sizeof(l->story) - strlen(l->story), "   beside %s\n", e.approver);
	return true;
}

static struct log_entry
next(struct loss *l, enum entry_kind kind, unsigned letter)
{
	l->s.index = l->s.history.next;
	return line(&l->s, kind, letter);
}

static void
name_key(struct loss *l, char out[NAME])
{
	snprintf(out, NAME, "key %u", l->keys++);
}

/* A person takes this key, perhaps the one that is known, by a line. */
static bool
give(struct loss *l, struct known *known, int who, const char *reason,
    const char *officer, const char *approver, const char *name, unsigned gen)
{
	struct log_entry e = next(l, ENTRY_STAFF, 0);
	char before[NAME], taken[NAME];

	strcpy(before, known->key[who]);
	strcpy(taken, name);
	strcpy(e.ref, codes[who]);
	strcpy(e.reason, reason);
	strcpy(e.officer, officer);
	strcpy(e.approver, approver);
	if (strcmp(reason, "REMOVED") == 0)
		new_key(&e, before);
	else
		new_key(&e, taken);
	e.has_person_key = strcmp(reason, "REMOVED") != 0;
	if (approver[0] == '\0') /* the root read it aloud */
		strcpy(known->key[who], taken);
	if (!enter(l, known, e, gen)) {
		strcpy(known->key[who], before);
		return false;
	}
	if (e.has_person_key)
		strcpy(known->key[who], taken);
	return true;
}

static void
staff_line(struct loss *l, struct known *known, unsigned gen)
{
	int who = (int)roll(l, CODES);
	char name[NAME], own[NAME];

	name_key(l, name);
	name_key(l, own);
	switch (roll(l, 5)) {
	case 0:
		if (give(l, known, who, roles[who], codes[roll(l, 2) * 3],
			codes[2 + roll(l, 2) * 2], name, gen))
			give(l, known, who, "KEY", codes[who],
			    codes[roll(l, CODES)], own, gen);
		break;
	case 1:
		give(l, known, who, "KEY", codes[who], codes[roll(l, CODES)],
		    own, gen);
		break;
	case 2:
		give(l, known, who, "KEY", codes[roll(l, 2) * 3],
		    codes[2 + roll(l, 2) * 2], name, gen);
		break;
	case 3:
		give(l, known, who, "REMOVED", codes[roll(l, 2) * 3],
		    codes[2 + roll(l, 2) * 2], "", gen);
		break;
	case 4:
		break;
	}
}

/* Whom the root read aloud enters by the own signature alone. */
static void
help(struct loss *l, struct known *known, unsigned gen)
{
	const struct trust_center *list = &l->s.list;
	int who = (int)roll(l, CODES);
	char name[NAME];

	if (list->roster_count == 1)
		return;
	snprintf(name, sizeof(name), "%s R%u", codes[who],
	    1 + (unsigned)roll(l, list->roster_count - 1));
	if (!give(l, known, who, roles[who], codes[who], "", name, gen))
		give(l, known, who, "KEY", codes[who], "", name, gen);
}

static void
letter_line(struct loss *l, struct known *known, unsigned gen)
{
	unsigned n = known->letters == 0 || roll(l, 2) == 0
	    ? known->letters + 1
	    : 1 + (unsigned)roll(l, known->letters);
	struct log_entry e;

	if (n > known->letters) {
		e = next(l,
		    roll(l, 4) == 0 && n > 1 ? ENTRY_CORRECT : ENTRY_ISSUE, n);
		if (e.kind == ENTRY_CORRECT)
			number_of(1 + (unsigned)roll(l, n - 1), e.ref);
		memset(e.commitment, 0, sizeof(e.commitment));
		l->commitments++;
		memcpy(e.commitment, &l->commitments, sizeof(l->commitments));
		e.digest[1] = (uint8_t)l->commitments;
		strcpy(e.officer, codes[roll(l, 3) == 0 ? 5 : 1]);
		strcpy(e.approver, codes[roll(l, 3) == 0 ? 4 : 2]);
		known->letters += enter(l, known, e, gen);
		return;
	}
	e = next(l, roll(l, 2) == 0 ? ENTRY_WITHDRAW : ENTRY_REPRINT, n);
	memcpy(e.digest, letters_find(l->s.letters, 2026, n, NULL)->digest, 32);
	strcpy(e.officer, codes[roll(l, 2) * 2]);
	if (e.kind == ENTRY_REPRINT)
		snprintf(e.ref, sizeof(e.ref), "%u", 2 + (unsigned)roll(l, 2));
	else if (roll(l, 2) == 0) {
		strcpy(e.reason, "FRAUD");
		strcpy(e.approver, codes[roll(l, 2) == 0 ? 0 : 4]);
	}
	enter(l, known, e, gen);
}

static void
other_line(struct loss *l, struct known *known, unsigned gen)
{
	struct log_entry e = next(l,
	    roll(l, 6) != 0       ? ENTRY_CLOSE
		: roll(l, 2) == 0 ? ENTRY_RESTORE
				  : ENTRY_CLOCK,
	    0);

	strcpy(e.officer, codes[roll(l, CODES)]);
	if (e.kind == ENTRY_CLOCK) {
		ck_assert(clock_format(l->s.history.last_time, e.ref));
		e.time -= 20;
	}
	if (e.kind != ENTRY_CLOSE || roll(l, 2) == 0)
		strcpy(e.approver, codes[roll(l, CODES)]);
	enter(l, known, e, gen);
}

static void
work(struct loss *l, struct known *known, unsigned gen, uint64_t steps)
{
	while (steps-- > 0)
		switch (roll(l, 8)) {
		case 0:
		case 1:
		case 2:
			staff_line(l, known, gen);
			break;
		case 3:
			help(l, known, gen);
			break;
		case 4:
			other_line(l, known, gen);
			break;
		default:
			letter_line(l, known, gen);
		}
}

/* --- a loss --------------------------------------------------------------- */

/* The root hears some of them read aloud anew. */
static void
hear(struct loss *l)
{
	struct script *s = &l->s;
	struct trust_roster *made;
	struct trust_person *person;
	char name[NAME];

	made = script_roster(s, s->time++);
	made->person_count = 0;
	made->persons =
	    reallocarray(made->persons, CODES, sizeof(*made->persons));
	ck_assert_ptr_nonnull(made->persons);
	for (int who = 0; who < CODES; who++) {
		if (roll(l, 3) == 0)
			continue;
		snprintf(name, sizeof(name), "%s R%u", codes[who],
		    (unsigned)s->list.roster_count - 1);
		person = &made->persons[made->person_count++];
		*person = support_person(
		    "GTGUA01", name, person_role_letter(roles[who]));
		strcpy(person->code, codes[who]);
	}
	trust_roster_sort(made);
}

static bool
stands(const struct loss *l, int who)
{
	const struct roster_person *found =
	    roster_find(&l->s.history.roster, codes[who]);

	return found != NULL && roster_view_of(found)->standing;
}

/* The next log, by an administrator and an approver, or as the root heard. */
static void
go_on(struct loss *l, struct known *known)
{
	bool stood[CODES];
	int admin = roll(l, 2) == 0 ? 3 : 0, approver = roll(l, 2) == 0 ? 4 : 2;
	struct log_entry e;

	for (int i = 0; i < CODES; i++)
		stood[i] = stands(l, i);
	history_begin(&l->s.history, 2);
	e = next(l, ENTRY_OPEN, 0);
	strcpy(e.officer, codes[admin]);
	if (!enter(l, known, e, 2))
		return;
	for (int i = 0; i < CODES; i++)
		if (roll(l, 4) == 0)
			help(l, known, 2);
		else if (stood[i])
			give(l, known, i, roles[i], codes[admin],
			    codes[approver], known->key[i], 2);
}

static void
found(struct loss *l, struct known *known)
{
	for (int i = 0; i < 3; i++)
		strcpy(known->key[i], codes[i]);
	enter(l, known, next(l, ENTRY_OPEN, 0), 1);
	for (int i = 0; i < 3; i++)
		give(l, known, i, roles[i], "AD0001", "", known->key[i], 1);
}

/* Both logs as they are now, the first with what was lost. */
static void
join(struct loss *l, const struct known *before, const struct known *lost,
    const struct known *later, uint64_t number)
{
	unsigned broken;

	read_all(l, lost);
	for (size_t i = before->count; i < later->count; i++) {
		broken = read_line(l, &later->deed[i]);
		if (getenv("LOSS_VOID") != NULL && (broken & RULE_VOID) != 0)
			printf("history %u: void line %u\n", (unsigned)number,
			    (unsigned)later->deed[i].entry.index);
		ck_assert_msg((broken & RULES_REFUSED) == 0,
		    "history %u, line %u of the later log: %x\n%s",
		    (unsigned)number, (unsigned)later->deed[i].entry.index,
		    broken, l->story);
	}
}

static void
lose(uint64_t number)
{
	static struct known before, lost, later; /* large */
	static struct loss l;

	memset(&before, 0, sizeof(before));
	l = (struct loss){ .random =
			       (number + 1) * UINT64_C(0x9e3779b97f4a7c15) };
	script_begin(&l.s);
	found(&l, &before);
	work(&l, &before, 1, roll(&l, 12));
	if (roll(&l, 2) == 0)
		hear(&l);
	work(&l, &before, 1, roll(&l, 8));
	lost = before;
	strcat(l.story, "--- these are lost\n");
	work(&l, &lost, 1, 1 + roll(&l, 12));
	read_all(&l, &before);
	later = before;
	strcat(l.story, "--- the next log\n");
	if (roll(&l, 4) == 0)
		hear(&l);
	go_on(&l, &later);
	if (later.count > before.count)
		work(&l, &later, 2, 4 + roll(&l, 16));
	join(&l, &before, &lost, &later, number);
	script_end(&l.s);
}

START_TEST(lost_lines_that_turn_up_prove_nothing)
{
	const char *text = getenv("LOSSES");
	const char *from = getenv("LOSS_FROM");
	uint64_t count = text != NULL ? strtoull(text, NULL, 10) : 100;

	for (uint64_t i = from != NULL ? strtoull(from, NULL, 10) : 0;
	     i < count; i++)
		lose(i);
}
END_TEST

/* --- one by one ----------------------------------------------------------- */

/* Who entered in the first log because the root heard them, in lines that were
 * lost, enters so in the next one, at its beginning or later, and stands. */
START_TEST(the_root_helps_again_after_a_loss)
{
	struct log_entry e;
	struct script s;

	script_begin(&s);
	script_found(&s);
	read_aloud(&s, s.time++, "OF1009", 'D', "ninth");
	good(&s, helped(&s, "OF1009", "DRAFTER", "ninth"));
	script_next(&s);
	script_found(&s);
	if (_i == 1)
		good(&s, line(&s, ENTRY_CLOSE, 0));
	reload(&s);
	good(&s, helped(&s, "OF1009", "DRAFTER", "ninth"));
	e = line(&s, ENTRY_ISSUE, 1);
	strcpy(e.officer, "OF1009");
	good(&s, e);
	/* not twice in one log, and not who was sent away */
	good(&s, staff(&s, "OF1009", "REMOVED"));
	bad(&s, helped(&s, "OF1009", "DRAFTER", "ninth"), RULE_ALONE);
	script_end(&s);
}
END_TEST

/* Or has another key, or left: told, and they do not stand. */
START_TEST(who_changed_since_does_not_stand)
{
	struct log_entry e;
	struct script s;

	script_begin(&s);
	script_found(&s);
	read_aloud(&s, s.time++, "OF1009", 'D', "ninth");
	good(&s, helped(&s, "OF1009", "DRAFTER", "ninth"));
	if (_i == 0)
		changed(&s, "OF1009", "AP2003", "newer");
	else
		good(&s, staff(&s, "OF1009", "REMOVED"));
	script_next(&s);
	script_found(&s);
	good(&s, line(&s, ENTRY_CLOSE, 0));
	bad(&s, helped(&s, "OF1009", "DRAFTER", "ninth"),
	    RULE_VOID | RULE_RENUMBERED);
	e = line(&s, ENTRY_ISSUE, 1);
	strcpy(e.officer, "OF1009");
	bad(&s, e, RULE_VOID);
	/* what the root did not hear is as it ever was */
	ck_assert_uint_ne(
	    take(&s, change(&s, "OF1009", "KEY", "OF1009", "", "other")) &
		RULE_ALONE,
	    0);
	script_end(&s);
}
END_TEST

/* Where the first letter stands its center may not know. */
START_TEST(a_founder_is_no_approver_in_a_later_log)
{
	struct log_entry e;
	struct script s;

	script_begin(&s);
	script_found(&s);
	script_next(&s);
	script_found(&s);
	e = line(&s, ENTRY_CLOSE, 0);
	strcpy(e.officer, "AD0001");
	bad(&s, e, RULE_ROLE);
	script_end(&s);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("after_loss");
	TCase *t = tcase_create("after_loss");

	tcase_add_loop_test(t, the_root_helps_again_after_a_loss, 0, 2);
	tcase_add_loop_test(t, who_changed_since_does_not_stand, 0, 2);
	tcase_add_test(t, a_founder_is_no_approver_in_a_later_log);
	tcase_add_test(t, lost_lines_that_turn_up_prove_nothing);
	tcase_set_timeout(t, 600);
	suite_add_tcase(s, t);
	return s;
}
CHECK_MAIN(suite);
