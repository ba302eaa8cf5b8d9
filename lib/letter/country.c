#include "letter/code.h"

#include "base/i18n.h"

#include <stdlib.h>
#include <string.h>

/*
 * ISO 3166-1, officially assigned codes by alpha-3. Where everyday English
 * has a shorter name than the list's short name ("Bolivia", not "Bolivia,
 * Plurinational State of"), the shorter one: it is printed in parentheses
 * behind the code. The message ids are those of Debian's iso-codes, so that
 * its translations can be taken over.
 */
static const struct country countries[] = {
	{ "ABW", "AW", N_("Aruba") },
	{ "AFG", "AF", N_("Afghanistan") },
	{ "AGO", "AO", N_("Angola") },
	{ "AIA", "AI", N_("Anguilla") },
	{ "ALA", "AX", N_("Åland Islands") },
	{ "ALB", "AL", N_("Albania") },
	{ "AND", "AD", N_("Andorra") },
	{ "ARE", "AE", N_("United Arab Emirates") },
	{ "ARG", "AR", N_("Argentina") },
	{ "ARM", "AM", N_("Armenia") },
	{ "ASM", "AS", N_("American Samoa") },
	{ "ATA", "AQ", N_("Antarctica") },
	{ "ATF", "TF", N_("French Southern Territories") },
	{ "ATG", "AG", N_("Antigua and Barbuda") },
	{ "AUS", "AU", N_("Australia") },
	{ "AUT", "AT", N_("Austria") },
	{ "AZE", "AZ", N_("Azerbaijan") },
	{ "BDI", "BI", N_("Burundi") },
	{ "BEL", "BE", N_("Belgium") },
	{ "BEN", "BJ", N_("Benin") },
	{ "BES", "BQ", N_("Bonaire, Sint Eustatius and Saba") },
	{ "BFA", "BF", N_("Burkina Faso") },
	{ "BGD", "BD", N_("Bangladesh") },
	{ "BGR", "BG", N_("Bulgaria") },
	{ "BHR", "BH", N_("Bahrain") },
	{ "BHS", "BS", N_("Bahamas") },
	{ "BIH", "BA", N_("Bosnia and Herzegovina") },
	{ "BLM", "BL", N_("Saint Barthélemy") },
	{ "BLR", "BY", N_("Belarus") },
	{ "BLZ", "BZ", N_("Belize") },
	{ "BMU", "BM", N_("Bermuda") },
	{ "BOL", "BO", N_("Bolivia") },
	{ "BRA", "BR", N_("Brazil") },
	{ "BRB", "BB", N_("Barbados") },
	{ "BRN", "BN", N_("Brunei Darussalam") },
	{ "BTN", "BT", N_("Bhutan") },
	{ "BVT", "BV", N_("Bouvet Island") },
	{ "BWA", "BW", N_("Botswana") },
	{ "CAF", "CF", N_("Central African Republic") },
	{ "CAN", "CA", N_("Canada") },
	{ "CCK", "CC", N_("Cocos (Keeling) Islands") },
	{ "CHE", "CH", N_("Switzerland") },
	{ "CHL", "CL", N_("Chile") },
	{ "CHN", "CN", N_("China") },
	{ "CIV", "CI", N_("Côte d'Ivoire") },
	{ "CMR", "CM", N_("Cameroon") },
	{ "COD", "CD", N_("Congo, The Democratic Republic of the") },
	{ "COG", "CG", N_("Congo") },
	{ "COK", "CK", N_("Cook Islands") },
	{ "COL", "CO", N_("Colombia") },
	{ "COM", "KM", N_("Comoros") },
	{ "CPV", "CV", N_("Cabo Verde") },
	{ "CRI", "CR", N_("Costa Rica") },
	{ "CUB", "CU", N_("Cuba") },
	{ "CUW", "CW", N_("Curaçao") },
	{ "CXR", "CX", N_("Christmas Island") },
	{ "CYM", "KY", N_("Cayman Islands") },
	{ "CYP", "CY", N_("Cyprus") },
	{ "CZE", "CZ", N_("Czechia") },
	{ "DEU", "DE", N_("Germany") },
	{ "DJI", "DJ", N_("Djibouti") },
	{ "DMA", "DM", N_("Dominica") },
	{ "DNK", "DK", N_("Denmark") },
	{ "DOM", "DO", N_("Dominican Republic") },
	{ "DZA", "DZ", N_("Algeria") },
	{ "ECU", "EC", N_("Ecuador") },
	{ "EGY", "EG", N_("Egypt") },
	{ "ERI", "ER", N_("Eritrea") },
	{ "ESH", "EH", N_("Western Sahara") },
	{ "ESP", "ES", N_("Spain") },
	{ "EST", "EE", N_("Estonia") },
	{ "ETH", "ET", N_("Ethiopia") },
	{ "FIN", "FI", N_("Finland") },
	{ "FJI", "FJ", N_("Fiji") },
	{ "FLK", "FK", N_("Falkland Islands (Malvinas)") },
	{ "FRA", "FR", N_("France") },
	{ "FRO", "FO", N_("Faroe Islands") },
	{ "FSM", "FM", N_("Micronesia, Federated States of") },
	{ "GAB", "GA", N_("Gabon") },
	{ "GBR", "GB", N_("United Kingdom") },
	{ "GEO", "GE", N_("Georgia") },
	{ "GGY", "GG", N_("Guernsey") },
	{ "GHA", "GH", N_("Ghana") },
	{ "GIB", "GI", N_("Gibraltar") },
	{ "GIN", "GN", N_("Guinea") },
	{ "GLP", "GP", N_("Guadeloupe") },
	{ "GMB", "GM", N_("Gambia") },
	{ "GNB", "GW", N_("Guinea-Bissau") },
	{ "GNQ", "GQ", N_("Equatorial Guinea") },
	{ "GRC", "GR", N_("Greece") },
	{ "GRD", "GD", N_("Grenada") },
	{ "GRL", "GL", N_("Greenland") },
	{ "GTM", "GT", N_("Guatemala") },
	{ "GUF", "GF", N_("French Guiana") },
	{ "GUM", "GU", N_("Guam") },
	{ "GUY", "GY", N_("Guyana") },
	{ "HKG", "HK", N_("Hong Kong") },
	{ "HMD", "HM", N_("Heard Island and McDonald Islands") },
	{ "HND", "HN", N_("Honduras") },
	{ "HRV", "HR", N_("Croatia") },
	{ "HTI", "HT", N_("Haiti") },
	{ "HUN", "HU", N_("Hungary") },
	{ "IDN", "ID", N_("Indonesia") },
	{ "IMN", "IM", N_("Isle of Man") },
	{ "IND", "IN", N_("India") },
	{ "IOT", "IO", N_("British Indian Ocean Territory") },
	{ "IRL", "IE", N_("Ireland") },
	{ "IRN", "IR", N_("Iran") },
	{ "IRQ", "IQ", N_("Iraq") },
	{ "ISL", "IS", N_("Iceland") },
	{ "ISR", "IL", N_("Israel") },
	{ "ITA", "IT", N_("Italy") },
	{ "JAM", "JM", N_("Jamaica") },
	{ "JEY", "JE", N_("Jersey") },
	{ "JOR", "JO", N_("Jordan") },
	{ "JPN", "JP", N_("Japan") },
	{ "KAZ", "KZ", N_("Kazakhstan") },
	{ "KEN", "KE", N_("Kenya") },
	{ "KGZ", "KG", N_("Kyrgyzstan") },
	{ "KHM", "KH", N_("Cambodia") },
	{ "KIR", "KI", N_("Kiribati") },
	{ "KNA", "KN", N_("Saint Kitts and Nevis") },
	{ "KOR", "KR", N_("South Korea") },
	{ "KWT", "KW", N_("Kuwait") },
	{ "LAO", "LA", N_("Laos") },
	{ "LBN", "LB", N_("Lebanon") },
	{ "LBR", "LR", N_("Liberia") },
	{ "LBY", "LY", N_("Libya") },
	{ "LCA", "LC", N_("Saint Lucia") },
	{ "LIE", "LI", N_("Liechtenstein") },
	{ "LKA", "LK", N_("Sri Lanka") },
	{ "LSO", "LS", N_("Lesotho") },
	{ "LTU", "LT", N_("Lithuania") },
	{ "LUX", "LU", N_("Luxembourg") },
	{ "LVA", "LV", N_("Latvia") },
	{ "MAC", "MO", N_("Macao") },
	{ "MAF", "MF", N_("Saint Martin (French part)") },
	{ "MAR", "MA", N_("Morocco") },
	{ "MCO", "MC", N_("Monaco") },
	{ "MDA", "MD", N_("Moldova") },
	{ "MDG", "MG", N_("Madagascar") },
	{ "MDV", "MV", N_("Maldives") },
	{ "MEX", "MX", N_("Mexico") },
	{ "MHL", "MH", N_("Marshall Islands") },
	{ "MKD", "MK", N_("North Macedonia") },
	{ "MLI", "ML", N_("Mali") },
	{ "MLT", "MT", N_("Malta") },
	{ "MMR", "MM", N_("Myanmar") },
	{ "MNE", "ME", N_("Montenegro") },
	{ "MNG", "MN", N_("Mongolia") },
	{ "MNP", "MP", N_("Northern Mariana Islands") },
	{ "MOZ", "MZ", N_("Mozambique") },
	{ "MRT", "MR", N_("Mauritania") },
	{ "MSR", "MS", N_("Montserrat") },
	{ "MTQ", "MQ", N_("Martinique") },
	{ "MUS", "MU", N_("Mauritius") },
	{ "MWI", "MW", N_("Malawi") },
	{ "MYS", "MY", N_("Malaysia") },
	{ "MYT", "YT", N_("Mayotte") },
	{ "NAM", "NA", N_("Namibia") },
	{ "NCL", "NC", N_("New Caledonia") },
	{ "NER", "NE", N_("Niger") },
	{ "NFK", "NF", N_("Norfolk Island") },
	{ "NGA", "NG", N_("Nigeria") },
	{ "NIC", "NI", N_("Nicaragua") },
	{ "NIU", "NU", N_("Niue") },
	{ "NLD", "NL", N_("Netherlands") },
	{ "NOR", "NO", N_("Norway") },
	{ "NPL", "NP", N_("Nepal") },
	{ "NRU", "NR", N_("Nauru") },
	{ "NZL", "NZ", N_("New Zealand") },
	{ "OMN", "OM", N_("Oman") },
	{ "PAK", "PK", N_("Pakistan") },
	{ "PAN", "PA", N_("Panama") },
	{ "PCN", "PN", N_("Pitcairn") },
	{ "PER", "PE", N_("Peru") },
	{ "PHL", "PH", N_("Philippines") },
	{ "PLW", "PW", N_("Palau") },
	{ "PNG", "PG", N_("Papua New Guinea") },
	{ "POL", "PL", N_("Poland") },
	{ "PRI", "PR", N_("Puerto Rico") },
	{ "PRK", "KP", N_("North Korea") },
	{ "PRT", "PT", N_("Portugal") },
	{ "PRY", "PY", N_("Paraguay") },
	{ "PSE", "PS", N_("Palestine, State of") },
	{ "PYF", "PF", N_("French Polynesia") },
	{ "QAT", "QA", N_("Qatar") },
	{ "REU", "RE", N_("Réunion") },
	{ "ROU", "RO", N_("Romania") },
	{ "RUS", "RU", N_("Russian Federation") },
	{ "RWA", "RW", N_("Rwanda") },
	{ "SAU", "SA", N_("Saudi Arabia") },
	{ "SDN", "SD", N_("Sudan") },
	{ "SEN", "SN", N_("Senegal") },
	{ "SGP", "SG", N_("Singapore") },
	{ "SGS", "GS", N_("South Georgia and the South Sandwich Islands") },
	{ "SHN", "SH", N_("Saint Helena, Ascension and Tristan da Cunha") },
	{ "SJM", "SJ", N_("Svalbard and Jan Mayen") },
	{ "SLB", "SB", N_("Solomon Islands") },
	{ "SLE", "SL", N_("Sierra Leone") },
	{ "SLV", "SV", N_("El Salvador") },
	{ "SMR", "SM", N_("San Marino") },
	{ "SOM", "SO", N_("Somalia") },
	{ "SPM", "PM", N_("Saint Pierre and Miquelon") },
	{ "SRB", "RS", N_("Serbia") },
	{ "SSD", "SS", N_("South Sudan") },
	{ "STP", "ST", N_("Sao Tome and Principe") },
	{ "SUR", "SR", N_("Suriname") },
	{ "SVK", "SK", N_("Slovakia") },
	{ "SVN", "SI", N_("Slovenia") },
	{ "SWE", "SE", N_("Sweden") },
	{ "SWZ", "SZ", N_("Eswatini") },
	{ "SXM", "SX", N_("Sint Maarten (Dutch part)") },
	{ "SYC", "SC", N_("Seychelles") },
	{ "SYR", "SY", N_("Syria") },
	{ "TCA", "TC", N_("Turks and Caicos Islands") },
	{ "TCD", "TD", N_("Chad") },
	{ "TGO", "TG", N_("Togo") },
	{ "THA", "TH", N_("Thailand") },
	{ "TJK", "TJ", N_("Tajikistan") },
	{ "TKL", "TK", N_("Tokelau") },
	{ "TKM", "TM", N_("Turkmenistan") },
	{ "TLS", "TL", N_("Timor-Leste") },
	{ "TON", "TO", N_("Tonga") },
	{ "TTO", "TT", N_("Trinidad and Tobago") },
	{ "TUN", "TN", N_("Tunisia") },
	{ "TUR", "TR", N_("Türkiye") },
	{ "TUV", "TV", N_("Tuvalu") },
	{ "TWN", "TW", N_("Taiwan") },
	{ "TZA", "TZ", N_("Tanzania") },
	{ "UGA", "UG", N_("Uganda") },
	{ "UKR", "UA", N_("Ukraine") },
	{ "UMI", "UM", N_("United States Minor Outlying Islands") },
	{ "URY", "UY", N_("Uruguay") },
	{ "USA", "US", N_("United States") },
	{ "UZB", "UZ", N_("Uzbekistan") },
	{ "VAT", "VA", N_("Holy See (Vatican City State)") },
	{ "VCT", "VC", N_("Saint Vincent and the Grenadines") },
	{ "VEN", "VE", N_("Venezuela") },
	{ "VGB", "VG", N_("Virgin Islands, British") },
	{ "VIR", "VI", N_("Virgin Islands, U.S.") },
	{ "VNM", "VN", N_("Vietnam") },
	{ "VUT", "VU", N_("Vanuatu") },
	{ "WLF", "WF", N_("Wallis and Futuna") },
	{ "WSM", "WS", N_("Samoa") },
	{ "YEM", "YE", N_("Yemen") },
	{ "ZAF", "ZA", N_("South Africa") },
	{ "ZMB", "ZM", N_("Zambia") },
	{ "ZWE", "ZW", N_("Zimbabwe") },
};
#define COUNTRY_COUNT (sizeof(countries) / sizeof(countries[0]))
_Static_assert(COUNTRY_COUNT == 249, "ISO 3166-1 assigns 249 codes");

/* ICAO Doc 9303-3, section 5, parts B and D. */
const struct code code_authority[] = {
	{ "EUE", N_("European Union") },
	{ "RKS", N_("Kosovo") },
	{ "UNA", N_("Specialized agency of the United Nations") },
	{ "UNK", N_("United Nations Mission in Kosovo") },
	{ "UNO", N_("United Nations") },
	{ "XBA", N_("African Development Bank") },
	{ "XCC", N_("Caribbean Community") },
	{ "XCE", N_("Council of Europe") },
	{ "XCO", N_("Common Market for Eastern and Southern Africa") },
	{ "XDC", N_("Southern African Development Community") },
	{ "XEC", N_("Economic Community of West African States") },
	{ "XES", N_("Organization of Eastern Caribbean States") },
	{ "XIM", N_("African Export-Import Bank") },
	{ "XMP", N_("Parliamentary Assembly of the Mediterranean") },
	{ "XOM", N_("Sovereign Military Order of Malta") },
	{ "XPO", N_("Interpol") },
	{ NULL, NULL },
};

/*
 * The same section, parts A and C. XXB and XXC are said like XXX: these labels
 * are printed, and no label says why somebody travels (docs/letter.md).
 */
const struct code code_no_country[] = {
	{ "GBD", N_("British Overseas Territories citizen") },
	{ "GBN", N_("British National (Overseas)") },
	{ "GBO", N_("British Overseas citizen") },
	{ "GBP", N_("British protected person") },
	{ "GBS", N_("British subject") },
	{ "XXA", N_("Without nationality") },
	{ "XXB", N_("Nationality not specified") },
	{ "XXC", N_("Nationality not specified") },
	{ "XXX", N_("Nationality not specified") },
	{ NULL, NULL },
};

static int
compare_alpha3(const void *key, const void *row)
{
	return strcmp(key, ((const struct country *)row)->alpha3);
}

const struct country *
country_find(const char *alpha3)
{
	return bsearch(alpha3, countries, COUNTRY_COUNT, sizeof(countries[0]),
	    compare_alpha3);
}

const struct country *
country_by_alpha2(const char *alpha2)
{
	for (size_t i = 0; i < COUNTRY_COUNT; i++)
		if (strcmp(countries[i].alpha2, alpha2) == 0)
			return &countries[i];
	return NULL;
}

const struct country *
country_at(size_t i)
{
	return i < COUNTRY_COUNT ? &countries[i] : NULL;
}

bool
issuer_is_known(const char *code)
{
	return country_find(code) != NULL ||
	    code_find(code_authority, code) != NULL;
}

bool
nationality_is_known(const char *code)
{
	return nationality_label(code) != NULL;
}

const char *
nationality_label(const char *code)
{
	const struct country *country = country_find(code);
	const struct code *other = code_find(code_authority, code);

	if (country != NULL)
		return country->label;
	if (other == NULL)
		other = code_find(code_no_country, code);
	return other == NULL ? NULL : other->label;
}
