#!/bin/bash
# What a person in a hurry types: help, nonsense, missing things.
. "$(dirname "$0")/lib.sh"
for tool in sello-keys sello-issue sello-verify sello-audit; do
	exits 0 "$tool --version" $tool --version
	has "... names itself" "$tool"
	exits 0 "$tool --help" $tool --help
	has "... shows examples" "$tool "
	exits 64 "$tool alone" $tool
	exits 64 "$tool with an unknown command" $tool nonsense
	exits 64 "$tool with an unknown option" $tool --nonsense
	exits 64 "$tool with an unknown language" $tool --lang xx --help
	for lang in es en fr pt ht; do
		exits 0 "$tool speaks $lang" $tool --lang $lang --help
	done
	for shell in bash zsh fish; do
		exits 0 "$tool completion $shell" $tool completion $shell
	done
	$tool completion bash >completion.bash
	check "$tool's completion is bash" bash -n completion.bash
	commands=$($tool --help | sed -n 's/^  \([a-z][a-z-]*\)  .*/\1/p')
	check "$tool --help lists commands" test -n "$commands"
	for c in $commands; do
		exits 0 "$tool help $c" $tool help "$c"
	done
	exits 64 "$tool help nonsense" $tool help nonsense
	check "$tool has a manual" test -s "$SOURCE/man/$tool.1"
done
exits 0 "many choices of an option" sello-issue help withdraw
has "... are all told, with what they mean" "PROGRAM_CLOSED  the program has ended"
check "... on lines that fit" bash -c 'sello-issue help withdraw | awk "length > 80 { exit 1 }"'
# A terminal has its own width and characters; a pipe has UTF-8.
shown() { env -u LC_ALL "$@" script -qec "sello-verify help sync --lang es" /dev/null; }
plain() { ! LC_ALL=C grep -q '[^ -~[:cntrl:]]'; }
check "help is as wide as COLUMNS says" bash -c 'COLUMNS=60 sello-issue help trust | awk "length > widest { widest = length } END { exit !(widest > 40 && widest < 60) }"'
check "a terminal of ASCII gets ASCII" plain < <(shown LANG=C)
check "... Spanish all the same" grep -q "Uso:.*OPCION" <(shown LANG=C)
check "one of Latin-1 its own characters" grep -qa $'OPCI\xd3N' <(shown LANG=es_ES.ISO-8859-1)
check "one of UTF-8 UTF-8" grep -q OPCIÓN <(shown LANG=es_ES.UTF-8)
check "a pipe UTF-8, whatever the locale" grep -q OPCIÓN <(env -u LC_ALL LANG=C sello-verify help sync --lang es)
for c in status sync check number scan; do
	exits 78 "sello-verify $c without a home" sello-verify $c GTGUA01-2026-000002-J
done
exits 78 "a home that is not there" sello-verify status --home nowhere
exits 78 "the same for a center" sello-issue list --home nowhere
mkdir empty
exits 78 "an empty folder is no home" sello-issue list --home empty
exits 64 "check without input" sello-verify check --home empty
exits 64 "--at nonsense" sello-verify check --home empty --at yesterday x
passphrases
printf 'Administrador1\n' >pass/guessed && printf 'kurz 12\n' >pass/short
for which in guessed short; do
	exits 77 "a root passphrase that is $which" sello-keys init --home root --program RRP-ES --name T --passphrase-file pass/$which
	has "... with what to take" "choose a sentence of several words"
	check "... makes no root" test ! -e root/root.key
done
check "a full standard output is noticed" bash -c 'sello-verify --help >/dev/full; test $? = 74'
exits 0 "SELLO_HOME is the home" env SELLO_HOME=root sello-keys init --program RRP-ES --name T --passphrase-file pass/root
check "the root key is private" test "$(stat -c %a root/root.key)" = 600
exits 73 "a second init keeps the first" sello-keys init --home root --program RRP-ES --name T --passphrase-file pass/root
for lang in es en fr pt ht; do
	check "a terminal breaks no word in $lang" folds 60 "sello-keys show --lang $lang root/root.crt; sello-keys show --lang $lang nothing.txt; sello-keys certify --lang $lang --home root nothing.csr; sello-audit lines --lang $lang --root root/root.crt nowhere"
done
exits 77 "a wrong root passphrase" sello-keys publish --home root --to pub --passphrase-file pass/admin
check "... publishes nothing" test ! -e pub/trust.xml
exits 66 "a missing request" sello-keys certify --home root --passphrase-file pass/root nothing.csr
echo nonsense >n.csr
exits 65 "a request that is none" sello-keys certify --home root --passphrase-file pass/root n.csr
printf 'x%.0s' {1..2000} >long
exits 65 "a passphrase of over 1024 bytes" sello-keys publish --home root --to pub --passphrase-file long
: >none
exits 65 "an empty passphrase" sello-keys publish --home root --to pub --passphrase-file none
init() { sello-issue init --home c --root root/root.crt --as AD0001 --passphrase-file pass/admin --name N "$@"; }
exits 64 "a telephone that is free and has no number" init --center GTGUA01 --country GTM --timezone America/Guatemala --hotline-free
exits 65 "a bad center code" init --center gua --country GTM --timezone America/Guatemala
exits 65 "a country that is not the center's" init --center GTGUA01 --country HND --timezone America/Guatemala
exits 65 "a time zone that is none" init --center GTGUA01 --country GTM --timezone Mars/Olympus
check "... leaves no home behind" test ! -e c/register.db
exits 0 "a telephone that is free" init --center GTGUA01 --country GTM --timezone America/Guatemala --hotline +50212345678 --hotline-free
exits 0 "the card that is read aloud" sello-issue card --home c card.pdf
check "... says so" grep -q "Llamar desde este país es gratis" <(pdftotext card.pdf -)
check "... has the number alone" bash -c "pdftotext card.pdf - | grep -qx +50212345678"
exits 65 "a consulate that is none" sello-verify init --home p --root root/root.crt --consulate Madrid
exits 65 "a wrong fingerprint" sello-verify init --home p --root root/root.crt --consulate ES-GTGUA --fingerprint 00
check "... leaves no home behind" test ! -e p/root.crt
done_testing
