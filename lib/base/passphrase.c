/*
 * passphrase.c - passphrase.h.
 */
#include "base/passphrase.h"
#include "base/ascii.h"

#include "base/bytes.h"
#include "base/i18n.h"
#include "base/utf8.h"

#include <stdbool.h>
#include <string.h>

/* From published lists of what leaked, and what suggests itself here, as
 * utf8_fold() leaves it and without digits at the ends; by alphabet. */
static const char *const common[] = {
	"aaaaaa",
	"abc",
	"abcd",
	"abcdef",
	"abcdefg",
	"abcdefgh",
	"access",
	"admin",
	"administrador",
	"administrateur",
	"administrator",
	"approver",
	"aprobador",
	"asdf",
	"asdfasdf",
	"asdfgh",
	"asdfghjk",
	"asdfghjkl",
	"ayiti",
	"azerty",
	"azertyuiop",
	"barcelona",
	"baseball",
	"bienvenido",
	"bienvenidos",
	"bienvenue",
	"bondye",
	"bonjou",
	"bonjour",
	"brasil",
	"cambiame",
	"caracas",
	"changeme",
	"changemenow",
	"chocolate",
	"clave",
	"clavesecreta",
	"colombia",
	"computador",
	"computadora",
	"computer",
	"consulado",
	"consulat",
	"consulate",
	"contrasena",
	"contrasenas",
	"contrasenya",
	"corazon",
	"correcthorsebatterystaple",
	"cristiano",
	"default",
	"dragon",
	"ecuador",
	"elsalvador",
	"embajada",
	"espana",
	"estrella",
	"familia",
	"football",
	"futbol",
	"geheim",
	"guatemala",
	"guest",
	"haiti",
	"hello",
	"helloworld",
	"hola",
	"holamundo",
	"honduras",
	"iloveyou",
	"internet",
	"jesucristo",
	"jesus",
	"jesuschrist",
	"jetaime",
	"jezi",
	"juventus",
	"letmein",
	"letmeinnow",
	"liverpool",
	"login",
	"loulou",
	"manchester",
	"mariposa",
	"master",
	"mexico",
	"michael",
	"minecraft",
	"modpas",
	"modpassekre",
	"monkey",
	"motdepasse",
	"motdepassesecret",
	"mypassword",
	"naruto",
	"newpassword",
	"nicaragua",
	"nicolas",
	"nopassword",
	"opensesame",
	"pa55word",
	"pass",
	"passe",
	"passer",
	"passpass",
	"passphrase",
	"passw0rd",
	"password",
	"passwords",
	"passwort",
	"paword",
	"peru",
	"pokemon",
	"princesa",
	"princess",
	"prueba",
	"pssw0rd",
	"pssword",
	"q1w2e3",
	"q1w2e3r",
	"q1w2e3r4t",
	"q2w3e4r",
	"q2w3e4r5t",
	"qaz2wsx",
	"qazwsx",
	"qazwsxedc",
	"qweasd",
	"qweasdzxc",
	"qwer",
	"qwert",
	"qwerty",
	"qwertyu",
	"qwertyui",
	"qwertyuiop",
	"qwertz",
	"qwertzuiop",
	"realmadrid",
	"republica",
	"republicadominicana",
	"root",
	"santodomingo",
	"sebastian",
	"secret",
	"secreta",
	"secreto",
	"secretosecreto",
	"secretpassword",
	"segredo",
	"sekre",
	"sello",
	"senha",
	"senhasecreta",
	"shadow",
	"soleil",
	"starwars",
	"sunshine",
	"superman",
	"teamo",
	"teamomucho",
	"temporal",
	"tequiero",
	"tequieromucho",
	"test",
	"testing",
	"testtest",
	"trustno",
	"user",
	"usuario",
	"venezuela",
	"welcome",
	"whatever",
	"xxxxxx",
	"zaq12wsx",
	"zxcvbn",
	"zxcvbnm",
};

static bool
is_common(const char *word, size_t len)
{
	for (size_t i = 0; i < sizeof(common) / sizeof(common[0]); i++)
		if (strlen(common[i]) == len &&
		    memcmp(common[i], word, len) == 0)
			return true;
	return false;
}

/* The shortest part that, said again and again, is the whole. */
static size_t
unit(const char *word, size_t len)
{
	for (size_t n = 1; n < len; n++)
		if (len % n == 0 && memcmp(word, word + n, len - n) == 0)
			return n;
	return len;
}

/* What lies side by side on keyboards, or in the alphabet. */
static const char *const rows[] = {
	"abcdefghijklmnopqrstuvwxyz",
	"zyxwvutsrqponmlkjihgfedcba",
	"qwertyuiopasdfghjklzxcvbnm",
	"azertyuiopqsdfghjklmwxcvbn",
	"qwertzuiopasdfghjklyxcvbnm",
};

static bool
is_row(const char *word, size_t len)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (memmem(rows[i], strlen(rows[i]), word, len) != NULL)
			return true;
	return false;
}

/* A folded passphrase. */
static bool
is_guessed(const char *word, size_t len)
{
	size_t n = unit(word, len);

	/* of a short one said twice, all that is to be found is the short one
	 */
	if (n < len && n < PASSPHRASE_SHORTEST)
		return true;
	while (len > 0 && ascii_is_digit(word[len - 1]))
		len--;
	if (len == 0 || is_common(word, len) || is_row(word, len))
		return true;
	while (ascii_is_digit(word[0])) {
		word++;
		len--;
	}
	n = unit(word, len);
	return n <= 3 || is_common(word, n) || is_row(word, n);
}

static bool
is_short(const struct secret *s)
{
	struct reader r = { s->at, s->len };
	size_t count = 0;
	uint32_t c;

	if (!utf8_is_valid(s->at, s->len))
		return s->len < PASSPHRASE_SHORTEST;
	while (utf8_next(&r, &c))
		count++;
	return count < PASSPHRASE_SHORTEST;
}

enum err
passphrase_check(const struct secret *passphrase, struct errtext *err)
{
	struct bytes folded = { 0 };
	enum err rc = ERR_OK;

	if (is_short(passphrase))
		return err_set(err, ERR_REFUSED,
		    _("this passphrase has fewer than %d characters; choose a "
		      "sentence of several words"),
		    PASSPHRASE_SHORTEST);
	utf8_fold(
	    (const char *)passphrase->at, passphrase->len, false, &folded);
	if (folded.failed)
		rc = err_memory(err);
	else if (is_guessed((const char *)folded.at, folded.len))
		rc = err_set(err, ERR_REFUSED,
		    _("this passphrase is one of the first that a thief "
		      "tries; choose a sentence of several words"));
	bytes_wipe(&folded);
	return rc;
}
