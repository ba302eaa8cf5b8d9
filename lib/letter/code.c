#include "letter/code.h"

#include "base/i18n.h"

#include <string.h>

const struct code code_language[] = {
	{ "es", N_("Spanish") },
	{ "en", N_("English") },
	{ "fr", N_("French") },
	{ "pt", N_("Portuguese") },
	{ "ht", N_("Haitian Creole") },
	{ NULL, NULL },
};

const struct code code_sex[] = {
	{ "F", N_("Female") },
	{ "M", N_("Male") },
	{ "X", N_("Unspecified") },
	{ NULL, NULL },
};

const struct code code_identity_basis[] = {
	{ "DOC", N_("Original document seen") },
	{ "COPY", N_("Copy of a document seen") },
	{ "DECLARED", N_("Stated by the person") },
	{ NULL, NULL },
};

/*
 * These are printed. The paper may be carried past people from whom its
 * holder fled, so no label says why somebody travels (docs/letter.md).
 */
const struct code code_document_type[] = {
	{ "P", N_("Passport") },
	{ "I", N_("National identity card") },
	{ "R", N_("Residence permit") },
	{ "T", N_("Travel document") },
	{ "U", N_("Certificate of an international organization") },
	{ "B", N_("Birth certificate") },
	{ "C", N_("Consular card") },
	{ NULL, NULL },
};

const struct code code_relationship[] = {
	{ "SPOUSE", N_("Spouse") },
	{ "PARTNER", N_("Partner") },
	{ "CHILD", N_("Child") },
	{ "PARENT", N_("Parent") },
	{ "SIBLING", N_("Sibling") },
	{ "GRANDPARENT", N_("Grandparent") },
	{ "GRANDCHILD", N_("Grandchild") },
	{ "WARD", N_("Ward") },
	{ "OTHER", N_("Other relationship") },
	{ NULL, NULL },
};

const struct code code_requested_action[] = {
	{ "APPOINTMENT", N_("Give an appointment") },
	{ "RECEIVE_APPLICATION", N_("Receive an application") },
	{ "DOCUMENT_INTAKE", N_("Take in documents") },
	{ "INFORMATION", N_("Give information") },
	{ NULL, NULL },
};

const struct code code_pathway[] = {
	{ "RST", N_("Resettlement") },
	{ "HUM", N_("Humanitarian admission") },
	{ "COM", N_("Community sponsorship") },
	{ "LCI", N_("Labor migration, circular") },
	{ "LST", N_("Labor migration, stable") },
	{ "LSK", N_("Highly qualified work") },
	{ "JSV", N_("Job-seeker visa") },
	{ "FAM", N_("Family reunification") },
	{ "STU", N_("Study or training") },
	{ "OTH", N_("Other program line") },
	{ NULL, NULL },
};

const struct code *
code_find(const struct code *list, const char *code)
{
	int at = code_index(list, code);

	return at < 0 ? NULL : &list[at];
}

int
code_index(const struct code *list, const char *code)
{
	for (int i = 0; list[i].code != NULL; i++)
		if (strcmp(list[i].code, code) == 0)
			return i;
	return -1;
}
