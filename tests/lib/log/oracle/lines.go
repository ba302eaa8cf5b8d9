package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"strings"
)

// What a trust list says of one center, as far as lines need it.
type trustCenter struct {
	Code string
	Key  []struct {
		KeyName     string
		Certificate string
	}
	Roster []struct {
		Person []struct {
			Code string `xml:"code,attr"`
			Role string `xml:"role,attr"`
			Key  string `xml:"key,attr"`
		}
	}
}

type trustList struct {
	Program string
	Center  []trustCenter
}

// line is one line of the log, its fields by name.
type line struct {
	text                                         string
	kind, number, ref, digest, keyID, sig, draft string
	officer, approver, reason                    string
	psig                                         []string
}

func parseLine(text string) (*line, error) {
	f := strings.Split(text, " ")
	if len(f) != 14 || f[0] != "s1" {
		return nil, fmt.Errorf("not a line of 14 fields")
	}
	return &line{text: text, kind: f[3], number: f[4], ref: f[5], digest: f[6],
		keyID: f[7], sig: f[8], draft: f[9], psig: strings.Split(f[10], "."),
		officer: f[11], approver: f[12], reason: f[13]}, nil
}

// without is the line with - in place of fields.
func (l *line) without(fields ...int) string {
	f := strings.Split(l.text, " ")
	for _, i := range fields {
		f[i] = "-"
	}
	return strings.Join(f, " ")
}

func (l *line) isLetter() bool { return l.kind == "issue" || l.kind == "correct" }

// verify is ECDSA P-256 with SHA-256, s in the lower half.
func verify(key *ecdsa.PublicKey, message, sig string) error {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(sig)
	if err != nil || len(raw) != 64 {
		return fmt.Errorf("a signature that is not 64 bytes")
	}
	r, s := new(big.Int).SetBytes(raw[:32]), new(big.Int).SetBytes(raw[32:])
	half := new(big.Int).Rsh(elliptic.P256().Params().N, 1)
	hash := sha256.Sum256([]byte(message))
	if s.Cmp(half) > 0 || !ecdsa.Verify(key, hash[:], r, s) {
		return fmt.Errorf("a signature is wrong")
	}
	return nil
}

func pointKey(point []byte) (*ecdsa.PublicKey, error) {
	x, y := elliptic.UnmarshalCompressed(elliptic.P256(), point)
	if x == nil {
		return nil, fmt.Errorf("not a compressed point")
	}
	return &ecdsa.PublicKey{Curve: elliptic.P256(), X: x, Y: y}, nil
}

type person struct {
	role  string
	key   *ecdsa.PublicKey
	giver string // who gave them this key; "": it is of their own making
}

// replay is the state between two lines.
type replay struct {
	program string
	center  trustCenter
	keys    map[string]*ecdsa.PublicKey
	roster  map[string]person
	used    map[string]bool
	drafts  map[string]bool
	letters bool
}

func newReplay(file, code string) (*replay, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var list trustList
	if err := xml.Unmarshal(data, &list); err != nil {
		return nil, err
	}
	for _, c := range list.Center {
		if c.Code != code {
			continue
		}
		r := &replay{program: list.Program, center: c,
			keys: map[string]*ecdsa.PublicKey{}, roster: map[string]person{},
			used: map[string]bool{}, drafts: map[string]bool{}}
		for _, k := range c.Key {
			der, err := base64.StdEncoding.DecodeString(k.Certificate)
			if err != nil {
				return nil, err
			}
			cert, err := x509.ParseCertificate(der)
			if err != nil {
				return nil, err
			}
			r.keys[k.KeyName] = cert.PublicKey.(*ecdsa.PublicKey)
		}
		return r, nil
	}
	return nil, fmt.Errorf("no such center")
}

// founders is the newest roster of the list; a test has no other.
func (r *replay) founders() map[string]person {
	all := map[string]person{}
	if len(r.center.Roster) == 0 {
		return all
	}
	for _, p := range r.center.Roster[len(r.center.Roster)-1].Person {
		point, _ := hex.DecodeString(p.Key)
		if key, err := pointKey(point); err == nil {
			all[p.Code] = person{role: p.Role, key: key}
		}
	}
	return all
}

// signed checks the center's signature and those of the persons.
func (r *replay) signed(l *line, officer, approver *ecdsa.PublicKey) error {
	key := r.keys[l.keyID]
	if key == nil {
		return fmt.Errorf("key %s is not in the list", l.keyID)
	}
	if !l.isLetter() {
		if err := verify(key, "sello-act/v1\n"+l.without(8), l.sig); err != nil {
			return fmt.Errorf("center: %v", err)
		}
	} else if err := verify(key, signedInfo(l), l.sig); err != nil {
		return fmt.Errorf("center: %v", err)
	}
	text := "sello-line/v1\n" + l.without(8, 10)
	first := text
	if l.isLetter() {
		first = "sello-drafted/v2\n" + r.program + "/" + r.center.Code + "\n" + l.draft + "\n"
	}
	if err := verify(officer, first, l.psig[0]); err != nil {
		return fmt.Errorf("officer: %v", err)
	}
	if l.approver == "-" {
		if len(l.psig) != 1 {
			return fmt.Errorf("signatures of nobody")
		}
		return nil
	}
	if len(l.psig) != 2 {
		return fmt.Errorf("the approver did not sign")
	}
	if err := verify(approver, text, l.psig[1]); err != nil {
		return fmt.Errorf("approver: %v", err)
	}
	return nil
}

// enter takes a staff line's person, with a key that nobody had.
func (r *replay) enter(l *line) error {
	if l.reason == "REMOVED" {
		delete(r.roster, l.ref)
		return nil
	}
	point, err := base64.RawURLEncoding.Strict().DecodeString(l.draft)
	if err != nil {
		return err
	}
	key, err := pointKey(point)
	if err != nil {
		return err
	}
	hash := sha256.Sum256(point)
	if base64.RawURLEncoding.EncodeToString(hash[:]) != l.digest {
		return fmt.Errorf("the digest is not the key's")
	}
	if r.used[l.draft] {
		return fmt.Errorf("a key is used a second time")
	}
	r.used[l.draft] = true
	p, giver := r.roster[l.ref], ""
	if l.approver != "-" && l.officer != l.ref {
		giver = l.officer
	}
	if l.reason == "KEY" {
		r.roster[l.ref] = person{p.role, key, giver}
		return nil
	}
	if p.key != nil {
		return fmt.Errorf("on the roster already")
	}
	r.roster[l.ref] = person{l.reason, key, giver}
	return nil
}

// founding: line 0 and the staff lines behind it, by the founder alone.
func (r *replay) founding(l *line) error {
	founders := r.founders()
	founder := founders[l.officer]
	if founder.role != "ADMIN" || l.approver != "-" {
		return fmt.Errorf("not by the founder")
	}
	if l.kind == "staff" {
		p := founders[l.ref]
		point, _ := base64.RawURLEncoding.DecodeString(l.draft)
		key, err := pointKey(point)
		if err != nil || p.key == nil || !key.Equal(p.key) || p.role != l.reason {
			return fmt.Errorf("not a person of the list's roster")
		}
		if err := r.enter(l); err != nil {
			return err
		}
	}
	return r.signed(l, founder.key, nil)
}

// may: do these roles suffice for this kind?
func (r *replay) may(l *line) error {
	officer, approver := r.roster[l.officer].role, r.roster[l.approver].role
	two, one := l.approver != "-", officer == "APPROVER" || approver == "APPROVER"
	founder := !r.letters && (officer == "ADMIN" || approver == "ADMIN")
	good := false
	switch l.kind {
	case "issue", "correct":
		good = officer == "DRAFTER" && approver == "APPROVER"
	case "withdraw", "reprint", "close":
		good = (one || founder) && (two || l.reason != "FRAUD")
	case "restore", "clock":
		good = two && (one || founder)
	case "staff":
		helped := officer == "ADMIN" && approver == "APPROVER" &&
			l.officer != l.ref && l.approver != l.ref
		good = helped || (l.reason == "KEY" && two && l.officer == l.ref)
	}
	if !good {
		return fmt.Errorf("%s by %s and %s", l.kind, officer, approver)
	}
	return nil
}

// given: a key that somebody else gave is good for being changed by its person,
// before another than who gave it.
func (r *replay) given(l *line) error {
	officer, approver := r.roster[l.officer].giver, r.roster[l.approver].giver
	own := l.kind == "staff" && l.reason == "KEY" && l.officer == l.ref
	if approver != "" || (officer != "" && (!own || officer == l.approver)) {
		return fmt.Errorf("%s acts with a key that was given", l.officer)
	}
	return nil
}

func (r *replay) take(index int, text string) error {
	l, err := parseLine(text)
	if err != nil {
		return err
	}
	if index == 0 || len(r.roster) < len(r.founders()) && !r.letters && index <= len(r.founders()) {
		if (l.kind == "open") != (index == 0) || (index > 0 && l.kind != "staff") {
			return fmt.Errorf("the log does not begin with its persons")
		}
		return r.founding(l)
	}
	officer, approver := r.roster[l.officer], r.roster[l.approver]
	if officer.key == nil || (l.approver != "-" && approver.key == nil) {
		return fmt.Errorf("somebody acts who is not on the roster")
	}
	if err := r.may(l); err != nil {
		return err
	}
	if err := r.given(l); err != nil {
		return err
	}
	if err := r.signed(l, officer.key, approver.key); err != nil {
		return err
	}
	if l.isLetter() {
		if r.drafts[l.draft] {
			return fmt.Errorf("a draft became two letters")
		}
		r.drafts[l.draft], r.letters = true, true
	}
	if l.kind == "staff" {
		return r.enter(l)
	}
	return nil
}

// signedInfo is what the center signs of a letter: constant but for number
// and digest.
func signedInfo(l *line) string {
	digest, _ := base64.RawURLEncoding.DecodeString(l.digest)
	open := func(name, rest string) string { return "<ds:" + name + rest + ">" }
	method := func(name, algorithm string) string {
		return open(name, ` Algorithm="`+algorithm+`"`) + "</ds:" + name + ">"
	}
	const w3 = "http://www.w3.org/"
	return open("SignedInfo", ` xmlns:ds="`+w3+`2000/09/xmldsig#"`) +
		method("CanonicalizationMethod", w3+"2001/10/xml-exc-c14n#") +
		method("SignatureMethod", w3+"2001/04/xmldsig-more#ecdsa-sha256") +
		open("Reference", ` Id="`+l.number+`" URI=""`) + "<ds:Transforms>" +
		method("Transform", w3+"2000/09/xmldsig#enveloped-signature") +
		method("Transform", w3+"2001/10/xml-exc-c14n#") + "</ds:Transforms>" +
		method("DigestMethod", w3+"2001/04/xmlenc#sha256") +
		"<ds:DigestValue>" + base64.StdEncoding.EncodeToString(digest) +
		"</ds:DigestValue></ds:Reference></ds:SignedInfo>"
}

// lines checks who signed each line of a published log, by the list's newest
// roster; the tree is check's.
func lines(dir, list, center string) error {
	r, err := newReplay(list, center)
	if err != nil {
		return err
	}
	bundles, err := filepath.Glob(filepath.Join(dir, "tile", "entries", "[0-9][0-9][0-9]"))
	if err != nil {
		return err
	}
	partial, err := filepath.Glob(filepath.Join(dir, "tile", "entries", "*.p", "*"))
	if err != nil {
		return err
	}
	index := 0
	for _, name := range append(bundles, partial...) {
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		all, err := entries(data)
		if err != nil {
			return err
		}
		for _, text := range all {
			if err := r.take(index, string(text)); err != nil {
				return fmt.Errorf("line %d: %v", index, err)
			}
			index++
		}
	}
	fmt.Printf("%d lines, %d persons\n", index, len(r.roster))
	return nil
}
