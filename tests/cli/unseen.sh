#!/bin/bash
# What nobody can look at is never told as what is not there, nor as damaged: a folder
# that cannot be listed, by a post, an auditor and a center; a reader that somebody
# starts by hand. A link in a circle cannot be followed by anybody, root neither, as a
# bad sector cannot be read.
. "$(dirname "$0")/lib.sh"
world
issue center out 1 >/dev/null
publish >/dev/null
sello-issue publish --home center --to pub >/dev/null
echo "cinco palabras bien largas y raras" >pass/post
cp -a post fresh

# circle PATH: in its place
circle() { rm -rf "$1" && ln -s "$(basename "$1")" "$1"; }
# stick NAME: a copy of what is published
stick() { rm -rf stick && cp -a pub stick && circle "stick/$1"; }
post_again() { rm -rf post && cp -a fresh post; }

# --- a stick, at a post -----------------------------------------------------------
stick log
exits 2 "sync: the folder of logs cannot be listed" sello-verify sync --home post stick
has "... and it is said" "stick/log: cannot be opened: "
hasnt "... not that it is none" "not a publication"
post_again
stick log/GTGUA01
exits 2 "sync: a center's folder cannot be looked at" sello-verify sync --home post stick
has "... and it is said" "GTGUA01: nothing taken: stick/log/GTGUA01/1/"
hasnt "... not that it is nobody's" "none of the logs"
post_again
stick log/GTGUA01/1/checkpoint
exits 2 "sync: a signed head cannot be read" sello-verify sync --home post stick
hasnt "... not that it is missing" "no signed head"
post_again
stick trust.xml
exits 2 "sync: a list cannot be read" sello-verify sync --home post stick
has "... and it is said" "trust.xml: cannot be opened: "
post_again
circle stick
exits 2 "sync: the stick itself cannot be looked at" sello-verify sync --home post stick
has "... and it is said" "cannot be opened: "
hasnt "... not that there is none" "no such folder"
exits 0 "sync: once it can" sello-verify sync --home post pub
exits 0 "... all is there" sello-verify check --home post out/*.xml

# --- an auditor ---------------------------------------------------------------------
stick log/GTGUA01
sello-audit check --root root/root.crt stick >out.txt 2>&1
OUT= && slurp ERR out.txt
has "audit: a folder that cannot be listed is a finding" "stick/log/GTGUA01: this folder cannot be read"
stick log
sello-audit check --root root/root.crt stick >out.txt 2>&1
OUT= && slurp ERR out.txt
has "audit: so is one above" "stick/log: cannot be opened: "

# --- proof that a post keeps ------------------------------------------------------------
exits 0 "status: nothing is kept" sello-verify status --home post
circle post/evidence
exits 2 "status: what is kept cannot be looked at" sello-verify status --home post
has "... nor what proves lines that were refused" "whether this post refused lines of a center's log is not known"
exits 2 "a number is not judged by what could not be seen" \
    sello-verify number --home post --json "$(basename out/*.xml .xml)"
has "... and it is said" U-SELFTEST
exits 74 "a backup does not leave it out" \
    sello-verify backup --home post --to backup --passphrase-file pass/post
rm -f post/evidence

# --- a copy of the logs that the disk does not give ------------------------------------
mv post/logs.db post/kept.db && circle post/logs.db
exits 2 "a letter is not judged by a copy that cannot be read" \
    sello-verify check --home post --json out/*.xml
has "... and it is said" U-SELFTEST
sello-verify status --home post >out.txt 2>&1
OUT= && slurp ERR out.txt
hasnt "status: not that it was never taken" "never taken"
rm post/logs.db && mv post/kept.db post/logs.db

# --- by hand --------------------------------------------------------------------------
exits 64 "sello-decode by hand" "$BUILD/sello-decode" out/*.png
has "... says what it is for" "sello-verify check FILE"
check "... at a terminal too" grep -q "sello-verify check FILE" \
    <<<"$(on_terminal "" "'$BUILD/sello-decode'")"
done_testing
